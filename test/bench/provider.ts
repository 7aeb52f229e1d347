/** The process of the identity provider. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { answer } from "../load/provider/answer.ts";
import { answerWith } from "./processes.ts";

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
  void (async () => {
    const found = answer(request.url?.split("?")[0] ?? "", new URLSearchParams(await body(request)));
    response.writeHead(found ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(found ?? {}));
  })();
});
const listening = new Promise<number>((resolve) => {
  server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
});

answerWith<"address", string>(async () => `127.0.0.1:${await listening}`);
