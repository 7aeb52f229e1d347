/** XML Encryption by hand: anybody who has our certificate can do this. */
import { constants, createCipheriv, publicEncrypt, randomBytes, X509Certificate } from "node:crypto";

const ENC = "http://www.w3.org/2001/04/xmlenc#";
const ENC11 = "http://www.w3.org/2009/xmlenc11#";

export interface Encryption {
  /** PEM. */
  readonly certificate: string;
  readonly transport?: "rsa-oaep-mgf1p" | "rsa-1_5";
  readonly content?: "aes128-gcm" | "aes256-gcm" | "aes256-cbc";
  /** What the content's algorithm is said to be, where that is a lie. */
  readonly called?: string;
  /** Of OAEP; said in the message where it is not SHA-1. */
  readonly digest?: "sha1" | "sha256";
  /** The last byte before encryption with CBC, where it is not the size of the padding. */
  readonly padding?: number;
  /** Spoils what was made. */
  readonly spoil?: (parts: { key: Buffer; data: Buffer }) => void;
}

/** @param plain an assertion, or something else */
export function encrypted(plain: string, how: Encryption): string {
  const { certificate, transport = "rsa-oaep-mgf1p", content = "aes256-gcm", digest = "sha1" } = how;
  const secret = randomBytes(content === "aes128-gcm" ? 16 : 32);
  const padding = transport === "rsa-1_5" ? constants.RSA_PKCS1_PADDING : constants.RSA_PKCS1_OAEP_PADDING;
  const spki = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" });
  const key = publicEncrypt({ key: String(spki), padding, oaepHash: digest }, secret);
  const data = content === "aes256-cbc" ? cbc(secret, plain, how.padding) : gcm(secret, plain);
  how.spoil?.({ key, data });
  const method = (name: string, inside = "") =>
    `<xenc:EncryptionMethod Algorithm="${name}">${inside}</xenc:EncryptionMethod>`;
  const value = (bytes: Buffer) =>
    `<xenc:CipherData><xenc:CipherValue>${bytes.toString("base64")}</xenc:CipherValue></xenc:CipherData>`;
  const hash =
    digest === "sha1"
      ? ""
      : `<ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="${ENC}${digest}"/>`;
  const wrapped = `<xenc:EncryptedKey>${method(`${ENC}${transport}`, hash)}${value(key)}</xenc:EncryptedKey>`;
  const namespace = content === "aes256-cbc" ? ENC : ENC11;
  return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="${ENC}">${method(namespace + (how.called ?? content))}<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${wrapped}</ds:KeyInfo>${value(data)}</xenc:EncryptedData></saml:EncryptedAssertion>`;
}

/** SAML Core §2.2.4: the NameID alone. @param plain an assertion */
export function nameEncrypted(plain: string, { certificate }: Pick<Encryption, "certificate">): string {
  const wrap = (name: string) =>
    encrypted(name, { certificate }).replaceAll("saml:EncryptedAssertion", "saml:EncryptedID");
  return plain.replace(/<saml:NameID .*<\/saml:NameID>/s, wrap);
}

function gcm(key: Buffer, plain: string): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv(`aes-${key.length * 8}-gcm` as "aes-256-gcm", key, iv);
  return Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** Padding as XML Encryption §5.2 has it: any bytes, of which the last says how many. */
function cbc(key: Buffer, plain: string, last?: number): Buffer {
  const iv = randomBytes(16);
  const bytes = Buffer.from(plain);
  const size = 16 - (bytes.length % 16);
  const padded = Buffer.concat([bytes, randomBytes(size - 1), Buffer.of(last ?? size)]);
  const cipher = createCipheriv("aes-256-cbc", key, iv).setAutoPadding(false);
  return Buffer.concat([iv, cipher.update(padded), cipher.final()]);
}
