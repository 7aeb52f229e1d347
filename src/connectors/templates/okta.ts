import { attribute, mapping, OIDC_ATTRIBUTES, OIDC_MAPPINGS } from "../../config/attribute.ts";
import type { Template } from "./template.ts";

export const oktaTemplate = {
  id: "okta",
  name: "Okta",
  method: "oidc",
  summary: "People of an Okta organization.",
  steps: [
    "In the Okta admin console open Applications > Create App Integration and choose OIDC and Web Application.",
    "Under Sign-in redirect URIs enter {redirect_url}.",
    "Copy Client ID and Client secret from the General tab, and assign the people or groups that may sign in.",
    "To use a custom authorization server, write its issuer, such as https://dev-123456.okta.com/oauth2/default, as Issuer URL.",
  ],
  asks: [
    {
      name: "domain",
      label: "Okta domain",
      placeholder: "dev-123456.okta.com",
      where: "Okta admin console > the menu under your name, top right",
    },
  ],
  settings: { issuer_url: "https://{domain}", get_user_info: true },
  fields: {
    client_id: { where: "Applications > your app > General > Client ID" },
    client_secret: { where: "Applications > your app > General > Client secrets" },
  },
  attributes: [...OIDC_ATTRIBUTES, attribute("id_token", "groups", "Groups", "string_array")],
  mappings: [...OIDC_MAPPINGS, mapping("id_token.groups", "groups", "string_array")],
} as const satisfies Template;
