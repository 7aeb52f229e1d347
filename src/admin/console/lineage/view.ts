/** The whole graph → what the page shows of it, and which way is lit. */
import { fingerprint } from "../../../config/fingerprint.ts";
import { through, walked } from "../../lineage/graph.ts";
import type { Edge, Graph, Node } from "../../lineage/node.ts";

export interface Asked {
  readonly connection: string;
  readonly client: string;
  /** Id of a node, or of an edge. */
  readonly node: string;
  readonly edge: string;
  /** Only what leads from a source to an application. */
  readonly flows: boolean;
  /** Only the way that is lit. */
  readonly only: boolean;
  /** Every attribute, however many there are. */
  readonly unfolded: boolean;
}

export interface Shown {
  readonly graph: Graph;
  /** Nodes and edges on the way through what was chosen; absent where nothing is. */
  readonly lit?: { readonly nodes: ReadonlySet<string>; readonly edges: ReadonlySet<string> };
  readonly chosen?: Node | readonly [Edge, ...Edge[]];
  /** Attributes that stand behind their sources. */
  readonly folded: number;
  /** What there is that is not drawn. */
  readonly left: { readonly connections: boolean; readonly clients: boolean };
}

/** Identity providers and applications that are drawn: with more than these nobody sees anything. */
export const DRAWN = { connections: 20, clients: 50 };

/** Attributes that are shown one by one; more than a screen or two of them hides what matters. */
const MOST = 100;

export function shownOf(whole: Graph, asked: Asked): Shown {
  const chosen = chosenOf(whole, asked);
  const way = chosen && wayOf(whole, chosen);
  const { flows, only, unfolded } = asked;
  const all = only && way ? way : flows ? flowing(whole) : whole;
  const narrow = fewer(all, way?.nodes);
  const attributes = sizeOf(narrow);
  const folds = attributes > MOST && !unfolded;
  // Folded, the way of one value is still shown in full.
  const lane = way && fewer(way);
  const graph = folds ? (lane && sizeOf(lane) <= MOST ? lane : folded(narrow)) : narrow;
  return {
    graph,
    ...(chosen && { chosen }),
    ...(way && {
      lit: { nodes: new Set(way.nodes.map(({ id }) => id)), edges: new Set(way.edges.map(edgeId)) },
    }),
    folded: folds ? attributes : 0,
    left: {
      connections: connectionsOf(all).length > DRAWN.connections,
      clients: clientsOf(all).length > DRAWN.clients,
    },
  };
}

/** The first of a long list, which begins with what is on the way through what was chosen. */
export function fewer({ nodes, edges }: Graph, way: readonly Node[] = []): Graph {
  const ordered = { nodes: [...way, ...nodes] };
  const connections = new Set(connectionsOf(ordered).slice(0, DRAWN.connections));
  const clients = new Set(clientsOf(ordered).slice(0, DRAWN.clients));
  const kept = nodes.filter(({ id, column, connection }) =>
    column === "client" ? clients.has(id) : connection === undefined || connections.has(connection),
  );
  const ids = new Set(kept.map(({ id }) => id));
  return { nodes: kept, edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}

const distinct = (names: readonly string[]) => [...new Set(names)];

export const connectionsOf = ({ nodes }: Pick<Graph, "nodes">) =>
  distinct(nodes.flatMap(({ connection }) => connection ?? []));

const clientsOf = ({ nodes }: Pick<Graph, "nodes">) =>
  distinct(nodes.flatMap(({ column, id }) => (column === "client" ? id : [])));

const sizeOf = ({ nodes }: Graph) => nodes.filter(({ column }) => column === "attribute").length;

function chosenOf({ nodes, edges }: Graph, { node, edge }: Asked): Shown["chosen"] {
  if (node) return nodes.find(({ id }) => id === node);
  const [first, ...rest] = edges.filter((one) => edge && edgeId(one) === edge);
  return first && [first, ...rest];
}

/** What an address calls an edge: the two names would make a page of five hundred edges twice as long. */
export const edgeId = ({ from, to }: Pick<Edge, "from" | "to">) => fingerprint(`${from} ${to}`);

function wayOf(graph: Graph, chosen: NonNullable<Shown["chosen"]>): Graph {
  if ("id" in chosen) return through(graph, [chosen.id]);
  const [{ from, to }] = chosen;
  const [before, after] = [walked([from], graph.edges, "to"), walked([to], graph.edges, "from")];
  const isOn = (edge: Edge) =>
    (edge.from === from && edge.to === to) ||
    (before.has(edge.from) && before.has(edge.to)) ||
    (after.has(edge.from) && after.has(edge.to));
  return {
    nodes: graph.nodes.filter(({ id }) => before.has(id) || after.has(id)),
    edges: graph.edges.filter(isOn),
  };
}

/** What lies on a way from a source to an application. */
function flowing({ nodes, edges }: Graph): Graph {
  const ends = (column: Node["column"]) => nodes.filter((node) => node.column === column).map(({ id }) => id);
  const before = walked(ends("client"), edges, "to");
  const after = walked(ends("source"), edges, "from");
  const kept = nodes.filter(({ id }) => before.has(id) && after.has(id));
  const ids = new Set(kept.map(({ id }) => id));
  return { nodes: kept, edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}

/** Each source in place of its attributes. */
function folded({ nodes, edges }: Graph): Graph {
  const owner = new Map(edges.filter(({ as }) => as === "read").map(({ from, to }) => [to, from]));
  const moved = edges
    .filter(({ as }) => as !== "read")
    .map((edge) => ({ ...edge, from: owner.get(edge.from) ?? edge.from }));
  const once = new Map(moved.map(({ from, to, as }) => [edgeId({ from, to }), { from, to, as }]));
  return { nodes: nodes.filter(({ column }) => column !== "attribute"), edges: [...once.values()] };
}
