/** Which mappings of a connection gave a sign-in a value: a few characters of its event, from which silent ones are found. */
import { fingerprint } from "../config/fingerprint.ts";
import type { Mapping } from "../config/attribute.ts";

export interface Yielded {
  /** Names the list that the numbers are of: it may have changed since. */
  readonly mappings: string;
  /** Their places in it from 1 on, as Data Lineage counts: `1-3,7`. */
  readonly yielded: string;
}

/** Characters: with more there are hundreds of gaps, and then nothing is said. */
const LONGEST = 1_000;

/** @param indexes from 0 on @returns undefined where it would be too long */
export function yieldedOf(mappings: string, indexes: ReadonlySet<number>): Yielded | undefined {
  const ranges: [number, number][] = [];
  for (const index of [...indexes].toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] === index) last[1] = index + 1;
    else ranges.push([index + 1, index + 1]);
  }
  const yielded = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
  return yielded.length > LONGEST ? undefined : { mappings, yielded };
}

/** The places again, from 0 on. */
export function indexesOf({ yielded }: Pick<Yielded, "yielded">): number[] {
  return yielded.split(",").flatMap((range) => {
    const [from = 0, to = from] = range.split("-").map(Number);
    return range === "" ? [] : Array.from({ length: to - from + 1 }, (_, at) => from - 1 + at);
  });
}

/** What {@link Yielded.mappings} is for this list. */
export function listName(mappings: readonly Mapping[]): string {
  return fingerprint(JSON.stringify(mappings));
}
