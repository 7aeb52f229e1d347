/** What an operator reads at each setting of a SAML connection. */
import type { Form } from "../form.ts";
import type { Credentials, Settings } from "./settings.ts";

export const form: Form<typeof Settings, typeof Credentials> = {
  settings: {
    metadata_url: {
      label: "Metadata URL",
      help: "The address of the provider's metadata. It is read again by itself, so new certificates need nothing from you.",
      placeholder: "https://idp.example.com/metadata",
    },
    metadata_xml: {
      label: "Metadata",
      help: "The provider's metadata as XML, where it has no address that can be reached from outside.",
    },
    idp_entity_id: {
      label: "Provider's entity ID",
      help: "Only where there is no metadata. It has to be exactly what the provider calls itself.",
      placeholder: "https://idp.example.com/",
    },
    sso_url: {
      label: "Sign-in URL",
      help: "Only where there is no metadata: where people are sent to sign in.",
      placeholder: "https://idp.example.com/sso",
    },
    sso_binding: {
      label: "Binding of the sign-in URL",
      help: "redirect puts the request into the address; post sends it with a form.",
      advanced: true,
    },
    slo_url: {
      label: "Sign-out URL",
      help: "Only where there is no metadata: where people are sent to sign out, if they shall sign out at the provider, too. It needs a signing key.",
      placeholder: "https://idp.example.com/slo",
      advanced: true,
    },
    slo_binding: {
      label: "Binding of the sign-out URL",
      help: "redirect puts the request into the address; post sends it with a form.",
      advanced: true,
    },
    idp_certificates: {
      label: "Provider's certificates",
      help: "Only where there is no metadata: what the provider signs with, as PEM. Enter the next one beside the present one before the provider changes over.",
    },
    entity_issuer: {
      label: "Our entity ID",
      help: "What the provider knows us by. Empty is the address of our metadata.",
      advanced: true,
    },
    subject_name_id_format: {
      label: "NameID format",
      help: "What the provider is asked for, and must answer with, as the name of a person. unspecified takes any but a transient one.",
    },
    identifier_source: {
      label: "Identifier of a person",
      help: "subject takes the NameID, attribute takes an attribute that never changes. It decides who is the same person, so choose once.",
      advanced: true,
    },
    identifier_attribute: {
      label: "Identifier attribute",
      help: "Name or FriendlyName of the attribute, with one value.",
      placeholder: "urn:oid:1.3.6.1.4.1.5923.1.1.1.13",
      advanced: true,
    },
    force_authn: {
      label: "Always sign in anew",
      help: "Asks the provider to let nobody in who only signed in earlier (ForceAuthn).",
      advanced: true,
    },
    authn_contexts: {
      label: "Authentication contexts",
      help: "Ways to authenticate of which one is asked for and must be the answer. An app that sends acr_values narrows them down.",
      placeholder: "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
      advanced: true,
    },
    idp_initiated_client_id: {
      label: "Application that the provider may begin with",
      help: "Client ID. People who click on a tile at the provider are signed in here, and go to this application's initiate_login_uri. It needs context caching. Empty, as it should be unless you need it, refuses what nobody asked for: whoever has an account at the provider could sign somebody else's browser in to that account.",
      advanced: true,
    },
    signing_cert: {
      label: "Our signing certificate",
      help: "The certificate to the signing key, as PEM. It is in our metadata.",
      advanced: true,
    },
    encryption_cert: {
      label: "Our encryption certificate",
      help: "The certificate to the decryption key, as PEM. With it in our metadata the provider can encrypt assertions.",
      advanced: true,
    },
    allow: {
      label: "Weak algorithms that are allowed",
      help: "sha1 in signatures, rsa-1_5 and aes-cbc in encrypted assertions: only for a provider that cannot do better.",
      advanced: true,
    },
  },
  credentials: {
    signing_key: {
      label: "Signing key",
      help: "An RSA key as PEM (PKCS#8). Where there is one, every request to the provider is signed.",
    },
    decryption_key: {
      label: "Decryption key",
      help: "An RSA key as PEM (PKCS#8): needed where the provider encrypts assertions. It has to encrypt them whole: a NameID or attribute that alone is encrypted is not read.",
    },
  },
};
