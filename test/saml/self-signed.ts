/** A certificate around a key, as providers publish one (RFC 5280 §4.1), for Node and for workerd. */

export interface KeyPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

const RSA_SHA256 = der(0x30, der(0x06, bytes("2a864886f70d01010b")), der(0x05));
const COMMON_NAME = der(0x06, bytes("550403"));
const UTC_TIME = 0x17;

export interface Validity {
  /** Seconds since 1970. */
  readonly from?: number;
  readonly until?: number;
}

/** @returns PEM, signed with the key itself */
export async function selfSigned(keys: KeyPair, name: string, validity: Validity = {}): Promise<string> {
  const { from = 1_700_000_000, until = 2_000_000_000 } = validity;
  const party = der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, new TextEncoder().encode(name)))));
  const serial = der(0x02, Uint8Array.of(1, ...crypto.getRandomValues(new Uint8Array(8))));
  const times = der(0x30, time(from), time(until));
  const spki = await exported(keys.publicKey, "spki");
  const body = der(
    0x30,
    der(0xa0, der(0x02, Uint8Array.of(2))),
    serial,
    RSA_SHA256,
    party,
    times,
    party,
    spki,
  );
  const signature = new Uint8Array(await crypto.subtle.sign("RSASSA-PKCS1-v1_5", keys.privateKey, body));
  return pem("CERTIFICATE", der(0x30, body, RSA_SHA256, der(0x03, Uint8Array.of(0), signature)));
}

/** @returns DER */
export async function exported(key: CryptoKey, format: "spki" | "pkcs8"): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array((await crypto.subtle.exportKey(format, key)) as ArrayBuffer);
}

export function pem(what: string, content: Uint8Array): string {
  const lines =
    btoa(Array.from(content, (byte) => String.fromCharCode(byte)).join("")).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${what}-----\n${lines.join("\n")}\n-----END ${what}-----\n`;
}

function time(at: number): Uint8Array<ArrayBuffer> {
  const digits = new Date(at * 1_000).toISOString().replaceAll(/\D/g, "").slice(2, 14);
  return der(UTC_TIME, new TextEncoder().encode(`${digits}Z`));
}

function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = Uint8Array.from(parts.flatMap((part) => [...part]));
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Uint8Array.of(tag, ...size, ...content);
}

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
