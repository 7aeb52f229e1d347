/** Nodes and edges → where each stands in the picture. The library finds the order with the fewest crossings. */
import { sankey, type SankeyLink, type SankeyNode } from "d3-sankey";
import { LINEAGE_ROW } from "../../../ui/style/desk.ts";
import { type Column, COLUMNS, type Edge, type Graph, type Node } from "../../lineage/node.ts";

export interface Placed {
  readonly node: Node;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface Drawn {
  /** Several mappings between the same two are one line. */
  readonly edges: readonly Edge[];
  /** SVG path data. */
  readonly path: string;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Placed[];
  readonly lines: readonly Drawn[];
}

/** Height of a node, and the least room between two. */
const ROW = LINEAGE_ROW;
const ROOM = 5;
/** Above the nodes are the heads of the columns. */
const TOP = 34;
const GAP = 30;
/** Rounds in which the library looks for an order, and in which boxes whose order is known find their height. */
const [SOUGHT, SETTLED] = [6, 2];
const WIDTHS: Readonly<Record<Column, number>> = {
  source: 130,
  attribute: 180,
  context: 155,
  claim: 165,
  scope: 105,
  client: 115,
};

export function columnsAt(): { readonly column: Column; readonly x: number }[] {
  let x = 1;
  return COLUMNS.map((column) => {
    const at = { column, x };
    x += WIDTHS[column] + GAP;
    return at;
  });
}

interface Own {
  readonly id: string;
  readonly column: number;
  readonly node?: Node;
}
interface Joined {
  readonly edges: readonly Edge[];
}

export function layout(graph: Graph): Picture {
  const at = columnsAt();
  const columns = COLUMNS.map((column) => graph.nodes.filter((node) => node.column === column).length);
  // One for the anchor.
  const most = Math.max(...columns) + 1;
  const joined = linksOf(graph.edges);
  const order = arranged(graph, joined, most);
  const heights = new Map(order.nodes.map(({ id, y0 = 0 }) => [id, y0]));
  // Once more, with the attributes of each connection together, in the order that was found for them.
  const connections = [...new Set(graph.nodes.map(({ connection = "" }) => connection))];
  const place = ({ id, node }: Own) =>
    connections.indexOf(node?.connection ?? "") * 1_000_000 + (heights.get(id) ?? 0);
  const placed = arranged(graph, joined, most, (a, b) => place(a) - place(b));
  for (const node of placed.nodes) {
    const { column, x } = at[node.column] ?? { column: "client" as const, x: 0 };
    node.x0 = x;
    node.x1 = x + WIDTHS[column];
  }
  return {
    width: (at.at(-1)?.x ?? 0) + WIDTHS.client + 1,
    height: TOP + most * (ROW + ROOM),
    nodes: placed.nodes.flatMap(boxOf),
    lines: placed.links
      .filter(({ edges }) => edges.length > 0)
      .map((link) => ({ edges: link.edges, path: curve(link) })),
  };
}

/** @param joined what leads from node to node @param most nodes of a column @param sort their order, if it is not to be found */
function arranged(
  { nodes }: Graph,
  joined: ReturnType<typeof linksOf>,
  most: number,
  sort?: (a: Own, b: Own) => number,
) {
  const own = nodes.map((node) => {
    return { id: node.id, column: COLUMNS.indexOf(node.column), node, fixedValue: 1 };
  });
  // Of no height: without a node in each column and a way through all of them the library draws fewer columns.
  const anchors = COLUMNS.map((column, index) => ({ id: `anchor ${column}`, column: index, fixedValue: 0 }));
  const chain = anchors.slice(1).map(({ id }, index) => {
    return { source: anchors[index]?.id ?? "", target: id, value: 0, edges: [] as readonly Edge[] };
  });
  const draw = sankey<Own, Joined>()
    .nodeId(({ id }) => id)
    .nodeAlign(({ column }) => column)
    .nodePadding(ROOM)
    .iterations(sort ? SETTLED : SOUGHT)
    .extent([
      [0, TOP],
      [1, TOP + (most - 1) * (ROW + ROOM)],
    ]);
  // Lines stand as the boxes do at their other ends. Left to the library they are sorted with every step, for no better picture.
  if (sort)
    draw
      .nodeSort(sort)
      .linkSort((a, b) => sort(ended(a.source), ended(b.source)) || sort(ended(a.target), ended(b.target)));
  else draw.linkSort(null);
  return draw({ nodes: [...own, ...anchors], links: [...joined.map((link) => ({ ...link })), ...chain] });
}

/** The library has put the node in the place of its id by then. */
const ended = (end: string | number | Own) => end as SankeyNode<Own, Joined>;

/** A node is as high as any other: what leads to it and from it shares its height. */
function linksOf(edges: readonly Edge[]) {
  const joined = [...Map.groupBy(edges, ({ from, to }) => `${from} ${to}`).values()];
  const ends = new Map<string, number>();
  for (const [edge] of joined)
    for (const end of [`${edge?.from} >`, `> ${edge?.to}`]) ends.set(end, (ends.get(end) ?? 0) + 1);
  return joined.map((same) => {
    const [{ from, to } = { from: "", to: "" }] = same;
    const busiest = Math.max(ends.get(`${from} >`) ?? 1, ends.get(`> ${to}`) ?? 1);
    return { source: from, target: to, value: 1 / busiest, edges: same };
  });
}

function boxOf({ node, x0 = 0, y0 = 0, column }: SankeyNode<Own, Joined>): Placed[] {
  return node ? [{ node, x: x0, y: Math.round(y0), width: WIDTHS[COLUMNS[column] ?? "client"] }] : [];
}

/** The curve in whole pixels from where it begins: tenths are seen by nobody, and are half of the page. */
function curve({ source, target, y0 = 0, y1 = 0 }: SankeyLink<Own, Joined>): string {
  const [{ x1: from = 0 }, { x0: to = 0 }] = [ended(source), ended(target)];
  const [x, y] = [Math.round(from), Math.round(y0)];
  const [half, across, down] = [Math.round((from + to) / 2) - x, Math.round(to) - x, Math.round(y1) - y];
  return `M${x},${y}c${half},0,${half},${down},${across},${down}`;
}
