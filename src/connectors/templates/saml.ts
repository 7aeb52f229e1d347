import type { Template } from "./template.ts";

export const samlTemplate = {
  id: "saml",
  name: "SAML 2.0",
  method: "saml",
  summary:
    "People of any provider that speaks SAML 2.0: Entra ID, ADFS, Okta, Shibboleth, and a Cognito user pool's partners.",
  steps: [
    "At the provider, add an application with sign-on by SAML 2.0.",
    "Enter {redirect_url} as its Assertion Consumer Service URL (also called reply URL).",
    "As entity ID (audience) enter the same address with metadata in place of acs at its end. Our metadata is there, if the provider would rather read it.",
    "Let it send a persistent NameID, or choose under advanced settings what identifies a person.",
    "Copy the address of its metadata into this form.",
  ],
  asks: [],
  settings: {},
  fields: {},
} as const satisfies Template;
