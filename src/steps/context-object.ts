/** AuthenticationContext → a plain nested object, as scripts and apps see it: `address.country` is a member of `address`. */
import type { AuthenticationContext, Json, JsonObject } from "../flow.ts";

export function contextObject(context: AuthenticationContext): JsonObject {
  const object: JsonObject = {};
  // What holds comes before what is held: `address` as a whole before `address.country`.
  for (const [name, { value }] of Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    setAt(object, name.split("."), value);
  return object;
}

function setAt(target: JsonObject, [name = "", ...rest]: readonly string[], value: Json): void {
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const inner = Object.hasOwn(target, name) ? target[name] : undefined;
  // A copy: what is there may be the context's own value.
  const object = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? { ...inner } : {};
  target[name] = object;
  setAt(object, rest, value);
}
