import type { JsonObject } from "../../../flow.ts";
import type { Opened } from "./tab.ts";

/** Lists of a connection that are pages of rows. */
export type Member = "attributes" | "mappings";

export function rowsOf({ record }: Pick<Opened, "record">, member: Member): JsonObject[] {
  return (record[member] ?? []) as JsonObject[];
}
