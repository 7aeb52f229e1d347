/** Claims: which value of the authentication context becomes which claim of a token, and for which scopes. */
import { choicesOf } from "../choices.ts";
import { recordPages } from "../records.tsx";
import { text, texts } from "../text.ts";

const SOURCES = [
  { value: "authn_ctx", label: "The authentication context" },
  { value: "client", label: "The record of the application" },
  { value: "workspace", label: "The record of the workspace" },
];

export const claims = recordPages({
  record: "claims",
  area: "workspaces",
  path: "/claims",
  navigation: "Claims",
  title: "Claims",
  one: "claim",
  lead: "What tokens say of a person. Each claim takes one value of the authentication context, for the scopes that release it.",
  name: (claim) => text(claim, "name"),
  columns: {
    Token: ({ type }) => (type === "id_token" ? "ID token" : "Access token"),
    Source: (claim) => <code>{text(claim, "source_path")}</code>,
    "Released by": (claim) => texts(claim, "scopes").join(", ") || "always",
  },
  words: {
    id: { label: "ID", help: "Names the claim in the API. It never changes.", fixed: true },
    name: {
      label: "Claim name",
      help: "What apps read. A dot makes a member of an object: address.country. Write \\. for a dot in the name itself.",
    },
    type: { label: "Token", help: "Which token carries it. Claims of the ID token are at userinfo, too." },
    source_type: { label: "Taken from" },
    source_path: {
      label: "Attribute",
      help: "Of the authentication context, such as email; of a record one that is public anyway, such as client_name.",
      placeholder: "email",
    },
    scopes: {
      label: "Scopes",
      help: "Any one of these releases the claim. With none it is always released.",
    },
    opaque: { label: "Only at userinfo and introspection, never in the token itself" },
    required: {
      label: "Required",
      help: "Where one of its scopes is granted and it has no value, the sign-in ends with an error.",
    },
  },
  choices: async (desk) => ({
    ...(await choicesOf(desk, { scopes: "scopes" })),
    source_type: { as: "choice", options: SOURCES },
  }),
  breaks: (claim) => [
    `Apps do not get “${text(claim, "name")}” in the ${claim["type"] === "id_token" ? "ID token" : "access token"} any more, from the next token on.`,
  ],
});
