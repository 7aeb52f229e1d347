/** Authentication context: what this workspace knows of a person, whoever their provider is. */
import { typeOptions } from "../connection/attributes.tsx";
import { recordPages } from "../records.tsx";
import { text } from "../text.ts";

export const authenticationContext = recordPages({
  record: "schema",
  area: "workspaces",
  path: "/authentication-context",
  navigation: "Authentication context",
  title: "Authentication context",
  one: "attribute",
  lead: "What is known of a person who signed in, whoever their provider is. Mappings fill it, claims take from it.",
  name: (attribute) => text(attribute, "name"),
  columns: {
    "Display name": (attribute) => text(attribute, "display_name"),
    "Data type": ({ type }) => typeOptions.find(({ value }) => value === type)?.label ?? "",
  },
  words: {
    name: {
      label: "Name",
      help: "It never changes. A dot makes a member of an object: address.country.",
      placeholder: "department",
      fixed: true,
    },
    display_name: { label: "Display name", placeholder: "Department" },
    type: { label: "Data type", help: "A value of another type never gets in." },
  },
  choices: async () => ({ type: { as: "choice", options: typeOptions } }),
  breaks: (attribute) => [`Nothing can be mapped to ${text(attribute, "name")} any more.`],
});
