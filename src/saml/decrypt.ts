/** XML Encryption of assertions. Whatever goes wrong is one error, so that nobody learns by trying (XML Encryption §6.1). */
import { createDecipheriv, constants, privateDecrypt, randomBytes } from "node:crypto";
import type { Weak } from "./algorithms.ts";
import { SamlError } from "./error.ts";
import { NS } from "./names.ts";
import { privateKey } from "./private-key.ts";
import { attribute, type Element, only, optional, text } from "./tree.ts";

type Bytes = Uint8Array<ArrayBuffer>;

interface Transport {
  readonly unwrap: (key: string, wrapped: Bytes, method: Element) => Promise<Bytes>;
  readonly weak?: Weak;
}
interface Content {
  /** Bytes. */
  readonly key: number;
  readonly open: (key: Bytes, sealed: Bytes, size: number) => Promise<Bytes>;
  readonly weak?: Weak;
}

const { encryption: ENC, encryption11: ENC11, signature: DS } = NS;

/** SHA-1 inside of OAEP is not the SHA-1 of signatures: nothing rests on its collisions, and most providers know no other. */
const TRANSPORTS: Readonly<Record<string, Transport>> = {
  [`${ENC}rsa-oaep-mgf1p`]: { unwrap: oaep },
  [`${ENC11}rsa-oaep`]: { unwrap: oaep },
  [`${ENC}rsa-1_5`]: { unwrap: pkcs1, weak: "rsa-1_5" },
};
const CONTENTS: Readonly<Record<string, Content>> = {
  [`${ENC11}aes128-gcm`]: { key: 16, open: gcm },
  [`${ENC11}aes256-gcm`]: { key: 32, open: gcm },
  [`${ENC}aes128-cbc`]: { key: 16, open: cbc, weak: "aes-cbc" },
  [`${ENC}aes256-cbc`]: { key: 32, open: cbc, weak: "aes-cbc" },
};

/**
 * @param encrypted an EncryptedAssertion
 * @param key PKCS#8 as PEM
 * @returns the text of the assertion, of which nothing is proven yet
 * @throws SamlError `encryption`
 */
export async function decrypt(encrypted: Element, key: string, weak: readonly Weak[]): Promise<string> {
  try {
    const data = only(encrypted, ENC, "EncryptedData");
    const wrapped =
      optional(only(data, DS, "KeyInfo"), ENC, "EncryptedKey") ?? only(encrypted, ENC, "EncryptedKey");
    const transport = method(TRANSPORTS, wrapped, weak);
    const content = method(CONTENTS, data, weak);
    const unwrapped = await transport.row.unwrap(key, value(wrapped), transport.method);
    // PKCS #1 1.5: a wrong key and a key of another size go the same way (Bleichenbacher).
    const usable = unwrapped.length === content.row.key ? unwrapped : random(content.row.key);
    const opened = await content.row.open(usable, value(data), content.row.key);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(opened);
  } catch (cause) {
    throw new SamlError("encryption", "the assertion could not be decrypted", { cause });
  }
}

function method<T extends { readonly weak?: Weak }>(
  table: Readonly<Record<string, T>>,
  of: Element,
  weak: readonly Weak[],
) {
  const found = only(of, ENC, "EncryptionMethod");
  const row = table[attribute(found, "Algorithm") ?? ""];
  if (!row || (row.weak && !weak.includes(row.weak))) throw new TypeError("the algorithm is not allowed");
  return { row, method: found };
}

function value(of: Element): Bytes {
  const encoded = text(only(only(of, ENC, "CipherData"), ENC, "CipherValue"));
  return new Uint8Array(Buffer.from(encoded, "base64"));
}

function random(size: number): Bytes {
  return new Uint8Array(randomBytes(size));
}

/**
 * WebCrypto has one hash for digest and mask, and providers say one: libraries in use mask with the digest's, too, although
 * SHA-1 is meant where nothing is said. Two that differ open nothing.
 */
async function oaep(pem: string, wrapped: Bytes, method: Element): Promise<Bytes> {
  const digest = optional(method, DS, "DigestMethod");
  const size = digest && /#sha(1|256|384|512)$/.exec(attribute(digest, "Algorithm") ?? "")?.[1];
  const parameters = { name: "RSA-OAEP", hash: `SHA-${size ?? 1}` };
  const key = await privateKey(pem, parameters, "decrypt");
  return new Uint8Array(await crypto.subtle.decrypt("RSA-OAEP", key, wrapped));
}

async function pkcs1(key: string, wrapped: Bytes): Promise<Bytes> {
  try {
    return new Uint8Array(privateDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, wrapped));
  } catch {
    return new Uint8Array();
  }
}

async function gcm(raw: Bytes, sealed: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
  const parameters = { name: "AES-GCM", iv: sealed.slice(0, 12), tagLength: 128 };
  return new Uint8Array(await crypto.subtle.decrypt(parameters, key, sealed.slice(12)));
}

/** XML Encryption §5.2: only the last byte of the padding says anything, so WebCrypto's PKCS #7 does not fit. */
async function cbc(key: Bytes, sealed: Bytes, size: number): Promise<Bytes> {
  const cipher = createDecipheriv(`aes-${size * 8}-cbc`, key, sealed.slice(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([cipher.update(sealed.slice(16)), cipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > 16) throw new TypeError("the padding is wrong");
  return new Uint8Array(padded.subarray(0, -padding));
}
