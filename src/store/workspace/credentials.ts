/** Credentials of a connection are never shown, so whoever sends the record back cannot send them all. */
import type { Json, JsonObject } from "../../flow.ts";

/** Each one that is left out stays as it is, and null removes it; so for all of them. Another kind of provider begins anew. */
export function credentialsOf({ credentials, method }: JsonObject, stored: JsonObject | undefined): Json {
  if (credentials === undefined) return stored?.["credentials"] ?? {};
  if (credentials === null) return {};
  if (typeof credentials !== "object" || Array.isArray(credentials)) return credentials;
  const kept = stored?.["method"] === method ? (stored?.["credentials"] as JsonObject) : {};
  return Object.fromEntries(
    Object.entries({ ...kept, ...credentials }).filter(([, value]) => value !== null),
  );
}
