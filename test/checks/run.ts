import { fileURLToPath } from "node:url";
import { checks, type Check } from "./checks.ts";
import { execute, type Outcome } from "./execute.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** More than two cores can do: browsers and killed runtimes wait most of the time. */
const atOnce = 3;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(130));
process.on("disconnect", () => process.exit(1));

/** `npm test`: every check, or with `npm test -- NAME` those whose name has NAME in it. */
async function run(wanted: string): Promise<boolean> {
  const queue = checks.filter(({ name }) => name.includes(wanted));
  if (queue.length === 0) throw new Error(`There is no check “${wanted}”, only: ${names(checks)}`);

  const began = performance.now();
  const done: { check: Check; outcome: Outcome }[] = [];
  const worker = async () => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      const outcome = await execute(check, root);
      done.push({ check, outcome });
      console.log(report(check, outcome));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));

  const failed = done.filter(({ outcome }) => outcome.failed > 0).map(({ check }) => check);
  console.log(`\n${seconds((performance.now() - began) / 1000)} in all`);
  for (const { check, outcome } of done)
    for (const reason of new Set(outcome.skipped)) console.log(`skipped in ${check.name}: ${reason}`);
  if (failed.length > 0) console.log(`failed: ${names(failed)}`);
  const sum = (kind: "passed" | "failed") => done.reduce((total, { outcome }) => total + outcome[kind], 0);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  return failed.length === 0;
}

/** One line, and for a failed check its output. */
function report(check: Check, { passed, failed, skipped, output, seconds: time }: Outcome): string {
  const tests = { passed, failed, skipped: skipped.length };
  const counts = Object.entries(tests).filter(([kind, number]) => number > 0 || kind === "passed");
  const remark =
    check.remark?.exec(output)?.[0] ?? counts.map(([kind, number]) => `${number} ${kind}`).join(", ");
  const verdict = failed > 0 ? "FAILED" : "ok";
  const columns = [verdict.padEnd(7), check.name.padEnd(20), seconds(time).padStart(7), "", remark];
  const line = columns.slice(0, check.count || check.remark ? 5 : 3).join(" ");
  return failed > 0 ? `${line}\n${output.trimEnd().replace(/^/gm, "  │ ")}` : line;
}

const names = (list: readonly Check[]): string => list.map(({ name }) => name).join(", ");
const seconds = (time: number): string => `${time.toFixed(1)} s`;

run(process.argv[2] ?? "").then(
  (good) => process.exit(good ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
