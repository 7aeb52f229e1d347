/** A record as an operator sees it: without its secrets. */
import type { JsonObject } from "../../flow.ts";
import type { RecordKind } from "./record-kind.ts";

export function show(record: JsonObject, { secret }: RecordKind): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(record).filter(([name]) => !secret.includes(name))),
  );
}
