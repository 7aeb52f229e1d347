/** X.509 certificates as containers of keys: in SAML nothing else of them counts (SAML V2.0 Metadata Interoperability §2.6.1). */
import { X509Certificate, type KeyObject } from "node:crypto";
import { Bounded } from "../config/bounded.ts";

export interface PublicKey {
  readonly type: "rsa" | "ec";
  /** SPKI as PEM. */
  readonly pem: string;
}

export interface Certificate {
  readonly key: PublicKey;
  /** Seconds since 1970. Shown and told of in advance, never enforced: the provider's metadata says what is valid. */
  readonly expires_at: number;
  readonly subject: string;
  /** SHA-256, as consoles show it. */
  readonly fingerprint: string;
}

const ARMOUR = /-----(?:BEGIN|END) CERTIFICATE-----/g;
/** Bits. Shorter keys have been broken in public. */
const SHORTEST_RSA = 2_048;

/** The base64 inside of a PEM certificate, as metadata has it. */
export function bare(pem: string): string {
  return pem.replaceAll(ARMOUR, "").replaceAll(/\s/g, "");
}

const memory = new Bounded<Certificate | undefined>(200);
/** Characters. A certificate has two thousand. */
const LONGEST = 20_000;

/**
 * Remembered by the isolate: the same few are asked for at every sign-in, and reading one costs as much as a signature.
 * @param text PEM, or base64 as it stands in metadata
 * @returns undefined for what is no certificate, or one with a key that is not used here
 */
export function readCertificate(text: string): Certificate | undefined {
  if (text.length > LONGEST) return undefined;
  if (memory.has(text)) return memory.get(text);
  const certificate = read(text);
  memory.set(text, certificate);
  return certificate;
}

function read(text: string): Certificate | undefined {
  const lines =
    bare(text)
      .match(/.{1,64}/g)
      ?.join("\n") ?? "";
  try {
    const x509 = new X509Certificate(`-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`);
    const key = usable(x509.publicKey);
    return (
      key && {
        key,
        expires_at: Math.floor(Date.parse(x509.validTo) / 1_000),
        subject: x509.subject,
        fingerprint: x509.fingerprint256,
      }
    );
  } catch {
    return undefined;
  }
}

function usable(key: KeyObject): PublicKey | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type !== "ec" && type !== "rsa") return undefined;
  if (type === "rsa" && (details?.modulusLength ?? 0) < SHORTEST_RSA) return undefined;
  return { type, pem: String(key.export({ type: "spki", format: "pem" })) };
}
