import { attributeKey } from "../../../config/attribute.ts";
import type { JsonObject } from "../../../flow.ts";
import { text } from "../text.ts";
import type { Opened } from "./tab.ts";

/** Lists of a connection that are pages of rows. */
export type Member = "attributes" | "mappings";

export function rowsOf({ record }: Pick<Opened, "record">, member: Member): JsonObject[] {
  return (record[member] ?? []) as JsonObject[];
}

/** By what mappings name an attribute. */
export function keyOf(attribute: JsonObject): string {
  return attributeKey({ source: text(attribute, "source"), name: text(attribute, "name") });
}
