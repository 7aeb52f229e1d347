/** Credentials of a connection are never shown, so whoever sends the record back cannot send them all. */
import { isObject } from "../../config/json.ts";
import { kindOf } from "../../connectors/index.ts";
import type { Json, JsonObject } from "../../flow.ts";
import { InvalidRecord } from "./record-kind.ts";

/**
 * Each one that is left out stays as it is, and null removes it; so for all of them. Another kind of provider begins anew.
 * @throws InvalidRecord when one would stay and go to another address than it was written for
 */
export function credentialsOf(input: JsonObject, stored: JsonObject | undefined): Json {
  const { credentials, method } = input;
  if (credentials === null) return {};
  if (credentials !== undefined && !isObject(credentials)) return credentials;
  const before = stored?.["method"] === method ? stored?.["credentials"] : undefined;
  const kept = isObject(before) ? before : {};
  const stays = Object.keys(kept).find((name) => credentials?.[name] === undefined);
  // Who may write settings may not read secrets: they would be sent to whatever address that operator names.
  if (stored && stays !== undefined && !isSameRecipient(input, stored))
    throw new InvalidRecord(
      `credentials.${stays}`,
      "write it again, or null: it would go to another address",
    );
  return Object.fromEntries(
    Object.entries({ ...kept, ...credentials }).filter(([, value]) => value !== null),
  );
}

function isSameRecipient({ method, settings }: JsonObject, stored: JsonObject): boolean {
  const { recipient = [] } = kindOf(method) ?? {};
  const [before, after] = [stored["settings"], settings].map((one) => (isObject(one) ? one : {}));
  return recipient.every((name) => before?.[name] === after?.[name]);
}

/** Whether a write says of every credential that this kind of provider can have what becomes of it, so that none is kept. */
export function saysAll({ credentials, method }: JsonObject, stored: JsonObject | undefined): boolean {
  if (credentials === null || (credentials !== undefined && stored?.["method"] !== method)) return true;
  if (!isObject(credentials)) return false;
  return Object.keys(kindOf(method)?.form.credentials ?? {}).every((name) =>
    Object.hasOwn(credentials, name),
  );
}
