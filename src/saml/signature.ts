/** XML signatures, by xml-crypto: what is returned is what was signed, byte for byte, and nothing around it. */
import { createHash, verify } from "node:crypto";
import { SignedXml } from "xml-crypto";
import {
  allowed,
  DIGESTS,
  ENVELOPED,
  EXCLUSIVE,
  RSA_SHA256,
  SHA256,
  SIGNATURE_METHODS,
} from "./algorithms.ts";
import type { SignatureMethod, Weak } from "./algorithms.ts";
import type { PublicKey } from "./certificate.ts";
import { SamlError } from "./error.ts";
import { checkParts } from "./signature-parts.ts";
import { attribute, type Element, parse } from "./tree.ts";

/** Whose signature is believed: keys of the connection. A key in the message is not even looked at (CVE-2023-48703). */
export interface Trust {
  readonly keys: readonly PublicKey[];
  readonly weak: readonly Weak[];
}

/**
 * @param document the guarded text that `signature` stands in
 * @param owner the element that must be what was signed, and that holds `signature`
 * @returns that element, read anew from the canonical form that the signature covers
 * @throws SamlError `signature`
 */
export function verified(document: string, owner: Element, signature: Element, trust: Trust): Element {
  checkParts(signature);
  const id = attribute(owner, "ID");
  const judge = new SignedXml({ publicCert: trust.keys[0]?.pem, getCertFromKeyInfo: () => null });
  // SAML has no other (Core §1.3.4), and each is a search through the whole document.
  judge.idAttributes = ["ID"];
  judge.SignatureAlgorithms = Object.fromEntries(
    allowed(SIGNATURE_METHODS, trust.weak).map(([name, method]) => [name, verifier(method, trust.keys)]),
  );
  judge.HashAlgorithms = Object.fromEntries(
    allowed(DIGESTS, trust.weak).map(([name, { hash }]) => [name, digester(hash)]),
  );
  judge.CanonicalizationAlgorithms = Object.fromEntries(
    [ENVELOPED, EXCLUSIVE].map((name) => [name, judge.CanonicalizationAlgorithms[name]]),
  );
  if (!id || trust.keys.length === 0 || !isGood(judge, document, signature))
    throw new SamlError("signature", "the signature is not of the connection's provider");
  // There is one, and it has to be about the very element that is read (XML signature wrapping; SAML Core §5.4.2).
  const [reference] = judge.getReferences();
  const [signed] = judge.getSignedReferences();
  if (reference?.uri !== `#${id}` || signed === undefined)
    throw new SamlError("signature", "the signature is about something else than it stands in");
  return parse(signed);
}

function isGood(judge: SignedXml, document: string, signature: Element): boolean {
  try {
    judge.loadSignature(signature);
    return judge.checkSignature(document);
  } catch (cause) {
    throw new SamlError("signature", "the signature is not valid", { cause: brief(cause) });
  }
}

/** What the library says can hold text of the document, of any length. */
function brief(cause: unknown): Error {
  return new Error(cause instanceof Error ? cause.message.slice(0, 200) : "");
}

/** With every key of the provider, so that a document is canonicalized once while its certificates roll over. */
function verifier(method: SignatureMethod, keys: readonly PublicKey[]) {
  return class {
    getAlgorithmName = () => method.hash;
    getSignature = (): never => {
      throw new TypeError("this algorithm only verifies");
    };
    verifySignature = (signedInfo: string, _: unknown, value: string) =>
      isSignedBy(keys, method, signedInfo, value);
  };
}

/** @param signature base64 */
export function isSignedBy(
  keys: readonly PublicKey[],
  { key: type, hash }: SignatureMethod,
  signed: string,
  signature: string,
): boolean {
  const bytes = Buffer.from(signature, "base64");
  return keys
    .filter((key) => key.type === type)
    .some(({ pem: key }) => verify(hash, Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" }, bytes));
}

function digester(hash: string) {
  return class {
    getAlgorithmName = () => hash;
    getHash = (canonical: string) => createHash(hash).update(canonical, "utf8").digest("base64");
  };
}

/** Signs the root of a message of ours, after its Issuer (SAML Core §5.4). @param key PKCS#8 as PEM, RSA */
export function sign(message: string, key: string): string {
  const signer = new SignedXml({
    privateKey: key,
    signatureAlgorithm: RSA_SHA256,
    canonicalizationAlgorithm: EXCLUSIVE,
    getKeyInfoContent: () => null,
  });
  signer.addReference({ xpath: "/*", transforms: [ENVELOPED, EXCLUSIVE], digestAlgorithm: SHA256 });
  const location = { reference: "//*[local-name(.)='Issuer']", action: "after" } as const;
  signer.computeSignature(message, { prefix: "ds", location });
  return signer.getSignedXml();
}
