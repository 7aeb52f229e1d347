/** Algorithms of XML Signature: one that is not in the table does not exist. HMAC is none of them (GHSA-c27r-x354-4m68). */

/** What an operator may allow by name for a provider that cannot do better. */
export const WEAK_ALGORITHMS = ["sha1", "rsa-1_5", "aes-cbc"] as const;
export type Weak = (typeof WEAK_ALGORITHMS)[number];

export interface SignatureMethod {
  readonly key: "rsa" | "ec";
  readonly hash: string;
  readonly weak?: Weak;
}

const MORE = "http://www.w3.org/2001/04/xmldsig-more#";
export const RSA_SHA256 = `${MORE}rsa-sha256`;
export const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";

export const SIGNATURE_METHODS: Readonly<Record<string, SignatureMethod>> = {
  [RSA_SHA256]: { key: "rsa", hash: "sha256" },
  [`${MORE}rsa-sha384`]: { key: "rsa", hash: "sha384" },
  [`${MORE}rsa-sha512`]: { key: "rsa", hash: "sha512" },
  [`${MORE}ecdsa-sha256`]: { key: "ec", hash: "sha256" },
  [`${MORE}ecdsa-sha384`]: { key: "ec", hash: "sha384" },
  "http://www.w3.org/2000/09/xmldsig#rsa-sha1": { key: "rsa", hash: "sha1", weak: "sha1" },
};

export const DIGESTS: Readonly<Record<string, { readonly hash: string; readonly weak?: Weak }>> = {
  [SHA256]: { hash: "sha256" },
  [`${MORE}sha384`]: { hash: "sha384" },
  "http://www.w3.org/2001/04/xmlenc#sha512": { hash: "sha512" },
  "http://www.w3.org/2000/09/xmldsig#sha1": { hash: "sha1", weak: "sha1" },
};

/** SAML Core §5.4.4: no other transform is needed, and each more is a way to sign less than is read. */
export const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
export const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

/** Rows that may be used: all but the weak ones that nobody allowed. */
export function allowed<T extends { readonly weak?: Weak }>(
  table: Readonly<Record<string, T>>,
  weak: readonly Weak[],
): [string, T][] {
  return Object.entries(table).filter(([, row]) => row.weak === undefined || weak.includes(row.weak));
}
