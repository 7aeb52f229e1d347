/** Claims → what each carries, the scopes that release it, and the clients that may ask for those. */
import type { Claim } from "../../config/claim.ts";
import type { Client } from "../../config/client.ts";
import { covers } from "../../config/context-attribute.ts";
import type { Scope } from "../../config/scope.ts";
import { isAssigned, isDynamic, someStandFor } from "../../oauth/dynamic-scope.ts";
import type { Configuration } from "./graph.ts";
import { ALWAYS, type DeadEnd, type Edge, type Graph, idOf, type Node } from "./node.ts";

export function claimsOf(configuration: Configuration): Graph {
  const { claims, scopes, clients } = configuration;
  const known = new Set(scopes.map(({ name }) => name));
  const named = new Set(claims.flatMap((claim) => claim.scopes));
  const releases = claims.map((claim) => ({ claim, edges: releasedOf(claim, scopes, clients) }));
  const scripts = mintingOf(configuration);
  const edges = [...releases.flatMap((one) => one.edges), ...scripts.edges];
  return {
    nodes: [
      ...recordsOf(claims),
      ...releases.map(({ claim, edges: own }) => claimNode(claim, own)),
      ...scripts.nodes,
      ...(claims.some((claim) => claim.scopes.length === 0)
        ? [{ id: ALWAYS, column: "scope", name: "always" } as const]
        : []),
      ...[...named].map((name) => scopeNode(name, scopes, known)),
      ...clients.map(clientNode),
    ],
    edges: [...claims.flatMap((claim) => carriedOf(claim, configuration)), ...distinct(edges)],
  };
}

function carriedOf({ id, source_type, source_path }: Claim, { schema }: Configuration): Edge[] {
  const to = idOf.claim(id);
  if (source_type !== "authn_ctx") return [{ from: recordNode(source_type).id, to, as: "carried" }];
  const covered = schema.filter((attribute) => covers(attribute, source_path));
  return covered.map(({ name }) => ({ from: idOf.context(name), to, as: "carried" }));
}

/** Through which scopes a claim gets to which clients. */
function releasedOf(claim: Claim, scopes: readonly Scope[], clients: readonly Client[]): Edge[] {
  const from = idOf.claim(claim.id);
  const takers = clients.filter((client) => mayHave(claim, client, scopes));
  const ways = claim.scopes.length > 0 ? claim.scopes : [""];
  return ways.flatMap((name): Edge[] => {
    const scope = name === "" ? ALWAYS : idOf.scope(name);
    const askers = takers.filter((client) => name === "" || mayAsk(client, scopes, name));
    const granted = askers.map((client) => ({
      from: scope,
      to: idOf.client(client.client_id),
      as: "granted" as const,
    }));
    return [{ from, to: scope, as: "released" }, ...granted];
  });
}

/** Whether a client ever gets the token that carries the claim. */
function mayHave({ type, source_type }: Claim, client: Client, scopes: readonly Scope[]): boolean {
  const forPeople = client.grant_types.includes("authorization_code");
  if (type === "id_token") return forPeople && isAssigned(client.scope, scopes, "openid");
  // A program's own token knows no person.
  return forPeople || (source_type !== "authn_ctx" && client.grant_types.includes("client_credentials"));
}

/** Of a dynamic name: whether there is anything that it stands for. */
function mayAsk({ scope }: Client, scopes: readonly Scope[], name: string): boolean {
  if (!isDynamic(name)) return isAssigned(scope, scopes, name);
  return (
    scope.some((one) => one === name || someStandFor([name], one)) ||
    isAssigned(scope, scopes, name.replace(/\*$/, "any"))
  );
}

function claimNode({ id, name, type, opaque, required }: Claim, edges: readonly Edge[]): Node {
  const isAsked = edges.some(({ as }) => as === "granted");
  return {
    id: idOf.claim(id),
    column: "claim",
    name,
    token: type,
    ...(opaque && { opaque }),
    ...(required && { required }),
    ...(!isAsked && { dead_ends: ["nobody_may_ask"] }),
  };
}

/** Claims may name a scope before there is one; a name that a dynamic scope stands for is one. */
function scopeNode(name: string, scopes: readonly Scope[], known: ReadonlySet<string>): Node {
  const isKnown = known.has(name) || someStandFor([...known], name);
  const { display_name } = scopes.find((scope) => scope.name === name) ?? {};
  const dead_ends: DeadEnd[] = isKnown ? [] : ["no_such_scope"];
  return {
    id: idOf.scope(name),
    column: "scope",
    name,
    ...(display_name && { display_name }),
    ...(dead_ends.length > 0 && { dead_ends }),
  };
}

function clientNode({ client_id, client_name, disabled }: Client): Node {
  return {
    id: idOf.client(client_id),
    column: "client",
    name: client_id,
    display_name: client_name,
    ...(disabled && { disabled }),
  };
}

const recordNode = (name: "client" | "workspace"): Node => ({
  id: `source:record.${name}`,
  column: "source",
  name: `record of the ${name}`,
});

function recordsOf(claims: readonly Claim[]): Node[] {
  const types = new Set(claims.map(({ source_type }) => source_type));
  return (["client", "workspace"] as const).filter((name) => types.has(name)).map(recordNode);
}

/** Scripts that add claims of their own to tokens: which ones is known only when they ran. */
function mintingOf({ settings, clients }: Configuration): Graph {
  const own = clients.map(
    ({ client_id, client_token_minting_script }) => [client_token_minting_script, client_id] as const,
  );
  const all = clients.map(({ client_id }) => [settings.token_minting_script, client_id] as const);
  const runs = [...all, ...own].flatMap(([script, client]) =>
    script === undefined ? [] : [{ script, client }],
  );
  const scripts = [...new Set(runs.map(({ script }) => script))];
  const source = (script: string) => `source:script.${script}`;
  const claim = (script: string) => `claims:script.${script}`;
  return {
    nodes: scripts.flatMap((script): Node[] => [
      { id: source(script), column: "source", name: `script: ${script}` },
      { id: claim(script), column: "claim", name: "*" },
    ]),
    edges: [
      ...scripts.map((script): Edge => ({ from: source(script), to: claim(script), as: "set" })),
      ...runs.map(({ script, client }): Edge => ({
        from: claim(script),
        to: idOf.client(client),
        as: "granted",
      })),
    ],
  };
}

/** Several claims share the way from a scope to a client. */
function distinct(edges: readonly Edge[]): Edge[] {
  return [...new Map(edges.map((edge) => [JSON.stringify([edge.from, edge.to]), edge])).values()];
}
