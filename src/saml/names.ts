/** Names of SAML 2.0, XML Signature and XML Encryption as they are on the wire. */
export const NS = {
  assertion: "urn:oasis:names:tc:SAML:2.0:assertion",
  protocol: "urn:oasis:names:tc:SAML:2.0:protocol",
  metadata: "urn:oasis:names:tc:SAML:2.0:metadata",
  signature: "http://www.w3.org/2000/09/xmldsig#",
  encryption: "http://www.w3.org/2001/04/xmlenc#",
  encryption11: "http://www.w3.org/2009/xmlenc11#",
} as const;

/** SAML Bindings §3.4, §3.5. */
export const BINDINGS = {
  redirect: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
  post: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
} as const;
export type Binding = keyof typeof BINDINGS;

/** SAML Core §8.3: what a NameID is, in short words. */
export const NAME_ID_FORMATS = {
  unspecified: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
  emailAddress: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
  X509SubjectName: "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
  WindowsDomainQualifiedName: "urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName",
  kerberos: "urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos",
  entity: "urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
  persistent: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
  transient: "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
} as const;

export const BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const STATUS = "urn:oasis:names:tc:SAML:2.0:status:";
export const SUCCESS = `${STATUS}Success`;
/** Said of the person rather than of us (SAML Core §3.2.2.2). */
export const DENIALS: readonly string[] = [
  `${STATUS}AuthnFailed`,
  `${STATUS}NoAuthnContext`,
  `${STATUS}NoPassive`,
  `${STATUS}RequestDenied`,
];
