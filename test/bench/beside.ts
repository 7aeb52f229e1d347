/**
 * `npm run bench:beside [COUNT]`: what a feature costs beside the same sign-in without it, in milliseconds of CPU of the whole
 * runtime. The two take short turns, since a runtime that is minutes older differs from itself by more than a feature costs.
 * Each is done COUNT times, 2560 if absent.
 */
import { usageOf } from "./cpu.ts";
import type { Driven, Order } from "./drive/serve.ts";
import { start } from "./processes.ts";

const BARE = "sign-in, returning person";
/** Each beside a sign-in that has the same token of the provider. */
const BESIDE: Readonly<Record<string, string>> = {
  "sign-in, with a script": BARE,
  "sign-in, 100 mappings": "sign-in, 100 claims unmapped",
};
const TURN = 64;
const turns = Math.ceil(Number(process.argv[2] ?? 2_560) / TURN);

const provider = start<"address", string>("./provider.ts");
const driver = start<Order, Driven>("./drive/serve.ts");
const subject = start<"address", { origin: string; pid: number }>(
  "./subjects/serve.ts",
  "vestibule",
  await provider.ask("address"),
);
const { origin, pid } = await subject.ask("address");

async function turn(work: string, count = TURN): Promise<number> {
  const before = usageOf(pid).cpu;
  const { failed } = await driver.ask({ subject: "vestibule", origin, work, inFlight: 16, count });
  if (failed > 0) throw new Error(`${work}: ${failed} of ${count} failed`);
  return ((usageOf(pid).cpu - before) * 1_000) / count;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
for (const [work, bare] of Object.entries(BESIDE)) {
  for (const one of [work, bare]) await turn(one, 600);
  const differences: number[] = [];
  for (let round = 0; round < turns; round++) {
    const isFirst = round % 2 === 0;
    const [one, other] = [await turn(isFirst ? work : bare), await turn(isFirst ? bare : work)];
    differences.push(isFirst ? one - other : other - one);
  }
  const more = mean(differences);
  const error = Math.sqrt(mean(differences.map((value) => (value - more) ** 2)) / turns);
  console.log(`${work}: ${more.toFixed(2)} ± ${error.toFixed(2)} ms of CPU more than ${bare}`);
}
for (const one of [subject, driver, provider]) await one.stop();
