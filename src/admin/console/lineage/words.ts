/** The graph in words: what each node and edge is called, what it means, and why nothing goes on. */
import { SOURCES as READ } from "../attribute-words.ts";
import { ALWAYS, type Column, type DeadEnd, type Edge, type Node } from "../../lineage/node.ts";

export const HEADS: Readonly<Record<Column, string>> = {
  source: "Source",
  attribute: "Attribute",
  context: "Authentication context",
  claim: "Claim",
  scope: "Scope",
  client: "Application",
};

const SOURCES: Readonly<Record<string, string>> = { ...READ, constant: "Constants" };

const TOKENS = { id_token: "ID token", access_token: "access token" } as const;

/** What stands in the picture. */
export function labelOf({ column, name, connection }: Node): string {
  if (column === "source") {
    const source = SOURCES[name] ?? name;
    return connection === undefined ? source : `${connection}: ${source}`;
  }
  if (column === "attribute") return name.replace(/^(id_token|access_token|userinfo|assertion)\./, "");
  if (name === "*") return column === "context" ? "any attribute" : "claims of the script";
  return name;
}

/** What stands in a list, where no line says whose it is. */
export function fullName(node: Node): string {
  const { column, name, connection, token } = node;
  if (column === "attribute" && connection !== undefined) return `${connection}: ${name}`;
  return token ? `${labelOf(node)} (${TOKENS[token]})` : labelOf(node);
}

/** The node in a sentence or two. */
export function saidOf(node: Node): string {
  const { column, name, display_name, connection, type, token, opaque, required, disabled } = node;
  const label = labelOf(node);
  const of = connection === undefined ? "" : ` of the connection ${connection}`;
  const facts = [
    display_name && display_name !== label ? `“${display_name}”` : "",
    column === "attribute" && Object.hasOwn(SOURCES, name.split(".")[0] ?? "")
      ? `from the ${lower(SOURCES[name.split(".")[0] ?? ""] ?? "")}${of}`
      : of.trim(),
    type ? `type ${type}` : "",
    token ? `in the ${TOKENS[token]}` : "",
    opaque ? "only at userinfo and introspection" : "",
    required ? "required" : "",
    disabled ? "switched off" : "",
    ...(node.dead_ends ?? []).map((end) => DEAD_ENDS[end]),
  ].filter(Boolean);
  const what = `${column === "source" ? "Source" : HEADS[column]} ${label}`;
  return facts.length > 0 ? `${what}: ${facts.join("; ")}` : what;
}

/** In the middle of a sentence; names of tokens are names. */
const lower = (words: string) =>
  words.startsWith("ID") || words.startsWith("SAML") ? words : words.toLowerCase();

const VERBS: Readonly<Record<Edge["as"], string>> = {
  read: "is read for",
  mapped: "is mapped to",
  set: "may set",
  carried: "is carried by",
  released: "is released by",
  granted: "may be asked for by",
};

/** @param from @param to the nodes at its ends */
export function edgeSaid(edge: Edge, from: Node, to: Node): string {
  const facts = [
    edge.mapping === undefined ? "" : `mapping ${edge.mapping + 1} of ${from.connection ?? ""}`,
    edge.among === undefined ? "" : `one of ${edge.among} to this place: the last that yields a value wins`,
    edge.converts ? "values of other types are converted" : "",
    ...(edge.dead_ends ?? []).map((end) => DEAD_ENDS[end]),
  ].filter(Boolean);
  const said = `${labelOf(from)} ${VERBS[edge.as]} ${labelOf(to)}`;
  return facts.length > 0 ? `${said} (${facts.join("; ")})` : said;
}

export const DEAD_ENDS: Readonly<Record<DeadEnd, string>> = {
  not_mapped: "no mapping takes it",
  userinfo_off: "Get user info is off, so it stays empty",
  never_fits: "its types exclude each other, so it never yields a value",
  not_filled: "nothing fills it",
  no_claim: "no claim uses it",
  nobody_may_ask: "no application may ask for it",
  no_such_scope: "there is no such scope",
};

/** Where a node is changed; nothing for what the protocol sets. @returns a path of the console, below the workspace */
export function editPath({ id, column, name, connection }: Node): string | undefined {
  const at = (path: string, record: string) => `${path}/${encodeURIComponent(record)}`;
  const [, script] = /^(?:script|script\.|app): ?(.+)$/.exec(name) ?? [];
  switch (column) {
    case "source":
      if (script !== undefined) return at(name.startsWith("app") ? "/custom-apps" : "/scripts", script);
      return connection === undefined ? undefined : at("/identity-providers", connection);
    case "attribute":
      return `${at("/identity-providers", connection ?? "")}/${id.includes(":constant.") ? "mappings" : "attributes"}`;
    case "context":
      return name === "*" ? undefined : at("/authentication-context", name);
    case "claim":
      return name === "*" ? undefined : at("/claims", id.slice("claim:".length));
    case "scope":
      return id === ALWAYS ? undefined : at("/scopes", name);
    case "client":
      return at("/applications", name);
  }
}
