import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** On loopback only. @param port 0 takes any free one @returns the port */
export const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
