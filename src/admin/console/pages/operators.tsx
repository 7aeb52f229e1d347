/** Operators: who may use this console and the API. Records of `system`. */
import { choicesOf } from "../choices.ts";
import { recordPages } from "../records.tsx";
import { text, texts } from "../text.ts";

export const operators = recordPages({
  record: "operators",
  area: "operators",
  path: "/operators",
  navigation: "Operators",
  system: true,
  title: "Operators",
  one: "operator",
  lead: "Who may use this console and the API: a program by its client, people by a role, or an address that Cloudflare Access vouches for. The first one closes the bootstrap key.",
  name: (operator) => text(operator, "name") || text(operator, "id"),
  columns: {
    Who: ({ client_id, role, access_email }) =>
      client_id ? "a program" : role ? "people by a role" : access_email ? "Cloudflare Access" : "",
    Workspaces: (operator) => texts(operator, "workspaces").join(", "),
    State: ({ disabled }) => (
      <span class={disabled === true ? "pill warn" : "pill good"}>
        {disabled === true ? "switched off" : "on"}
      </span>
    ),
  },
  words: {
    id: { label: "ID", help: "It never changes.", fixed: true },
    name: { label: "Name" },
    client_id: { label: "Program", help: "A client of system that uses client credentials." },
    "role.attribute": {
      label: "People whose attribute",
      help: "A path in the authentication context, such as groups.",
      placeholder: "groups",
    },
    "role.value": { label: "is, or contains" },
    "role.connection": {
      label: "and who come by",
      help: "A connection of system. Without it any provider that says so is believed.",
    },
    access_email: { label: "Address that Cloudflare Access vouches for" },
    scopes: { label: "Scopes", help: "Writing includes reading." },
    workspaces: { label: "Workspaces", help: "One a line; * for all, also those to come." },
    disabled: { label: "Switched off" },
  },
  choices: (desk) => choicesOf(desk, { "role.connection": "connections" }, "choice"),
  fresh: { scopes: [], workspaces: ["*"] },
  breaks: (operator) => [
    `${text(operator, "name") || text(operator, "id")} may not use the console and the API any more, from within ten seconds on.`,
    "If it is the last one, only the bootstrap key opens this deployment again.",
  ],
});
