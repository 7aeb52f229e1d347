/**
 * Our private keys, for WebCrypto. Remembered by the isolate: importing one costs a fourth of what it is imported for. By a hash
 * of it, and not to be exported, so that the memory of the isolate keeps nothing that could be read out.
 */
import { createHash } from "node:crypto";
import { Bounded } from "../config/bounded.ts";

const memory = new Bounded<CryptoKey>(100);

/**
 * @param pem PKCS#8 as PEM
 * @throws DOMException, and TypeError, where it is no key of the algorithm
 */
export async function privateKey(
  pem: string,
  algorithm: { readonly name: string; readonly hash: string },
  use: "sign" | "decrypt",
): Promise<CryptoKey> {
  const all = JSON.stringify([pem, algorithm.name, algorithm.hash]);
  const id = createHash("sha256").update(all).digest("base64");
  const known = memory.get(id);
  if (known) return known;
  const der = new Uint8Array(Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ""), "base64"));
  const key = await crypto.subtle.importKey("pkcs8", der, algorithm, false, [use]);
  memory.set(id, key);
  return key;
}
