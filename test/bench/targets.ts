/** What the figures have to be, and whether they are. */
import type { BundleSize } from "./bundle-size.ts";
import type { Endurance } from "./endure.ts";
import type { Figure } from "./measure.ts";

export interface Run {
  readonly machine: string;
  readonly figures: readonly Figure[];
  readonly endurance?: Endurance;
  readonly bundle: BundleSize;
  /** Milliseconds of CPU. */
  readonly startUp: number;
}

export interface Judged {
  readonly target: string;
  readonly measured: string;
  readonly met: boolean;
}

const AT = 16;

/** @returns a line for every target whose figures were measured in this run */
export function judge({ figures, endurance, bundle, startUp }: Run): Judged[] {
  const cpu = (subject: string, work: string) =>
    figures.find((one) => one.subject === subject && one.work === work && one.inFlight === AT)?.cpu;
  const ratio = (
    target: string,
    limit: number,
    ours: number | undefined,
    other: number | undefined,
  ): Judged[] =>
    ours === undefined || other === undefined
      ? []
      : [
          {
            target: `${target} ≤ ${limit.toFixed(2)}`,
            measured: (ours / other).toFixed(2),
            met: ours / other <= limit,
          },
        ];
  const returning = cpu("vestibule", "sign-in, returning person");
  const fresh = cpu("vestibule", "sign-in, new person");
  const floor = cpu("floor", "sign-in, returning person");
  const hello = cpu("floor", "hello");
  const failed = figures
    .filter(({ subject }) => subject === "vestibule")
    .reduce((sum, one) => sum + one.failed, 0);
  return [
    ...ratio("returning person ÷ floor", 1.5, returning, floor),
    ...ratio("new person ÷ floor", 1.5, fresh, cpu("floor", "sign-in, new person")),
    ...ratio("returning person ÷ OpenAuth", 1 / 3, returning, cpu("openauth", "sign-in, returning person")),
    ...ratio("forged code ÷ “hello”", 1.5, cpu("vestibule", "refused, forged code"), hello),
    ...ratio("forged cookie ÷ “hello”", 1.5, cpu("vestibule", "refused, forged cookie"), hello),
    ...ratio("10,000 clients ÷ one", 1.2, cpu("vestibule", "sign-in, 10,000 clients"), returning),
    { target: "requests of ours that failed: 0", measured: String(failed), met: failed === 0 },
    ...(endurance ? lasting(endurance) : []),
    under("bundle, minified, KiB", 1_200, bundle.minified),
    under("bundle, compressed, KiB", 350, bundle.compressed),
    under("start-up, ms of CPU", 50, startUp),
  ];
}

function lasting({ signIns, failed, memory }: Endurance): Judged[] {
  // The first tenths fill caches that have a limit; from then on it is level.
  const half = memory[4] ?? 0;
  const last = memory.at(-1) ?? 0;
  return [
    { target: `failures in ${signIns} sign-ins: 0`, measured: String(failed), met: failed === 0 },
    {
      target: "memory at the end ÷ at half time ≤ 1.10",
      measured: (last / half).toFixed(2),
      met: last <= half * 1.1,
    },
  ];
}

const under = (name: string, limit: number, value: number): Judged => ({
  target: `${name} ≤ ${limit}`,
  measured: value.toFixed(0),
  met: value <= limit,
});
