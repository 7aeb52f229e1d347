/**
 * What is used of the library. Its own types bring the browser's DOM with them, whose `Request` and `Response` are not those
 * of Workers.
 */
import type { Element } from "@xmldom/xmldom";

export interface Reference {
  readonly uri?: string;
  readonly transforms: readonly string[];
  readonly signedReference?: string;
}
export interface SignatureAlgorithm {
  getAlgorithmName(): string;
  getSignature(signedInfo: string, key: unknown): string;
  verifySignature(signedInfo: string, key: unknown, value: string): boolean;
}
type Table = Record<string, unknown>;
export class SignedXml {
  constructor(options?: {
    publicCert?: unknown;
    privateKey?: string;
    signatureAlgorithm?: string;
    canonicalizationAlgorithm?: string;
    getKeyInfoContent?: () => string | null;
    getCertFromKeyInfo?: () => string | null;
  });
  /** Names by which an element is found that a reference is about. */
  idAttributes: string[];
  CanonicalizationAlgorithms: Table;
  HashAlgorithms: Table;
  SignatureAlgorithms: Record<string, new () => SignatureAlgorithm>;
  loadSignature(signature: Element): void;
  checkSignature(xml: string): boolean;
  getReferences(): readonly Reference[];
  getSignedReferences(): readonly string[];
  addReference(reference: { xpath: string; transforms: readonly string[]; digestAlgorithm: string }): void;
  computeSignature(
    xml: string,
    options: { prefix: string; location: { reference: string; action: "after" } },
  ): void;
  getSignedXml(): string;
}
