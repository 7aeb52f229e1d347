import type { Template } from "./template.ts";

export const oauth2Template = {
  id: "oauth2",
  name: "OAuth 2.0",
  method: "oauth2",
  summary: "People of a provider without OpenID Connect whose API says who they are.",
  steps: [
    "At the provider, register an OAuth 2.0 application with {redirect_url} as its callback URL.",
    "Copy its client ID and client secret, and the addresses of its endpoints, into this form.",
    "Name the member of the user API's answer that never changes for a person.",
  ],
  asks: [],
  settings: {},
  fields: {},
} as const satisfies Template;
