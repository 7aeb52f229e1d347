/**
 * `npm run bench:lineage`: what attributes and mappings cost of a sign-in, in milliseconds of CPU of workerd beside the
 * same sign-in without any. `values` is from the provider's claims to the claims of both tokens; `kept` has the lineage
 * and the context in it, too, sealed at the callback and opened at the token endpoint.
 */
import { convertV4MiniflareOptions, Miniflare, type V4MiniflareOptions } from "miniflare";
import { bundle } from "../local/worker.ts";
import { childOf, usageOf } from "./cpu.ts";

/** Milliseconds that a hundred may cost. */
const ALLOWED = 0.3;
const ROUNDS = 5;
/** Rounds are long beside the hundredths of a second that the system counts in. */
const TIMES: Readonly<Record<number, number>> = { 0: 8_000, 10: 4_000, 100: 1_500, 1_000: 100 };

const contents = await bundle("test/bench/lineage/worker.ts", true);
const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    modules: [{ type: "ESModule", path: "index.js", contents }],
    compatibilityDate: "2026-11-01",
    compatibilityFlags: ["nodejs_compat"],
    telemetry: { enabled: false },
  } as V4MiniflareOptions),
);
await miniflare.ready;
const workerd = childOf(process.pid, "workerd");

/** @returns milliseconds of CPU for one, of the round that the rest of the machine disturbed least */
async function cost(path: "values" | "kept", count: number): Promise<number> {
  const times = TIMES[count] ?? 0;
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = usageOf(workerd).cpu;
    const answer = await miniflare.dispatchFetch(`http://localhost/${path}?count=${count}&times=${times}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    await answer.text();
    // The first warms up.
    if (round > 0) rounds.push(((usageOf(workerd).cpu - before) * 1_000) / times);
  }
  return Math.min(...rounds);
}

const bare = { values: await cost("values", 0), kept: await cost("kept", 0) };
for (const count of [10, 100, 1_000]) {
  const beside = async (path: "values" | "kept") => ((await cost(path, count)) - bare[path]).toFixed(3);
  const [values, kept] = [await beside("values"), await beside("kept")];
  const allowed = count === 100 ? `, of ${ALLOWED} allowed` : "";
  console.log(
    `${String(count).padStart(5)} attributes, mappings and claims: ${values} ms of CPU${allowed}; with what is kept ${kept} ms`,
  );
}
await miniflare.dispose();
