import { createServer } from "node:net";

/** A browser may take `localhost` for ::1 or for 127.0.0.1, so a port is ours only if it is free on both. */
export async function isFree(port: number): Promise<boolean> {
  const answers = await Promise.all(["127.0.0.1", "::1"].map((host) => tryToListen(port, host)));
  return answers.every((answer) => answer !== "EADDRINUSE" && answer !== "EACCES");
}

export async function freePort(): Promise<number> {
  const port = await tryToListen(0, "127.0.0.1");
  if (typeof port === "number" && (await isFree(port))) return port;
  return freePort();
}

const tryToListen = (port: number, host: string): Promise<number | string | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
