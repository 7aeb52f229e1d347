import { attribute, mapping } from "../../config/attribute.ts";
import type { Template } from "./template.ts";

const ATTRIBUTES = [
  ["login", "preferred_username", "Login name", "string"],
  ["name", "name", "Name", "string"],
  ["email", "email", "E-mail address", "string"],
  ["email_verified", "email_verified", "E-mail address verified", "bool"],
  ["avatar_url", "picture", "Picture", "string"],
  ["html_url", "profile", "Profile page", "string"],
] as const;

/** OAuth 2.0 with a user API: GitHub has no ID tokens for people. */
export const githubTemplate = {
  id: "github",
  name: "GitHub",
  method: "oauth2",
  summary: "People with a GitHub account.",
  steps: [
    "On GitHub open Settings > Developer settings > OAuth Apps > New OAuth app; for an organization, the organization's settings.",
    "Enter {redirect_url} as Authorization callback URL.",
    "Copy the Client ID, and make a client secret with Generate a new client secret.",
  ],
  asks: [],
  settings: {
    // What GitHub calls its authorization server, should an answer name one (RFC 9207).
    issuer_url: "https://github.com/login/oauth",
    authorization_endpoint: "https://github.com/login/oauth/authorize",
    token_endpoint: "https://github.com/login/oauth/access_token",
    userinfo_endpoint: "https://api.github.com/user",
    emails_endpoint: "https://api.github.com/user/emails",
    // The number of the account: login names can be changed and taken by others.
    subject: "id",
    scopes: ["read:user", "user:email"],
  },
  fields: {
    client_id: { where: "Settings > Developer settings > OAuth Apps > your app > Client ID" },
    client_secret: { where: "OAuth Apps > your app > Client secrets" },
  },
  attributes: ATTRIBUTES.map(([name, , display_name, type]) =>
    attribute("userinfo", name, display_name, type),
  ),
  mappings: ATTRIBUTES.map(([name, target, , type]) => mapping(`userinfo.${name}`, target, type)),
} as const satisfies Template;
