/**
 * `npm run bench:lineage`: what attributes and mappings cost of a sign-in, in milliseconds of CPU of workerd beside the
 * same sign-in without any. `values` is from the provider's claims to the claims of both tokens; `kept` has the lineage
 * and the context in it, too, sealed at the callback and opened at the token endpoint.
 */
import { inWorkerd } from "./in-workerd.ts";

/** Milliseconds that a hundred may cost. */
const ALLOWED = 0.3;
/** Rounds are long beside the hundredths of a second that the system counts in. */
const TIMES: Readonly<Record<number, number>> = { 0: 8_000, 10: 4_000, 100: 1_500, 1_000: 100 };

const worker = await inWorkerd("test/bench/lineage/worker.ts");

const cost = (path: "values" | "kept", count: number) =>
  worker.cost(`/${path}?count=${count}`, TIMES[count] ?? 0);

const bare = { values: await cost("values", 0), kept: await cost("kept", 0) };
for (const count of [10, 100, 1_000]) {
  const beside = async (path: "values" | "kept") => ((await cost(path, count)) - bare[path]).toFixed(3);
  const [values, kept] = [await beside("values"), await beside("kept")];
  const allowed = count === 100 ? `, of ${ALLOWED} allowed` : "";
  console.log(
    `${String(count).padStart(5)} attributes, mappings and claims: ${values} ms of CPU${allowed}; with what is kept ${kept} ms`,
  );
}
await worker.stop();
