import { parseArgs } from "node:util";

export interface Options {
  /** Seconds that each work is driven, after as long to warm up. */
  readonly seconds: number;
  /** Times that each work is measured; the median counts. */
  readonly rounds: number;
  readonly inFlight: readonly number[];
  /** Sign-ins in a row, to see that none fails and memory stays flat. */
  readonly endurance: number;
  /** Only works whose name has this in it. */
  readonly only: string;
  /** Works that take minutes to set up are left out. */
  readonly quick: boolean;
  /** Where the table and the chart go. */
  readonly out: string;
  /** For programs: every figure. */
  readonly json?: string;
}

export const USAGE = `npm run bench -- [--quick] [--only NAME] [--out FOLDER] [--json FILE] [--endurance COUNT]

  --quick       two minutes: one round, 16 in flight, without what takes minutes to set up
  --only        works whose name has NAME in it, or endurance
  --out         folder for the table and the chart, .vestibule/bench if absent
  --json        a file for every figure
  --endurance   sign-ins in a row for memory and failures, 100000 if absent, 2000 with --quick`;

/** @throws TypeError for what is not an option */
export function options(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", default: "" },
      out: { type: "string", default: ".vestibule/bench" },
      json: { type: "string" },
      endurance: { type: "string" },
    },
  });
  const { quick, only, out, json } = values;
  return {
    quick,
    ...(quick
      ? { seconds: 1.5, rounds: 1, inFlight: [16] }
      : { seconds: 4, rounds: 3, inFlight: [1, 16, 64] }),
    endurance: Number(values.endurance ?? (quick ? 2_000 : 100_000)),
    only,
    out,
    ...(json !== undefined && { json }),
  };
}
