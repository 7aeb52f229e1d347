/** Sealed values: AES-GCM, bound to the place they were made for (design §4, Sealing). */
import { decode, encode } from "./base64url.ts";
import type { Keyring, Purpose } from "./keyring.ts";

/** Where a sealed value belongs. All of it is additional data of the encryption. */
export interface Place {
  readonly purpose: Purpose;
  readonly workspace: string;
  /** Connection, subject or client, where there is one. */
  readonly owner?: string;
  /** Days since 1970 for keys that live for one day: cookies. */
  readonly day?: number;
}

/** A sealed `T` as text: `keyid.day.base64url(iv ‖ ciphertext)`. */
export type Sealed<T> = string & { readonly sealed?: T };

const IV_BYTES = 12;

/** Under the newest deployment key; opens at this place and nowhere else. @throws TypeError where there is no key */
export function seal<T>(keyring: Keyring, place: Place, value: T): Promise<Sealed<T>> {
  return sealWritten<T>(keyring, place, JSON.stringify(value));
}

/** The same for who has it as JSON already: a large value is not written twice only to be measured. */
export async function sealWritten<T>(keyring: Keyring, place: Place, json: string): Promise<Sealed<T>> {
  const key = await keyring.aes(keyring.current, place.purpose, place.workspace, place.day);
  if (!key) throw new TypeError("the deployment has no key");
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const text = new TextEncoder().encode(json);
  const parameters = { name: "AES-GCM", iv, additionalData: additionalData(place) };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters, key, text));
  const bytes = new Uint8Array(IV_BYTES + sealed.length);
  bytes.set(iv);
  bytes.set(sealed, IV_BYTES);
  return `${keyring.current}.${(place.day ?? 0).toString(36)}.${encode(bytes)}`;
}

/** @returns undefined for anything that was not sealed for this very place */
export async function unseal<T>(keyring: Keyring, place: Place, sealed: Sealed<T>): Promise<T | undefined> {
  const [keyId = "", day = "", body = "", ...rest] = sealed.split(".");
  if (rest.length > 0 || day !== (place.day ?? 0).toString(36)) return undefined;
  const key = await keyring.aes(keyId, place.purpose, place.workspace, place.day);
  if (!key) return undefined;
  try {
    const bytes = decode(body);
    const parameters = {
      name: "AES-GCM",
      iv: bytes.slice(0, IV_BYTES),
      additionalData: additionalData(place),
    };
    const text = await crypto.subtle.decrypt(parameters, key, bytes.slice(IV_BYTES));
    return JSON.parse(new TextDecoder().decode(text)) as T;
  } catch {
    return undefined;
  }
}

function additionalData({ purpose, workspace, owner = "", day = 0 }: Place) {
  return new TextEncoder().encode(JSON.stringify([purpose, workspace, owner, day]));
}
