import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4MiniflareOptions } from "miniflare";
import { freePort } from "../../local/ports.ts";
import { childOf } from "../cpu.ts";
import type { Started } from "./index.ts";

/** Whatever a Worker fetches is answered by the provider's process. It costs every subject the same. */
const RELAY = `export default {
  fetch(request, { PROVIDER }) {
    const { pathname, search } = new URL(request.url);
    return fetch(\`http://\${PROVIDER}\${pathname}\${search}\`, request);
  },
};`;

/** A Worker on real workerd with storage on disk. Requests come straight to its socket; nothing passes through Node. */
export async function onWorkerd(
  provider: string,
  make: (origin: string) => Promise<object> | object,
): Promise<Started> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      port: await freePort(),
      cf: false,
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: () => undefined,
      telemetry: { enabled: false },
      workers: [
        {
          name: "subject",
          ...(await make(origin)),
          outboundService: "relay",
          unsafeDirectSockets: [{ host: "127.0.0.1", port }],
        },
        {
          name: "relay",
          modules: [{ type: "ESModule", path: "index.js", contents: RELAY }],
          compatibilityDate: "2026-11-01",
          bindings: { PROVIDER: provider },
        },
      ],
    } as V4MiniflareOptions),
  );
  await miniflare.ready;
  return { origin, pid: childOf(process.pid, "workerd"), stop: () => miniflare.dispose() };
}
