/** What of a sign-in's lineage is kept: 64 KB of it, sealed (design §5.11). */
import { bytesOf, within } from "../config/measure.ts";
import type { JsonObject } from "../flow.ts";
import type { Lineage, Values } from "../lineage.ts";

/** Bytes before it is sealed: a third more afterwards. */
const LARGEST = 48_000;

/** A character takes three bytes at most: a text that fits in any case is not measured. */
export function fits(written: string): boolean {
  return 3 * written.length <= LARGEST || bytesOf(written) <= LARGEST;
}

/** As JSON, of one that does not fit: what did not go as configured, as much of it as there is room for. */
export function fitting(lineage: Lineage): string {
  const short: Lineage = {
    ...lineage,
    read: lineage.read.filter(({ left_out }) => left_out !== undefined),
    mapped: lineage.mapped.filter(({ left_out, conversion }) => left_out ?? conversion),
    claims: lineage.claims.map((claim) => ({ ...claim, origins: [] })),
    shortened: true,
  };
  const less = written(short);
  if (fits(less)) return less;
  const few = written(cut(short, FEW));
  // Names of 500 characters, fifty scopes each: then only that there was a sign-in.
  return fits(few) ? few : written(cut(short, 0));
}

const FEW = 10;

/** Those of the context first: they are what tokens are made of. */
export function fittingValues(read: JsonObject, context: JsonObject): Values {
  const kept = within(context, LARGEST);
  return { read: within(read, kept.room).fits, context: kept.fits };
}

/** @param most of each list */
function cut(lineage: Lineage, most: number): Lineage {
  const { read, mapped, changed, claims } = lineage;
  return {
    ...lineage,
    read: read.slice(0, most),
    mapped: mapped.slice(0, most),
    changed: changed.slice(0, most),
    claims: claims.slice(0, most),
  };
}

const written = (lineage: Lineage) => JSON.stringify(lineage);
