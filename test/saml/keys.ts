/** Keys of providers and of ours, made when they are first needed: RSA, and one kind on an elliptic curve. */
import { exported, type KeyPair, pem, selfSigned, type Validity } from "./self-signed.ts";

export interface Named {
  /** PKCS#8. */
  readonly key: string;
  readonly certificate: string;
}

const ALGORITHM = {
  name: "RSASSA-PKCS1-v1_5",
  modulusLength: 2_048,
  publicExponent: Uint8Array.of(1, 0, 1),
  hash: "SHA-256",
};

const made = new Map<string, Promise<Named>>();

/** The same key for the same name, for as long as the process runs. */
export function keyOf(name: string, validity?: Validity): Promise<Named> {
  const known = made.get(name) ?? make(name, validity);
  made.set(name, known);
  return known;
}

/** On P-256. Its certificate is signed by an RSA key: nobody looks at that. */
export async function ellipticKeyOf(name: string): Promise<Named> {
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const [keys, signer] = (await Promise.all([
    crypto.subtle.generateKey(curve, true, ["sign", "verify"]),
    crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]),
  ])) as [KeyPair, KeyPair];
  const key = pem("PRIVATE KEY", await exported(keys.privateKey, "pkcs8"));
  return { key, certificate: await selfSigned({ ...keys, privateKey: signer.privateKey }, name) };
}

async function make(name: string, validity?: Validity): Promise<Named> {
  const keys = (await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"])) as KeyPair;
  const key = pem("PRIVATE KEY", await exported(keys.privateKey, "pkcs8"));
  return { key, certificate: await selfSigned(keys, name, validity) };
}
