import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A site of somebody else: to a browser `127.0.0.1` is another one than `localhost`, and another port there is another origin. */
export interface OtherSite {
  readonly origin: string;
  /** The same server under our own host name: same site, other origin. */
  readonly neighbour: string;
  show(path: string, html: string): void;
  stop(): Promise<void>;
}

export async function startOtherSite(): Promise<OtherSite> {
  const pages = new Map<string, string>();
  const server = createServer(({ method, url = "/", socket }, response) => {
    // An app that takes a form at one host and lives at another.
    if (method === "POST")
      return void response.writeHead(303, { location: `http://localhost:${socket.localPort}/app` }).end();
    const html =
      pages.get(new URL(url, "http://127.0.0.1").pathname) ??
      "<title>Back at the app</title><h1>Back at the app</h1>";
    response.setHeader("content-type", "text/html; charset=utf-8").end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    neighbour: `http://localhost:${port}`,
    show: (path, html) => void pages.set(path, html),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
