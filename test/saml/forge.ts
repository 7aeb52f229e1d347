/**
 * An identity provider that writes whatever it is told, as text: what an honest one says, and every lie that an attacker can
 * make of it. It shares no code with what reads it but the library that signs.
 */
import { createHash, sign } from "node:crypto";
import { SignedXml } from "xml-crypto";
import { bareOf } from "./pem.ts";
import type { Named } from "./keys.ts";

/** What an honest answer to one request says. */
export interface Said {
  /** ID of the request; empty leaves InResponseTo out. */
  readonly request: string;
  readonly acs: string;
  readonly audience: string;
  readonly issuer: string;
  /** Seconds since 1970. */
  readonly now: number;
  readonly name: string;
  readonly format: string;
  readonly qualifiers: string;
  readonly attributes: string;
  readonly response_id: string;
  readonly assertion_id: string;
  readonly context: string;
  /** In place of what is usual. */
  readonly recipient: string;
  readonly destination: string;
  readonly conditions: string;
  readonly not_before: number;
  readonly until: number;
  readonly confirmed_until: number;
  readonly auth_instant: number;
  readonly statement: string;
}

export type Telling = Pick<Said, "request" | "acs" | "audience" | "issuer" | "now"> & {
  readonly [K in keyof Said]?: Said[K] | undefined;
};

const PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
export const PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
const ASSERTION = 'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';
const PROTOCOL = 'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"';

export const at = (seconds: number) => new Date(seconds * 1_000).toISOString();

export function tell(told: Telling): Said {
  const { now, acs } = told;
  const id = () => `_${crypto.randomUUID()}`;
  const usual = {
    name: "ada",
    format: PERSISTENT,
    qualifiers: "",
    attributes: attribute("mail", "ada@example.com"),
    response_id: id(),
    assertion_id: id(),
    context: PASSWORD,
    recipient: `Recipient="${acs}"`,
    destination: `Destination="${acs}"`,
    not_before: now - 60,
    until: now + 300,
    confirmed_until: now + 300,
    auth_instant: now,
  };
  const said = { ...usual, ...defined(told) };
  const conditions = `<saml:Conditions NotBefore="${at(said.not_before)}" NotOnOrAfter="${at(said.until)}"><saml:AudienceRestriction><saml:Audience>${said.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`;
  const statement = `<saml:AuthnStatement AuthnInstant="${at(said.auth_instant)}" SessionIndex="s1"><saml:AuthnContext><saml:AuthnContextClassRef>${said.context}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`;
  return { conditions, statement, ...said };
}

function defined<T extends object>(some: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(some).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

export function attribute(name: string, ...values: readonly string[]): string {
  const all = values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join("");
  return `<saml:Attribute Name="${name}">${all}</saml:Attribute>`;
}

const answers = ({ request }: Said) => (request === "" ? "" : ` InResponseTo="${request}"`);

export function assertion(said: Said): string {
  const { now, issuer, name, format, qualifiers, recipient, attributes } = said;
  return `<saml:Assertion ${ASSERTION} ID="${said.assertion_id}" Version="2.0" IssueInstant="${at(now)}"><saml:Issuer>${issuer}</saml:Issuer><saml:Subject><saml:NameID Format="${format}"${qualifiers}>${name}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${at(said.confirmed_until)}" ${recipient}${answers(said)}/></saml:SubjectConfirmation></saml:Subject>${said.conditions}${said.statement}<saml:AttributeStatement>${attributes}</saml:AttributeStatement></saml:Assertion>`;
}

export const OK =
  '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>';

export function response(said: Said, inside: string, status = OK): string {
  return `<samlp:Response ${PROTOCOL} ${ASSERTION} ID="${said.response_id}" Version="2.0" IssueInstant="${at(said.now)}" ${said.destination}${answers(said)}><saml:Issuer>${said.issuer}</saml:Issuer>${status}${inside}</samlp:Response>`;
}

export interface Signing {
  readonly by: Named;
  readonly method?: string;
  readonly digest?: string;
  readonly transforms?: readonly string[];
  /** What is signed, where it is not the element with the ID. */
  readonly reference?: string;
  /** What is signed beside it. */
  readonly also?: string;
}

export const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
export const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

export const MORE = "http://www.w3.org/2001/04/xmldsig-more#";

export const ECDSA = `${MORE}ecdsa-sha256`;

/** What the library that signs does not know by itself. */
class RsaSha384 {
  getAlgorithmName = () => `${MORE}rsa-sha384`;
  getSignature = (text: string, key: string) => sign("sha384", Buffer.from(text), key).toString("base64");
  verifySignature = () => false;
}
/** r and s one after the other, as XML Signature has them (§6.4.3), and not the DER of everybody else. */
class EcdsaSha256 {
  getAlgorithmName = () => `${MORE}ecdsa-sha256`;
  getSignature = (text: string, key: string) =>
    sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" }).toString("base64");
  verifySignature = () => false;
}
class Sha384 {
  getAlgorithmName = () => `${MORE}sha384`;
  getHash = (text: string) => createHash("sha384").update(text).digest("base64");
}

/** Signs the element with this ID, with the certificate in the message as everybody does. */
export function signed(document: string, id: string, { by, ...how }: Signing): string {
  const signer = new SignedXml({
    privateKey: by.key,
    signatureAlgorithm: how.method ?? "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    canonicalizationAlgorithm: EXCLUSIVE,
    getKeyInfoContent: () =>
      `<ds:X509Data><ds:X509Certificate>${bareOf(by.certificate)}</ds:X509Certificate></ds:X509Data>`,
  });
  signer.SignatureAlgorithms[`${MORE}rsa-sha384`] = RsaSha384;
  signer.SignatureAlgorithms[ECDSA] = EcdsaSha256;
  signer.HashAlgorithms[`${MORE}sha384`] = Sha384;
  for (const xpath of [how.reference ?? `//*[@ID='${id}']`, how.also])
    if (xpath !== undefined)
      signer.addReference({
        xpath,
        transforms: how.transforms ?? [ENVELOPED, EXCLUSIVE],
        digestAlgorithm: how.digest ?? "http://www.w3.org/2001/04/xmlenc#sha256",
      });
  const reference = `//*[@ID='${id}']/*[local-name(.)='Issuer']`;
  signer.computeSignature(document, { prefix: "ds", location: { reference, action: "after" } });
  return signer.getSignedXml();
}

/** The usual answer: a signed assertion in a response that is not. */
export function honest(said: Said, by: Named): string {
  return response(said, signed(assertion(said), said.assertion_id, { by }));
}

export function posted(document: string): string {
  return btoa(Array.from(new TextEncoder().encode(document), (byte) => String.fromCharCode(byte)).join(""));
}
