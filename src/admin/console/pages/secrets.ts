/** Secrets: values that scripts get and nobody reads. */
import { recordPages } from "../records.tsx";
import { text } from "../text.ts";

export const secrets = recordPages({
  record: "secrets",
  area: "scripts",
  path: "/secrets",
  navigation: "Secrets",
  title: "Secrets",
  one: "secret",
  lead: "Keys and passwords for scripts. A script that names one gets it as context.secrets.NAME. Nobody can read a value again once it is saved.",
  name: (secret) => text(secret, "id"),
  columns: { "What it is for": (secret) => text(secret, "description") },
  words: {
    id: {
      label: "Name",
      help: "Scripts use it as context.secrets.NAME. It never changes.",
      fixed: true,
      placeholder: "CRM_KEY",
    },
    description: { label: "What it is for" },
    secret: {
      label: "Value",
      help: "At least 8 characters, so that it can be blanked wherever it shows up by mistake.",
      secret: true,
    },
  },
  breaks: (secret) => [`Scripts that use secrets.${text(secret, "id")} do not get it any more.`],
});
