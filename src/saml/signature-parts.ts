/**
 * XML Signature §4 as SAML uses it (Core §5.4): each part once, and nothing beside it. Looked at before the library is asked,
 * which finds parts by their names wherever they are, and does all that the references of a stranger say before it knows whose
 * signature it is.
 */
import { SamlError } from "./error.ts";
import { NS } from "./names.ts";
import { elements, type Element, is } from "./tree.ts";

/** In the order of the schema. An `Object` is none of them: what stands in it is covered by nothing. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  Signature: ["SignedInfo", "SignatureValue", "KeyInfo"],
  SignedInfo: ["CanonicalizationMethod", "SignatureMethod", "Reference"],
  Reference: ["Transforms", "DigestMethod", "DigestValue"],
  // Core §5.4.4: enveloped, and canonicalized. Each more is done over the whole element.
  Transforms: ["Transform", "Transform"],
};
const OPTIONAL = "KeyInfo";

/** @param of a Signature @throws SamlError `signature` */
export function checkParts(of: Element): void {
  const expected = PARTS[of.localName];
  if (!expected) return;
  const parts = elements(of);
  const wanted = expected.filter((name) => name !== OPTIONAL || parts.length === expected.length);
  if (parts.length !== wanted.length || !parts.every((part, at) => is(part, NS.signature, wanted[at] ?? "")))
    throw new SamlError("signature", `${of.localName} has other parts than a signature of SAML has`);
  for (const part of parts) checkParts(part);
}
