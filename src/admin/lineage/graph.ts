/** Configuration → data lineage as configured: where each value can come from, what takes it on, and who may get it. */
import type { Claim } from "../../config/claim.ts";
import type { Client } from "../../config/client.ts";
import type { ContextAttribute } from "../../config/context-attribute.ts";
import type { Scope } from "../../config/scope.ts";
import type { WorkspaceSettings } from "../../config/workspace.ts";
import type { Connection } from "../../connectors/index.ts";
import { claimsOf } from "./claims.ts";
import { connectionOf } from "./connection.ts";
import { contextOf } from "./context.ts";
import type { Edge, Graph, Node } from "./node.ts";

export interface Configuration {
  readonly settings: Pick<WorkspaceSettings, "token_minting_script">;
  readonly connections: readonly Connection[];
  readonly schema: readonly ContextAttribute[];
  readonly claims: readonly Claim[];
  readonly scopes: readonly Scope[];
  readonly clients: readonly Client[];
}

/** Pure; edges lead between nodes that there are, and a node is there once. */
export function graphOf(configuration: Configuration): Graph {
  const { connections, schema } = configuration;
  const providers = connections.map((connection) => connectionOf(connection, schema));
  const released = claimsOf(configuration);
  const edges = [...providers.flatMap((one) => one.edges), ...released.edges];
  const context = contextOf(schema, edges);
  return {
    nodes: [...providers.flatMap((one) => one.nodes), ...context.nodes, ...released.nodes],
    edges: [...edges, ...context.edges],
  };
}

/** Only what lies on a way through one of these nodes, to both sides. */
export function through({ nodes, edges }: Graph, ids: Iterable<string>): Graph {
  const begin = [...ids];
  const [before, after] = [walked(begin, edges, "to"), walked(begin, edges, "from")];
  const isOnWay = ({ from, to }: Edge) =>
    (before.has(from) && before.has(to)) || (after.has(from) && after.has(to));
  return { nodes: nodes.filter(({ id }) => before.has(id) || after.has(id)), edges: edges.filter(isOnWay) };
}

/** What is reached from some nodes, themselves among it. @param end at which an edge is entered: `to` walks against the way */
export function walked(begin: readonly string[], edges: readonly Edge[], end: "from" | "to"): Set<string> {
  const other = end === "to" ? "from" : "to";
  const next = Map.groupBy(edges, (edge) => edge[end]);
  const seen = new Set(begin);
  for (const id of seen) for (const edge of next.get(id) ?? []) seen.add(edge[other]);
  return seen;
}

/** Two graphs of one configuration as one. */
export function joined(one: Graph, other: Graph): Graph {
  const byId = (nodes: readonly Node[]) => nodes.map((node) => [node.id, node] as const);
  const byStep = (edges: readonly Edge[]) =>
    edges.map((edge) => [JSON.stringify([edge.from, edge.to, edge.mapping]), edge] as const);
  return {
    nodes: [...new Map([...byId(one.nodes), ...byId(other.nodes)]).values()],
    edges: [...new Map([...byStep(one.edges), ...byStep(other.edges)]).values()],
  };
}

/** What one connection and one client have to do with; the rest is left out, and dead ends stay as the whole has them. */
export function narrowed(
  graph: Graph,
  { connection, client }: { connection?: string; client?: string },
): Graph {
  const { nodes, edges } = client === undefined ? graph : through(graph, [`client:${client}`]);
  const isLeft = (node: Node) =>
    connection === undefined || node.connection === undefined || node.connection === connection;
  const kept = nodes.filter(isLeft);
  const ids = new Set(kept.map(({ id }) => id));
  return { nodes: kept, edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}
