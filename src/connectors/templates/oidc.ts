import type { Template } from "./template.ts";

export const oidcTemplate = {
  id: "oidc",
  name: "OpenID Connect",
  method: "oidc",
  summary: "People of any OpenID Provider with a discovery document.",
  steps: [
    "At the provider, register a web application that uses the authorization code flow.",
    "Enter {redirect_url} as its redirect URI.",
    "Copy the issuer, the client ID and the client secret into this form.",
  ],
  asks: [],
  settings: {},
  fields: {},
} as const satisfies Template;
