/** An identity provider of a third hand: `samlify`, which learns who we are from our own metadata. On the Node side only. */
import { createRequire } from "node:module";
import type { SamlAnswer } from "./samlp.ts";
import { bareOf } from "./pem.ts";

const require = createRequire(import.meta.url);
const samlify = require("samlify") as {
  setSchemaValidator(validator: { validate(xml: string): Promise<string> }): void;
  IdentityProvider(settings: object): {
    createLoginResponse(
      sp: object,
      asked: object,
      binding: "post",
      user: object,
      options: object,
    ): Promise<{ context: string }>;
  };
  ServiceProvider(settings: { metadata: string; wantMessageSigned: boolean }): object;
};
samlify.setSchemaValidator({ validate: async () => "well enough" });

export interface SamlifyAnswer extends SamlAnswer {
  /** Our metadata. */
  readonly metadata: string;
  /** Seconds since 1970. */
  readonly now: number;
  /** It knows no unsigned answer: that one loses its signature on the way. */
  readonly signs: "assertion" | "response" | "both" | "nothing";
  readonly encrypts?: boolean;
  /** PEM, in place of the certificate in our metadata. */
  readonly encrypts_for?: string;
  /** Of signatures. */
  readonly algorithm?: string;
}

const POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
const ALGORITHM = "http://www.w3.org/2009/xmlenc11#aes256-gcm";
const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

/** @returns XML */
export async function samlifyResponse(answer: SamlifyAnswer): Promise<string> {
  const { by, issuer, signs, encrypts = false } = answer;
  const byAssertion = signs === "assertion" || signs === "both";
  // It signs the response where nobody wants a signed assertion, and where the other side wants both.
  const sp = samlify.ServiceProvider({
    metadata: metadataOf(answer).replace(
      'WantAssertionsSigned="true"',
      `WantAssertionsSigned="${byAssertion}"`,
    ),
    wantMessageSigned: signs === "both",
  });
  const idp = samlify.IdentityProvider({
    entityID: issuer,
    privateKey: by.key,
    signingCert: bareOf(by.certificate),
    requestSignatureAlgorithm: answer.algorithm ?? RSA_SHA256,
    isAssertionEncrypted: encrypts,
    dataEncryptionAlgorithm: ALGORITHM,
    singleSignOnService: [{ Binding: POST, Location: "https://idp.example.org/sso" }],
    singleLogoutService: [],
    loginResponseTemplate: { context: TEMPLATE, attributes: [] },
  });
  const asked = { extract: { request: { id: answer.request } } };
  const options = {
    // A response is signed as it is sent.
    encryptThenSign: encrypts && (signs === "response" || signs === "both"),
    customTagReplacement: (template: string) => filled(template, answer),
  };
  const { context } = await idp.createLoginResponse(sp, asked, "post", {}, options);
  const document = Buffer.from(context, "base64").toString();
  return signs === "nothing" ? document.replace(/<ds:Signature .*?<\/ds:Signature>/s, "") : document;
}

function metadataOf({ metadata, encrypts_for: pem }: SamlifyAnswer): string {
  if (pem === undefined) return metadata;
  return metadata.replace(/(use="encryption".*?<ds:X509Certificate>)[^<]*/s, `$1${bareOf(pem)}`);
}

const TEMPLATE = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{ID}" Version="2.0" IssueInstant="{Now}" Destination="{Acs}" InResponseTo="{Request}"><saml:Issuer>{Issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{AssertionID}" Version="2.0" IssueInstant="{Now}"><saml:Issuer>{Issuer}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{Name}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{Until}" Recipient="{Acs}" InResponseTo="{Request}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{Now}" NotOnOrAfter="{Until}"><saml:AudienceRestriction><saml:Audience>{Audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{Now}" SessionIndex="{AssertionID}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>{Attributes}</saml:AttributeStatement></saml:Assertion></samlp:Response>`;

function filled(template: string, answer: SamlifyAnswer) {
  const id = `_${crypto.randomUUID()}`;
  const attributes = Object.entries(answer.attributes).map(([name, values]) => {
    const written = [values]
      .flat()
      .map((value) => `<saml:AttributeValue xsi:type="xs:string">${value}</saml:AttributeValue>`);
    return `<saml:Attribute Name="${name}" FriendlyName="${name}-friendly">${written.join("")}</saml:Attribute>`;
  });
  const tags: Readonly<Record<string, string>> = {
    ID: id,
    AssertionID: `_${crypto.randomUUID()}`,
    Now: new Date(answer.now * 1_000).toISOString(),
    Until: new Date((answer.now + 300) * 1_000).toISOString(),
    Acs: answer.acs,
    Request: answer.request,
    Issuer: answer.issuer,
    Audience: answer.audience,
    Name: answer.name_id,
    Attributes: attributes.join(""),
  };
  return { id, context: template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => tags[name] ?? whole) };
}
