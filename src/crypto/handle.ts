/**
 * Codes, refresh tokens, opaque access tokens, session cookies and login ids: `kind.keyid.payload.mac`.
 * The MAC is checked before any object is woken, so a forged value costs one HMAC and no storage call.
 */
import { decode, encode } from "./base64url.ts";
import { fromHex, toHex } from "./hex.ts";
import type { Keyring } from "./keyring.ts";

/** Each kind has a key of its own, so none can be offered as another. */
export type Kind = "code" | "rt" | "session" | "login";

export interface Handle {
  /** Hex of 32 bytes: the `sub`, and the name of the object that decides. */
  readonly subject: string;
  /** base64url of 16 random bytes: a grant, session or login. */
  readonly id: string;
  readonly generation: number;
}

const SUBJECT_BYTES = 32;
const ID_BYTES = 16;
const FIXED_BYTES = SUBJECT_BYTES + ID_BYTES + 4;

/** Under the newest deployment key. The same handle is the same text each time. @throws TypeError where there is no key */
export async function writeHandle(keyring: Keyring, kind: Kind, workspace: string, handle: Handle) {
  const text = `${kind}.${keyring.current}.${encode(pack(workspace, handle))}`;
  const key = await keyring.hmac(keyring.current, `mac:${kind}`, workspace);
  if (!key) throw new TypeError("the deployment has no key");
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
  return `${text}.${encode(new Uint8Array(mac))}`;
}

/** @returns undefined for anything that this deployment did not write for this kind and workspace */
export async function readHandle(
  keyring: Keyring,
  kind: Kind,
  workspace: string,
  value: string,
): Promise<Handle | undefined> {
  if (value.length > 400) return undefined;
  const [named, keyId, payload, mac, ...rest] = value.split(".");
  if (named !== kind || !keyId || !payload || !mac || rest.length > 0) return undefined;
  const key = await keyring.hmac(keyId, `mac:${kind}`, workspace);
  if (!key) return undefined;
  try {
    const text = new TextEncoder().encode(`${kind}.${keyId}.${payload}`);
    const genuine = await crypto.subtle.verify("HMAC", key, decode(mac), text);
    return genuine ? unpack(workspace, decode(payload)) : undefined;
  } catch {
    return undefined;
  }
}

/** 128 random bits as base64url: the id of a grant, session or login. */
export function randomId(): string {
  return encode(crypto.getRandomValues(new Uint8Array(ID_BYTES)));
}

function pack(workspace: string, { subject, id, generation }: Handle): Uint8Array {
  const name = new TextEncoder().encode(workspace);
  const bytes = new Uint8Array(FIXED_BYTES + name.length);
  bytes.set(fromHex(subject));
  bytes.set(decode(id), SUBJECT_BYTES);
  new DataView(bytes.buffer).setUint32(SUBJECT_BYTES + ID_BYTES, generation);
  bytes.set(name, FIXED_BYTES);
  return bytes;
}

function unpack(workspace: string, bytes: Uint8Array): Handle | undefined {
  if (new TextDecoder().decode(bytes.slice(FIXED_BYTES)) !== workspace) return undefined;
  return {
    subject: toHex(bytes.slice(0, SUBJECT_BYTES)),
    id: encode(bytes.slice(SUBJECT_BYTES, SUBJECT_BYTES + ID_BYTES)),
    generation: new DataView(bytes.buffer, bytes.byteOffset).getUint32(SUBJECT_BYTES + ID_BYTES),
  };
}
