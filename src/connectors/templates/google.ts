import { attribute, OIDC_ATTRIBUTES } from "../../config/attribute.ts";
import type { Template } from "./template.ts";

export const googleTemplate = {
  id: "google",
  name: "Google",
  method: "oidc",
  summary: "People with a Google account, or only those of one Google Workspace domain.",
  steps: [
    "In the Google Cloud console open Google Auth Platform > Clients > Create client and choose Web application.",
    "Under Authorized redirect URIs enter {redirect_url}.",
    "Copy Client ID and Client secret.",
  ],
  asks: [
    {
      name: "domain",
      label: "Hosted domain",
      help: "Only accounts of this Google Workspace domain come in. Left empty, everybody with a Google account does.",
      placeholder: "example.com",
      optional: true,
    },
  ],
  settings: {
    issuer_url: "https://accounts.google.com",
    authorization_parameters: { hd: "{domain}" },
    required_claims: { hd: ["{domain}"] },
  },
  fields: {
    client_id: {
      where: "Google Auth Platform > Clients > your client > Client ID",
      placeholder: "….apps.googleusercontent.com",
    },
    client_secret: { where: "Google Auth Platform > Clients > your client > Client secrets" },
  },
  attributes: [...OIDC_ATTRIBUTES, attribute("id_token", "hd", "Hosted domain")],
} as const satisfies Template;
