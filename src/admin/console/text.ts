/** Members of a record as text, whatever they are. */
import type { Json, JsonObject } from "../../flow.ts";

/** Empty where there is nothing. */
export function written(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function text(record: JsonObject, member: string): string {
  return written(record[member]);
}

/** As people read it: the items of a list one after the other, and the members of an object each with its name. */
export function spelled(value: Json | undefined): string {
  if (typeof value !== "object" || value === null) return written(value);
  if (Array.isArray(value)) return value.map(spelled).join(", ");
  return Object.entries(value)
    .map(([name, member]) => `${name}: ${spelled(member)}`)
    .join("; ");
}

/** Its items, where the member is a list. */
export function texts(record: JsonObject, member: string): string[] {
  const value = record[member];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
