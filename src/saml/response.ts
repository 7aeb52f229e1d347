/** SAML Core §3.2.2, Profiles §4.1.4.2 — the answer of a provider to an AuthnRequest. Only what was proven is read. */
import type { Weak } from "./algorithms.ts";
import { type Assertion, checkIssuer, checkVersion, type Expectation, judge } from "./assertion.ts";
import { decrypt } from "./decrypt.ts";
import { SamlError } from "./error.ts";
import { guard, MESSAGE } from "./guard.ts";
import { DENIALS, NS, SUCCESS } from "./names.ts";
import { readPosted } from "./posted.ts";
import { type Trust, verified } from "./signature.ts";
import { attribute, type Element, is, only, optional, parse } from "./tree.ts";

export interface Reading extends Expectation, Trust {
  /** PKCS#8 as PEM: for encrypted assertions. */
  readonly decryption_key: string | undefined;
}

/**
 * @param message `SAMLResponse` of the POST binding: base64
 * @throws SamlError
 */
export async function readResponse(message: string, expected: Reading): Promise<Assertion> {
  const document = guard(readPosted(message), MESSAGE);
  const root = parse(document);
  if (!is(root, NS.protocol, "Response")) throw new SamlError("document", "the document is not a Response");
  const signature = optional(root, NS.signature, "Signature");
  const response = signature ? verified(document, root, signature, expected) : root;
  checkVersion(response);
  checkStatus(response);
  checkEnvelope(response, signature !== undefined, expected);
  return judge(await assertionOf(response, signature ? undefined : document, expected), expected);
}

/** Said by anybody where the response is not signed, which costs nobody more than a sign-in that fails. */
function checkStatus(response: Element): void {
  const status = only(only(response, NS.protocol, "Status"), NS.protocol, "StatusCode");
  if (attribute(status, "Value") === SUCCESS) return;
  const second = optional(status, NS.protocol, "StatusCode");
  const denied = DENIALS.includes((second && attribute(second, "Value")) ?? "");
  throw new SamlError(denied ? "denied" : "refused", "the provider answered that it failed");
}

/** The assertion decides; around it is held to the same where it says something. A signed one must say where it goes to. */
function checkEnvelope(response: Element, signed: boolean, expected: Reading): void {
  const destination = attribute(response, "Destination");
  // SAML Bindings §3.5.5.2.
  if (destination === undefined ? signed : destination !== expected.recipient)
    throw new SamlError("destination", "the response was sent to another address");
  if ((attribute(response, "InResponseTo") ?? null) !== expected.request)
    throw new SamlError("request", "the response answers another request than this browser's");
  const issuer = optional(response, NS.assertion, "Issuer");
  if (issuer) checkIssuer(issuer, expected);
}

/** @param document where the response is not signed, so that the assertion must be (CVE-2026-2092) */
async function assertionOf(
  response: Element,
  document: string | undefined,
  expected: Reading,
): Promise<Element> {
  const encrypted = optional(response, NS.assertion, "EncryptedAssertion");
  const opened = encrypted && (await open(encrypted, expected));
  const assertion = opened === undefined ? only(response, NS.assertion, "Assertion") : parse(opened);
  if (!is(assertion, NS.assertion, "Assertion"))
    throw new SamlError("document", "what was encrypted is not an assertion");
  const around = opened ?? document;
  if (document === undefined || around === undefined) return assertion;
  const signature = optional(assertion, NS.signature, "Signature");
  if (!signature) throw new SamlError("signature", "neither the response nor the assertion is signed");
  return verified(around, assertion, signature, expected);
}

async function open(
  encrypted: Element,
  { decryption_key, weak }: { decryption_key: string | undefined; weak: readonly Weak[] },
) {
  if (decryption_key === undefined)
    throw new SamlError("encryption", "the assertion is encrypted and the connection has no key for it");
  return guard(await decrypt(encrypted, decryption_key, weak), MESSAGE);
}
