/** What makes a record right among the others: the context's schema, and who speaks of it. */
import { attributeKey } from "../../config/attribute.ts";
import { type Claim, RECORD_SOURCES } from "../../config/claim.ts";
import { type ContextAttribute, covers, isProtocol } from "../../config/context-attribute.ts";
import { LONGEST_DEBUGGING, type Script } from "../../config/script.ts";
import type { WorkspaceSettings } from "../../config/workspace.ts";
import type { Connection } from "../../connectors/index.ts";
import type { Issue } from "./issues.ts";
import type { Among, OthersOf } from "./record-kind.ts";

/** A value cannot be a text and hold members: what is inside another attribute needs that one to be an object. */
export const schemaAmong: Among<ContextAttribute> = ({ name, type }, others) => {
  const holds = (outer: Pick<ContextAttribute, "name" | "type">, inner: string) =>
    inner.startsWith(`${outer.name}.`) && outer.type !== "object" && outer.type !== "any";
  for (const other of others("schema")) {
    if (holds(other, name)) return [{ path: "name", message: `${other.name} is no object` }];
    if (holds({ name, type }, other.name))
      return [{ path: "type", message: `must be object or any, because there is ${other.name}` }];
  }
  return [];
};

/** Values of people are recorded for a day at most. */
const LONGEST_RECORDING = 86_400;

export const settingsAmong: Among<WorkspaceSettings> = ({ lineage_values_until }) =>
  lineage_values_until > Date.now() / 1_000 + LONGEST_RECORDING
    ? [{ path: "lineage_values_until", message: "must be within the next 24 hours" }]
    : [];

export const scriptAmong: Among<Script> = ({ debug_until }) =>
  debug_until > Date.now() / 1_000 + LONGEST_DEBUGGING
    ? [{ path: "debug_until", message: "must be within the next hour" }]
    : [];

export const claimAmong: Among<Claim> = ({ source_type, source_path }, others) => {
  const issue = (message: string) => [{ path: "source_path", message }];
  if (source_type !== "authn_ctx") {
    const members: readonly string[] = RECORD_SOURCES[source_type];
    return members.includes(source_path) ? [] : issue(`must be one of ${members.join(", ")}`);
  }
  const known = others("schema").some((one) => covers(one, source_path));
  return known ? [] : issue("is not in the authentication context schema");
};

export const connectionAmong: Among<Connection> = (connection, others) => [
  ...mappingsAmong(connection, others),
  ...domainsAmong(connection, others),
];

/** A domain leads to one connection, or nobody could say where its people go. */
const domainsAmong: Among<Connection> = ({ discovery_settings: { domains } }, others) => {
  // Without one there is nothing to read a thousand others for.
  const rest = domains.length === 0 ? [] : others("connections");
  return domains.flatMap((domain, index): Issue[] => {
    const owner = rest.find((one) => one.discovery_settings?.domains.includes(domain));
    const path = `discovery_settings.domains.${index}`;
    return owner ? [{ path, message: `belongs to the connection ${owner.id}` }] : [];
  });
};

const mappingsAmong: Among<Connection> = ({ attributes, mappings }, others) => {
  const targets = new Set(others("schema").map(({ name }) => name));
  const sources = new Set([".", ...attributes.map(attributeKey)]);
  return mappings.flatMap(({ mode, source = "", target }, index): Issue[] => {
    const issue = (member: string, message: string) => [{ path: `mappings.${index}.${member}`, message }];
    if (mode === "dynamic" && !sources.has(source))
      return issue("source", "is not an attribute of this connection");
    if (target === ".") return [];
    if (isProtocol(target)) return issue("target", "this attribute is set by the protocol");
    return isTarget(target, source, targets)
      ? []
      : issue("target", "is not in the authentication context schema");
  });
};

/** All attributes under one name: what the schema has of them is taken. */
function isTarget(target: string, source: string, names: ReadonlySet<string>): boolean {
  return names.has(target) || (source === "." && [...names].some((name) => name.startsWith(`${target}.`)));
}

/** Standard mappings that nobody wrote go where this workspace has a place for them. */
export function fittingDefaults(connection: Connection, others: OthersOf): Connection {
  const names = new Set(others("schema").map(({ name }) => name));
  return { ...connection, mappings: connection.mappings.filter(({ target }) => names.has(target)) };
}
