import { attribute, mapping, OIDC_ATTRIBUTES, OIDC_MAPPINGS } from "../../config/attribute.ts";
import type { Template } from "./template.ts";

export const keycloakTemplate = {
  id: "keycloak",
  name: "Keycloak",
  method: "oidc",
  summary: "People of a realm of Keycloak.",
  steps: [
    "In the Keycloak admin console choose the realm and open Clients > Create client with Client type OpenID Connect.",
    "Switch Client authentication on, and leave Standard flow as the only one.",
    "Under Valid redirect URIs enter {redirect_url}, without a wildcard.",
    "Copy the secret from the Credentials tab.",
  ],
  asks: [
    {
      name: "server",
      label: "Server URL",
      help: "Without a slash at the end; older servers have /auth at the end.",
      placeholder: "https://sso.example.com",
    },
    { name: "realm", label: "Realm", placeholder: "customers" },
  ],
  settings: { issuer_url: "{server}/realms/{realm}" },
  fields: {
    client_id: { where: "Clients > your client > Settings > Client ID" },
    client_secret: { where: "Clients > your client > Credentials > Client Secret" },
  },
  attributes: [
    ...OIDC_ATTRIBUTES,
    attribute("access_token", "realm_access.roles", "Roles of the realm", "string_array"),
  ],
  mappings: [...OIDC_MAPPINGS, mapping("access_token.realm_access.roles", "groups", "string_array")],
} as const satisfies Template;
