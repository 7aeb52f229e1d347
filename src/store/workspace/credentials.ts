/** Credentials of a connection are never shown, so whoever sends the record back cannot send them all. */
import { CONNECTOR_KINDS } from "../../connectors/index.ts";
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

/** Whether a write says of every credential that this kind of provider can have what becomes of it, so that none is kept. */
export function saysAll({ credentials, method }: JsonObject, stored: JsonObject | undefined): boolean {
  if (credentials === null || (credentials !== undefined && stored?.["method"] !== method)) return true;
  if (typeof credentials !== "object" || Array.isArray(credentials)) return false;
  const kind = CONNECTOR_KINDS.find((known) => known.method === method);
  return Object.keys(kind?.form.credentials ?? {}).every((name) => Object.hasOwn(credentials, name));
}
