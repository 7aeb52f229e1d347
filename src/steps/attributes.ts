/** UpstreamIdentity → Attributes: what the connection is configured to read (design §5.11 bounds each value). */
import { fits } from "../config/data-type.ts";
import { measure } from "../config/measure.ts";
import { valueAt } from "../config/path.ts";
import { typed } from "../saml/typed.ts";
import type { Attributes, Json, Measured, UpstreamIdentity } from "../flow.ts";
import type { LeftOut, Read } from "../lineage.ts";
import type { Reading } from "./pipeline.ts";

export interface AttributesRead {
  readonly attributes: Attributes;
  readonly read: readonly Read[];
}

/** A value that is missing, null, of another type or too large is left out whole, and that is recorded. */
export function readAttributes(readings: readonly Reading[], identity: UpstreamIdentity): AttributesRead {
  const attributes = new Map<string, Measured>();
  const read: Read[] = [];
  for (const { key, source, names, type, origin, told } of readings) {
    const found = valueAt(identity.sources[source], names) as Json | undefined;
    const value = source === "assertion" ? typed(type, found) : found;
    const size = value === undefined ? "missing" : judge(type, value);
    if (typeof size === "number") {
      attributes.set(key, { value: value as Json, lineage: [origin], size });
      read.push(told);
    } else read.push({ ...told, left_out: size });
  }
  return { attributes, read };

  function judge(type: Reading["type"], value: Json): number | LeftOut {
    if (value === null) return "null";
    return fits(type, value) ? measure(value) : "wrong_type";
  }
}
