/** Which records name which others: nothing in use is deleted without being told by what, no right is given to nobody. */
import { covers } from "../../config/context-attribute.ts";
import { isObject } from "../../config/json.ts";
import type { Json, JsonObject } from "../../flow.ts";
import type { Issue } from "./issues.ts";
import type { RecordName } from "./records.ts";
import type { Versions } from "./versions.ts";

interface Reference {
  readonly from: RecordName;
  readonly to: RecordName;
  /** @param id of the record that may be in use */
  readonly names: (record: JsonObject, id: string) => unknown;
  /**
   * Where the name is. It gives a right, so what it names must be there: whoever made it later would have the right.
   * Without it a name may come first: a scope that does not exist is nothing.
   */
  readonly right?: string;
}

const REFERENCES: readonly Reference[] = [
  { from: "clients", to: "scopes", names: (client) => client["scope"] },
  { from: "apis", to: "scopes", names: (api) => api["scopes"] },
  { from: "claims", to: "scopes", names: (claim) => claim["scopes"] },
  { from: "connections", to: "schema", names: (connection) => targets(connection["mappings"]) },
  {
    from: "claims",
    to: "schema",
    names: (claim, id) => (isSource(claim, id) ? [id] : []),
  },
  {
    from: "apis",
    to: "clients",
    names: (api) => api["introspection_clients"],
    right: "introspection_clients",
  },
  { from: "operators", to: "clients", names: (operator) => [operator["client_id"]], right: "client_id" },
  {
    from: "settings",
    to: "scripts",
    names: (settings) => [settings["allowed_idp_ids_script"], settings["token_minting_script"]],
  },
  {
    from: "connections",
    to: "scripts",
    names: (connection) => [connection["post_authn_ctx_script"]],
    right: "post_authn_ctx_script",
  },
  {
    from: "connections",
    to: "custom-apps",
    names: (connection) => [connection["post_authn_app_id"]],
    right: "post_authn_app_id",
  },
  {
    from: "connections",
    to: "clients",
    names: (connection) => [within(connection["settings"], "idp_initiated_client_id")],
    right: "settings.idp_initiated_client_id",
  },
  {
    from: "clients",
    to: "scripts",
    names: (client) => [client["client_token_minting_script"]],
    right: "client_token_minting_script",
  },
  { from: "scripts", to: "secrets", names: (script) => script["secrets"], right: "secrets" },
  {
    from: "linking-rules",
    to: "connections",
    names: (rule) => rule["connections"],
    right: "connections",
  },
  {
    from: "operators",
    to: "connections",
    names: (operator) => [within(operator["role"], "connection")],
    right: "role.connection",
  },
];

const within = (value: Json | undefined, name: string) => (isObject(value) ? value[name] : undefined);

const targets = (mappings: Json = []) =>
  Array.isArray(mappings) ? mappings.map((mapping) => within(mapping, "target")) : [];

/** Whatever its type: what is inside it is it. */
const isSource = ({ source_type, source_path }: JsonObject, name: string) =>
  source_type === "authn_ctx" &&
  typeof source_path === "string" &&
  covers({ name, type: "any" }, source_path);

/** Users that are named at most. */
const MOST = 20;

/** @returns `kind/id` of each record that names this one */
export function usersOf(versions: Versions, kind: RecordName, id: string): string[] {
  const users: string[] = [];
  for (const { from, to, names } of REFERENCES) {
    if (to !== kind) continue;
    for (const row of versions.list(from)) {
      const named = names(JSON.parse(row.body) as JsonObject, id);
      if (Array.isArray(named) && named.includes(id)) users.push(`${from}/${row.id}`);
      if (users.length >= MOST) return users;
    }
  }
  return users;
}

/** @returns what a record gives a right to, although it is not there */
export function missingFrom(versions: Versions, kind: RecordName, record: JsonObject): Issue[] {
  return REFERENCES.filter(({ from, right }) => from === kind && right !== undefined).flatMap(
    ({ to, names, right = "" }) => {
      const named = names(record, "");
      return (Array.isArray(named) ? named : [])
        .filter((id) => typeof id === "string" && !versions.read(to, id))
        .map(() => ({ path: right, message: `names something that is not in ${to}` }));
    },
  );
}
