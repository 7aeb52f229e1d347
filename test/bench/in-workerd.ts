import { convertV4MiniflareOptions, Miniflare, type V4MiniflareOptions } from "miniflare";
import { bundle } from "../local/worker.ts";
import { childOf, usageOf } from "./cpu.ts";

/** Rounds that are measured, after one that warms up. */
const ROUNDS = 5;

/** A Worker in a workerd of its own, that does at a path what is asked `times` times. */
export async function inWorkerd(entry: string) {
  const contents = await bundle(entry, true);
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: [{ type: "ESModule", path: "index.js", contents }],
      compatibilityDate: "2026-11-01",
      compatibilityFlags: ["nodejs_compat"],
      workerLoaders: { LOADER: {} },
      telemetry: { enabled: false },
    } as V4MiniflareOptions),
  );
  await miniflare.ready;
  const workerd = childOf(process.pid, "workerd");

  /** @returns milliseconds of CPU for one, of the round that the rest of the machine disturbed least */
  async function cost(path: string, times: number, given: object = {}): Promise<number> {
    const url = `http://localhost${path}${path.includes("?") ? "&" : "?"}times=${times}`;
    const rounds: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const before = usageOf(workerd).cpu;
      const answer = await miniflare.dispatchFetch(url, { method: "POST", body: JSON.stringify(given) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      await answer.text();
      if (round > 0) rounds.push(((usageOf(workerd).cpu - before) * 1_000) / times);
    }
    return Math.min(...rounds);
  }

  return { cost, stop: () => miniflare.dispose() };
}
