/** AuthenticationContext → a plain nested object, as scripts and apps see it: `address.country` is a member of `address`. */
import { putAt } from "../config/path.ts";
import type { AuthenticationContext, JsonObject } from "../flow.ts";

export function contextObject(context: AuthenticationContext): JsonObject {
  const object: JsonObject = {};
  // What holds comes before what is held: `address` as a whole before `address.country`.
  for (const [name, { value }] of Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    putAt(object, name.split("."), value);
  return object;
}
