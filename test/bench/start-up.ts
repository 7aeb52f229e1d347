/** What starting costs: an isolate compiles and evaluates the whole Worker before its first request. */
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4MiniflareOptions } from "miniflare";
import { bundle, root } from "../local/worker.ts";
import { childOf, usageOf } from "./cpu.ts";

const ROUNDS = 9;
const EMPTY = "export default { fetch: () => new Response() };";

/** Milliseconds of CPU until the first answer, beyond those of an empty Worker. */
export async function startUp(): Promise<number> {
  const contents = await bundle(`${root}src/index.ts`, true);
  return 1_000 * ((await middle(contents)) - (await middle(EMPTY)));
}

/** Seconds. Neither the quietest nor the busiest start. */
async function middle(contents: string): Promise<number> {
  const seen: number[] = [];
  for (let round = 0; round < ROUNDS; round++) seen.push(await once(contents));
  return seen.toSorted((a, b) => a - b)[(ROUNDS - 1) / 2] ?? 0;
}

async function once(contents: string): Promise<number> {
  const worker = {
    modules: [{ type: "ESModule", path: "index.js", contents }],
    compatibilityDate: "2026-11-01",
  };
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      log: new Log(LogLevel.NONE),
      handleStructuredLogs: () => undefined,
      telemetry: { enabled: false },
      workers: [worker],
    } as V4MiniflareOptions),
  );
  try {
    // An answer of any kind: without bindings it is the one that says so.
    await (await miniflare.dispatchFetch("http://localhost/")).arrayBuffer();
    return usageOf(childOf(process.pid, "workerd")).cpu;
  } finally {
    await miniflare.dispose();
  }
}
