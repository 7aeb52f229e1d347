/** A record as an operator sees it: without its secrets, but with the names of those it has. */
import type { JsonObject } from "../../flow.ts";
import type { RecordKind } from "./record-kind.ts";

export function show(record: JsonObject, kind: RecordKind): string {
  const shown = Object.entries(record).map(([name, value]) => {
    if (!kind.secret.includes(name)) return [name, value];
    // A hash says nothing; of several secrets the names say which there are.
    return [`${name}_set`, typeof value === "object" && value !== null ? Object.keys(value) : undefined];
  });
  return JSON.stringify(Object.fromEntries(shown));
}
