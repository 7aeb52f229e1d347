/** Keys for one purpose and place each, derived from the deployment key by HKDF (RFC 5869). */
import { base64url } from "jose";
import { Bounded } from "../config/bounded.ts";

/** What a key is for. A value made under one purpose is nothing under another. */
export type Purpose =
  | "pending"
  | "context"
  | "visitor"
  | "leaving"
  | "at-provider"
  | "remembered"
  | "app"
  | "execution"
  | "lineage"
  | "credentials"
  | "signing-key"
  | "salt"
  | "demo"
  | "console"
  | "answer"
  | `mac:${string}`
  | `token:${string}`;

export interface Keyring {
  /** Id of the deployment key that new values are made under. */
  readonly current: string;
  /** @returns undefined when the deployment has no key of that id any more */
  aes(keyId: string, purpose: Purpose, workspace: string, day?: number): Promise<CryptoKey | undefined>;
  hmac(keyId: string, purpose: Purpose, workspace: string): Promise<CryptoKey | undefined>;
}

type Use = "encrypt" | "decrypt" | "sign" | "verify";
const AES = { name: "AES-GCM", length: 256 } as const;
const HMAC = { name: "HMAC", hash: "SHA-256", length: 256 } as const;

/** Derived keys that one isolate remembers. */
const REMEMBERED = 2_000;

/**
 * Reads `DEPLOYMENT_KEY`: `id:base64url(32 bytes)`, several separated by commas, the first for new values.
 * @throws TypeError that says what is wrong, without the key
 */
export function openKeyring(secret: string): Keyring {
  const keys = new Map(secret.split(",").map((entry) => parse(entry.trim())));
  const derived = new Bounded<CryptoKey>(REMEMBERED);

  async function derive(keyId: string, algorithm: typeof AES | typeof HMAC, uses: Use[], info: unknown[]) {
    const bytes = keys.get(keyId);
    if (!bytes) return undefined;
    const name = JSON.stringify([keyId, algorithm.name, ...info]);
    const known = derived.get(name);
    if (known) return known;
    const made = await hkdf(bytes, name, algorithm, uses);
    derived.set(name, made);
    return made;
  }

  return {
    current: keys.keys().next().value ?? "",
    aes: (keyId, purpose, workspace, day = 0) =>
      derive(keyId, AES, ["encrypt", "decrypt"], [purpose, workspace, day]),
    hmac: (keyId, purpose, workspace) => derive(keyId, HMAC, ["sign", "verify"], [purpose, workspace]),
  };
}

function parse(entry: string): [string, Uint8Array<ArrayBuffer>] {
  const [, id, value] = /^([a-z0-9]{1,8}):([A-Za-z0-9_-]{43})$/.exec(entry) ?? [];
  if (!id || !value)
    throw new TypeError("DEPLOYMENT_KEY must be id:base64url of 32 bytes, separated by commas");
  return [id, new Uint8Array(base64url.decode(value))];
}

async function hkdf(
  bytes: Uint8Array<ArrayBuffer>,
  info: string,
  algorithm: typeof AES | typeof HMAC,
  uses: Use[],
) {
  const master = await crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveKey"]);
  const parameters = {
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: new TextEncoder().encode(info),
  };
  return crypto.subtle.deriveKey(parameters, master, algorithm, false, uses);
}
