/** XML Encryption by hand: anybody who has our certificate can do this. */
import { constants, createCipheriv, publicEncrypt, randomBytes, X509Certificate } from "node:crypto";

const ENC = "http://www.w3.org/2001/04/xmlenc#";
const ENC11 = "http://www.w3.org/2009/xmlenc11#";

export interface Encryption {
  /** PEM. */
  readonly certificate: string;
  readonly transport?: "rsa-oaep-mgf1p" | "rsa-1_5";
  readonly content?: "aes256-gcm" | "aes256-cbc";
  /** Spoils what was made. */
  readonly spoil?: (parts: { key: Buffer; data: Buffer }) => void;
}

/** @param plain an assertion, or something else */
export function encrypted(plain: string, how: Encryption): string {
  const { certificate, transport = "rsa-oaep-mgf1p", content = "aes256-gcm" } = how;
  const secret = randomBytes(32);
  const padding = transport === "rsa-1_5" ? constants.RSA_PKCS1_PADDING : constants.RSA_PKCS1_OAEP_PADDING;
  const spki = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" });
  const key = publicEncrypt({ key: String(spki), padding, oaepHash: "sha1" }, secret);
  const data = content === "aes256-gcm" ? gcm(secret, plain) : cbc(secret, plain);
  how.spoil?.({ key, data });
  const method = (name: string) => `<xenc:EncryptionMethod Algorithm="${name}"/>`;
  const value = (bytes: Buffer) =>
    `<xenc:CipherData><xenc:CipherValue>${bytes.toString("base64")}</xenc:CipherValue></xenc:CipherData>`;
  const wrapped = `<xenc:EncryptedKey>${method(`${ENC}${transport}`)}${value(key)}</xenc:EncryptedKey>`;
  const namespace = content === "aes256-gcm" ? ENC11 : ENC;
  return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="${ENC}">${method(namespace + content)}<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${wrapped}</ds:KeyInfo>${value(data)}</xenc:EncryptedData></saml:EncryptedAssertion>`;
}

function gcm(key: Buffer, plain: string): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  return Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** Padding as XML Encryption §5.2 has it: any bytes, of which the last says how many. */
function cbc(key: Buffer, plain: string): Buffer {
  const iv = randomBytes(16);
  const bytes = Buffer.from(plain);
  const size = 16 - (bytes.length % 16);
  const padded = Buffer.concat([bytes, randomBytes(size - 1), Buffer.of(size)]);
  const cipher = createCipheriv("aes-256-cbc", key, iv).setAutoPadding(false);
  return Buffer.concat([iv, cipher.update(padded), cipher.final()]);
}
