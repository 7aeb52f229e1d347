/** SAML Metadata §2.4.4 — what we publish about ourselves, for a provider's console to read. */
import { bare } from "./certificate.ts";
import { type Binding, BINDINGS, NAME_ID_FORMATS, NS } from "./names.ts";
import { element, type Xml } from "./xml.ts";

export interface ServiceProvider {
  readonly entity_id: string;
  /** Our Assertion Consumer Service. */
  readonly acs: string;
  /** Where answers to a sign-out go; absent where nobody is signed out at the provider. */
  readonly slo?: string | undefined;
  readonly name_id_format: keyof typeof NAME_ID_FORMATS;
  readonly signs_requests: boolean;
  /** PEM. */
  readonly signing_certificate?: string | undefined;
  readonly encryption_certificate?: string | undefined;
}

export function writeMetadata(sp: ServiceProvider): string {
  const document = element(
    "md:EntityDescriptor",
    { "xmlns:md": NS.metadata, entityID: sp.entity_id },
    element(
      "md:SPSSODescriptor",
      {
        protocolSupportEnumeration: NS.protocol,
        AuthnRequestsSigned: String(sp.signs_requests),
        WantAssertionsSigned: "true",
      },
      key("signing", sp.signing_certificate),
      key("encryption", sp.encryption_certificate),
      ...(sp.slo === undefined ? [] : [logout("redirect", sp.slo), logout("post", sp.slo)]),
      element("md:NameIDFormat", {}, NAME_ID_FORMATS[sp.name_id_format]),
      element("md:AssertionConsumerService", {
        Binding: BINDINGS.post,
        Location: sp.acs,
        index: "0",
        isDefault: "true",
      }),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document.xml}\n`;
}

function logout(binding: Binding, location: string): Xml {
  return element("md:SingleLogoutService", { Binding: BINDINGS[binding], Location: location });
}

function key(use: "signing" | "encryption", certificate: string | undefined): Xml | undefined {
  if (certificate === undefined) return undefined;
  const data = element("ds:X509Data", {}, element("ds:X509Certificate", {}, bare(certificate)));
  return element("md:KeyDescriptor", { use }, element("ds:KeyInfo", { "xmlns:ds": NS.signature }, data));
}
