/** APIs: the resource servers that access tokens are for (RFC 8707). */
import { choicesOf } from "../choices.ts";
import { recordPages } from "../records.tsx";
import { text, texts } from "../text.ts";

export const apis = recordPages({
  record: "apis",
  area: "workspaces",
  path: "/apis",
  navigation: "APIs",
  title: "APIs",
  one: "API",
  lead: "What access tokens are for. An app names one in the parameter resource, and finds it as audience in the token.",
  name: (api) => text(api, "name"),
  columns: {
    Identifier: (api) => <code>{text(api, "identifier")}</code>,
    Scopes: (api) => texts(api, "scopes").join(", ") || "all that were granted",
  },
  words: {
    id: { label: "ID", help: "Names the API here. It never changes.", fixed: true },
    name: { label: "Name" },
    identifier: {
      label: "Identifier",
      help: "A URI. Apps send it as resource, and tokens have it as aud.",
      placeholder: "https://api.example.com",
    },
    scopes: { label: "Scopes", help: "Those that mean something to it. With none, all that were granted." },
    introspection_clients: {
      label: "May introspect",
      help: "Applications that may ask whether a token for this API is still good.",
    },
    access_token_lifetime: {
      label: "Lifetime of access tokens",
      help: "Seconds; empty for what the workspace says.",
      advanced: true,
    },
    access_token_signing_alg: { label: "Algorithm", advanced: true },
  },
  choices: (desk) => choicesOf(desk, { scopes: "scopes", introspection_clients: "clients" }),
  breaks: (api) => [`Apps cannot get tokens for ${text(api, "identifier")} any more.`],
});
