/** Which records name which others, so that nothing in use is deleted without being told by what. */
import type { JsonObject } from "../../flow.ts";
import type { RecordName } from "./records.ts";
import type { Versions } from "./versions.ts";

interface Reference {
  readonly from: RecordName;
  readonly to: RecordName;
  readonly names: (record: JsonObject) => unknown;
}

const REFERENCES: readonly Reference[] = [
  { from: "clients", to: "scopes", names: (client) => client["scope"] },
  { from: "apis", to: "scopes", names: (api) => api["scopes"] },
  { from: "claims", to: "scopes", names: (claim) => claim["scopes"] },
  { from: "apis", to: "clients", names: (api) => api["introspection_clients"] },
  { from: "operators", to: "clients", names: (operator) => [operator["client_id"]] },
  {
    from: "operators",
    to: "connections",
    names: ({ role }) => [(role as JsonObject | undefined)?.["connection"]],
  },
];

/** Users that are named at most. */
const MOST = 20;

/** @returns `kind/id` of each record that names this one */
export function usersOf(versions: Versions, kind: RecordName, id: string): string[] {
  const users: string[] = [];
  for (const { from, to, names } of REFERENCES) {
    if (to !== kind) continue;
    for (const row of versions.list(from)) {
      const named = names(JSON.parse(row.body) as JsonObject);
      if (Array.isArray(named) && named.includes(id)) users.push(`${from}/${row.id}`);
      if (users.length >= MOST) return users;
    }
  }
  return users;
}
