/** Every attack on a sign-in through another provider has a test or fixture of its name: none gets lost unnoticed. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const FIXTURES = "test/saml/fixtures";
const WRAPPING = `${FIXTURES}/invalid/wrapping.ts`;
const TEXT = `${FIXTURES}/invalid/text.ts`;
const SIGNATURES = `${FIXTURES}/invalid/signatures.ts`;
const CONDITIONS = `${FIXTURES}/invalid/conditions.ts`;
const ENCRYPTION = `${FIXTURES}/invalid/encryption.ts`;
const VALID = `${FIXTURES}/valid/index.ts`;
const SAML = "test/attacks/saml.test.ts";
const BROWSER = "test/attacks/saml-browser.test.ts";

/** Attack → where it is tried, and by which names. */
const ATTACKS: Readonly<Record<string, readonly [file: string, ...names: readonly string[]]>> = {
  "signature wrapping, the eight": [WRAPPING, ...eight((n) => `"XSW${n}: `)],
  "signature wrapping, their twins with one assertion": [
    WRAPPING,
    ...eight((n) => `"XSW${n} with one assertion: `),
  ],
  "two elements with the signed ID": [WRAPPING, "two elements with the ID that is signed"],
  "more than one assertion": [WRAPPING, "two assertions that the provider signed, in one response"],
  "comment truncation": [TEXT, "a comment inside of the NameID", "a comment inside of an attribute's value"],
  "processing instruction truncation": [TEXT, "a processing instruction inside of the NameID"],
  "entity expansion": [
    TEXT,
    "a billion laughs",
    "an external entity (XXE)",
    "an entity that nobody declared",
  ],
  "parsers that read differently: a DTD (ruby-saml CVE-2025-25291)": [TEXT, "CVE-2025-25291"],
  "parsers that read differently: namespaces (ruby-saml CVE-2025-25292)": [SIGNATURES, "CVE-2025-25292"],
  "two SignedInfo (xml-crypto CVE-2025-29774)": [SIGNATURES, "CVE-2025-29774", "two DigestValue"],
  "a comment in DigestValue (xml-crypto CVE-2025-29775)": [TEXT, "CVE-2025-29775"],
  "a DigestValue elsewhere (ruby-saml CVE-2024-45409)": [SIGNATURES, "CVE-2024-45409"],
  "void canonicalization (ruby-saml CVE-2025-66568)": [SIGNATURES, "CVE-2025-66568"],
  "wrapping that samlify took (CVE-2025-47949)": [WRAPPING, "CVE-2025-47949"],
  "reading what is not what was signed (node-saml CVE-2025-54419)": [SAML, "CVE-2025-54419"],
  "attribute smuggling (passport-wsfed-saml2 CVE-2025-46573)": [SAML, "CVE-2025-46573"],
  "work for nothing": [SIGNATURES, "canonicalized again and again (denial of service)"],
  "deep nesting": [TEXT, "elements nested very deep", "very many elements"],
  "unsigned response": [SIGNATURES, "nothing is signed"],
  "partially signed response": [SIGNATURES, "only the NameID's subject is signed, not the assertion"],
  "wrong key": [SIGNATURES, '"signed by somebody else"'],
  "key from the message": [SIGNATURES, "signed by somebody else, who is the key in the message"],
  "HMAC with the public key": [SIGNATURES, "an HMAC under the public key"],
  "SHA-1": [SIGNATURES, "RSA with SHA-1, which nobody allowed", "a digest of SHA-1, which nobody allowed"],
  "audience of another service provider": [CONDITIONS, "audience of another service provider", "no audience"],
  "recipient of another connection": [CONDITIONS, "recipient of another connection", "no recipient"],
  "destination of another": [CONDITIONS, "a response that was sent elsewhere"],
  expired: [CONDITIONS, "  expired: {", "a confirmation that is too old", "a confirmation without an end"],
  "not yet valid": [CONDITIONS, '"not yet valid"', "a confirmation that is not valid yet"],
  "an answer to another request": [
    CONDITIONS,
    "a response to another request",
    "an assertion that answers another request",
  ],
  "encrypted assertion injected unsigned": [
    ENCRYPTION,
    "an encrypted assertion that is not signed, injected by anybody",
  ],
  "RSA 1.5 and CBC": [ENCRYPTION, "RSA 1.5, which nobody allowed", "CBC, which nobody allowed"],
  "honest neighbours of all": [VALID, "signatures", "encryption", "text", "conditionsOf"],
  replay: [BROWSER, "the assertion was taken, in a Durable Object", "twenty at once: one signs in"],
  "a Lax pending cookie": [BROWSER, "a pending cookie that is Lax does not come with the provider's form"],
  "a Lax pending cookie, in Chromium": [
    "test/browser/saml.test.ts",
    "a pending cookie that is Lax does not come back",
  ],
  "InResponseTo of another browser": [BROWSER, "an answer to another browser: InResponseTo is of a request"],
  "compressed bomb on the redirect binding": [
    BROWSER,
    "a response by the redirect binding, where a few bytes become many",
  ],
  "compressed bomb as the answer to a sign-out": [
    "test/attacks/saml-logout.test.ts",
    "is a bomb: few bytes that become many",
  ],
  "metadata with a private address": [
    "test/journeys/saml-settings.test.ts",
    "is not fetched from a private address",
    "that send people to an address without https are not followed",
  ],
  "mix-up between two connections": [
    "test/attacks/mix-up.test.ts",
    "an answer of one connection is nothing at the callback of another",
  ],
  "mix-up between two SAML connections": [BROWSER, "an answer for one connection at the address of another"],
  "callback of A with the code of B": [
    "test/attacks/code-of-another-connection.test.ts",
    "callback of A with the code of B",
    "callback of B with state and code of A",
  ],
  "cross-app account takeover (COAT): every connection has a redirect URL of its own": [
    "test/attacks/mix-up.test.ts",
    "every connection has a redirect URL of its own",
  ],
  "e-mail as identity (nOAuth)": [
    "test/attacks/email-takeover.test.ts",
    "the same verified address by another account of the same provider is another person",
  ],
  "e-mail as identity, at Microsoft Entra ID (nOAuth)": [
    "test/journeys/templates.test.ts",
    "is not verified because the tenant says so (nOAuth)",
  ],
  "an address at GitHub that is not verified": [
    "test/connectors/edges.test.ts",
    "are the primary one, verified only where it says true",
  ],
  "account pre-hijacking": [
    "test/attacks/account-linking.test.ts",
    "the same e-mail address at two connections never links, verified or not",
  ],
  "whoever makes a tenant": ["test/attacks/tenant-confusion.test.ts", "of a tenant that is not listed"],
  "connection disabled meanwhile": [BROWSER, "a connection that was switched off while the person was away"],
  "connection disabled meanwhile, of another kind": [
    "test/attacks/code-of-another-connection.test.ts",
    "a connection that was disabled while the person was away",
  ],
};

// One test: of many that take no time the runner loses the last ones' reports when it ends the process.
test("every attack is tried under its name", () => {
  const missing = Object.entries(ATTACKS).flatMap(([attack, [file, ...names]]) => {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
    return names.filter((name) => !text.includes(name)).map((name) => `${attack} (${file}: ${name})`);
  });
  assert.deepEqual(missing, []);
});

function eight(name: (n: number) => string): string[] {
  return Array.from({ length: 8 }, (_, index) => name(index + 1));
}
