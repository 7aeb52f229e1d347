/** Account linking: which connections' identities may be one person's. */
import { choicesOf } from "../choices.ts";
import { recordPages } from "../records.tsx";
import { text, texts } from "../text.ts";

export const linkingRules = recordPages({
  record: "linking-rules",
  area: "workspaces",
  path: "/account-linking",
  navigation: "Account Linking",
  title: "Account Linking",
  one: "linking rule",
  lead: "Without a rule everybody is as many people as they have ways to sign in. With one, a person who proves both in one sitting, on their own page, is one account.",
  name: (rule) => text(rule, "id"),
  columns: { Connections: (rule) => texts(rule, "connections").join(", ") },
  words: {
    id: { label: "ID", help: "Names the rule here. It never changes.", fixed: true },
    connections: {
      label: "Connections",
      help: "Two or more, any of which a person may link. Whoever signs in through one of them gets into the account: name only those that you trust alike.",
    },
  },
  choices: (desk) => choicesOf(desk, { connections: "connections" }),
  breaks: (rule) => [
    `Accounts that were linked between ${texts(rule, "connections").join(", ")} come apart, and a rule that is made later does not bring the links back.`,
  ],
});
