import type { Template } from "./template.ts";

export const auth0Template = {
  id: "auth0",
  name: "Auth0",
  method: "oidc",
  summary: "People of an Auth0 tenant.",
  steps: [
    "In the Auth0 dashboard open Applications > Create Application and choose Regular Web Applications.",
    "On its Settings tab enter {redirect_url} under Allowed Callback URLs and save.",
    "Copy Domain, Client ID and Client Secret.",
  ],
  asks: [
    {
      name: "domain",
      label: "Auth0 domain",
      placeholder: "example.eu.auth0.com",
      where: "Applications > your app > Settings > Domain; your custom domain if you have one",
    },
  ],
  // The issuer of a tenant ends in a slash.
  settings: { issuer_url: "https://{domain}/", token_endpoint_auth_method: "client_secret_post" },
  fields: {
    client_id: { where: "Applications > your app > Settings > Client ID" },
    client_secret: { where: "Applications > your app > Settings > Client Secret" },
  },
} as const satisfies Template;
