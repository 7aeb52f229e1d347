/** What JSON.parse made. */
import type { JsonObject } from "../flow.ts";

/** Of a value of JSON: neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
