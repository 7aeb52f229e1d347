/** Scopes: what an app may ask for, in people's words. */
import { recordPages } from "../records.tsx";
import { text } from "../text.ts";

export const scopes = recordPages({
  record: "scopes",
  area: "workspaces",
  path: "/scopes",
  navigation: "Scopes",
  title: "Scopes",
  one: "scope",
  lead: "What apps may ask for. People read the name and the description where they decide.",
  name: (scope) => text(scope, "name"),
  columns: {
    "Shown as": (scope) => text(scope, "display_name"),
    Consent: ({ implicit_grant, transient }) =>
      implicit_grant === true ? "never asked" : transient === true ? "asked every time" : "asked once",
  },
  words: {
    name: {
      label: "Scope",
      help: "What apps send. It never changes.",
      placeholder: "orders:read",
      fixed: true,
    },
    display_name: { label: "Name for people", placeholder: "Your orders" },
    description: { label: "Description for people" },
    implicit: { label: "Requested by default", help: "For apps that have it and ask for nothing." },
    implicit_grant: { label: "Granted without being asked for on the consent page" },
    transient: { label: "Asked every time", help: "What a person decides is not remembered." },
  },
  breaks: (scope) => [
    `Apps that ask for ${text(scope, "name")} get tokens without it, and what people granted of it is gone.`,
  ],
});
