/** `npm run bench`: what a sign-in costs, beside the floor and beside others, in one run on one machine. */
import { mkdir, writeFile } from "node:fs/promises";
import { bundleSize } from "./bundle-size.ts";
import type { Driven, Order } from "./drive/serve.ts";
import { endure } from "./endure.ts";
import { install } from "./install.ts";
import { machine } from "./machine.ts";
import { measure, median, type Figure } from "./measure.ts";
import { options, USAGE, type Options } from "./options.ts";
import { PLAN } from "./plan.ts";
import { start, type Running } from "./processes.ts";
import { startUp } from "./start-up.ts";
import { chart } from "./report/chart.ts";
import { table } from "./report/table.ts";
import { judge, type Run } from "./targets.ts";
import { subjects, type SubjectName } from "./subjects/index.ts";

/** What `--only` calls the long run. */
const ENDURANCE = "endurance";

interface Address {
  readonly origin: string;
  readonly pid: number;
}

async function run(wanted: Options): Promise<void> {
  install();
  const provider = start<"address", string>("./provider.ts");
  const driver = start<Order, Driven>("./drive/serve.ts");
  const running: Running<"address", Address>[] = [];
  try {
    const address = await provider.ask("address");
    const rows = PLAN.filter(({ work, slow }) => work.includes(wanted.only) && !(slow && wanted.quick));
    const isEnduring = ENDURANCE.includes(wanted.only);
    const addresses: Partial<Record<SubjectName, Address>> = {};
    for (const name of Object.keys(subjects) as SubjectName[]) {
      if (!rows.some((row) => row.subjects.includes(name)) && !(isEnduring && name === "vestibule")) continue;
      const subject = start<"address", Address>("./subjects/serve.ts", name, address);
      running.push(subject);
      addresses[name] = await subject.ask("address");
    }
    const figures: Figure[] = [];
    for (const { work, subjects: names } of rows) {
      const targets = names.map((subject) => ({ subject, work, ...addresses[subject]! }));
      for (const target of targets)
        await measure(driver, { ...target, inFlight: 16, seconds: wanted.seconds });
      for (const inFlight of wanted.inFlight) {
        const seen: Figure[][] = targets.map(() => []);
        for (let round = 0; round < wanted.rounds; round++)
          for (const [index, target] of targets.entries())
            seen[index]?.push(await measure(driver, { ...target, inFlight, seconds: wanted.seconds }));
        for (const rounds of seen) {
          const figure = median(rounds);
          figures.push(figure);
          say(figure);
        }
      }
    }
    const endurance =
      addresses.vestibule && isEnduring
        ? await endure(driver, addresses.vestibule, wanted.endurance)
        : undefined;
    const result: Run = {
      machine: machine(),
      figures,
      ...(endurance && { endurance }),
      bundle: await bundleSize(),
      startUp: await startUp(),
    };
    await report(result, wanted);
  } finally {
    for (const one of [...running, driver, provider]) await one.stop();
  }
}

function say({ subject, work, inFlight, cpu, perSecond, failed, failure }: Figure): void {
  const failures = failed > 0 ? `, ${failed} FAILED: ${failure ?? ""}` : "";
  const columns = [
    work.padEnd(28),
    subject.padEnd(22),
    String(inFlight).padStart(3),
    "in flight",
    cpu.toFixed(2).padStart(7),
  ];
  console.log(`${columns.join(" ")} ms CPU, ${perSecond.toFixed(0).padStart(5)} a second${failures}`);
}

async function report(result: Run, { out, json }: Options): Promise<void> {
  const judged = judge(result);
  const text = table(result, judged);
  await mkdir(out, { recursive: true });
  await writeFile(`${out}/table.md`, text);
  await writeFile(`${out}/chart.svg`, chart(result));
  if (json !== undefined)
    await writeFile(json, `${JSON.stringify({ ...result, targets: judged }, undefined, 2)}\n`);
  console.log(`\n${text}\nwritten to ${out}/table.md and ${out}/chart.svg`);
}

if (process.argv.includes("--help")) console.log(USAGE);
else await run(options(process.argv.slice(2)));
