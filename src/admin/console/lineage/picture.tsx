/** The picture: nodes as boxes, edges as bands, each a link that lights its way. It is read and walked like any list of links. */
// Boxes and lines are templates, which escape what they hold like elements do: thousands of elements are half of the page's time.
import { html as markup } from "hono/html";
import type { Node } from "../../lineage/node.ts";
import { columnsAt, type Drawn, layout, type Placed } from "./layout.ts";
import { edgeId, type Shown } from "./view.ts";
import { edgeSaid, HEADS, labelOf, saidOf } from "./words.ts";

interface Props {
  readonly shown: Shown;
  /** The page with a node or an edge chosen. */
  readonly choose: (what: "node" | "edge", id: string) => string;
}

export function Picture({ shown: { graph, lit }, choose }: Props) {
  const { width, height, nodes, lines } = layout(graph);
  const index = new Map(nodes.map(({ node }, at) => [node.id, at]));
  const known = new Map(graph.nodes.map((node) => [node.id, node]));
  const line = ({ edges, path }: Drawn) => {
    const [edge] = edges;
    const [from, to] = [known.get(edge?.from ?? ""), known.get(edge?.to ?? "")];
    if (!edge || !from || !to) return <></>;
    const id = edgeId(edge);
    const dead = edges.every(({ dead_ends }) => dead_ends);
    const ends = `${index.get(from.id) ?? ""} ${index.get(to.id) ?? ""}`;
    const look = classes(dead && "dead", lit?.edges.has(id) && "on");
    const said = edges.map((one) => edgeSaid(one, from, to)).join(". ");
    return markup`<a href="${choose("edge", id)}" data-edge="${ends}"${look}><title>${said}</title><path d="${path}"/></a>`;
  };
  return (
    <svg
      class={lit ? "lineage lit" : "lineage"}
      id="picture"
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label="Data lineage"
    >
      {columnsAt().map(({ column, x }) => (
        <text class="column" x={x} y={18}>
          {HEADS[column]}
        </text>
      ))}
      {lines.map(line)}
      {nodes.map((placed, at) => box(placed, at, lit?.nodes.has(placed.node.id) ?? false, choose))}
    </svg>
  );
}

function box({ node, x, y, width }: Placed, at: number, on: boolean, choose: Props["choose"]) {
  const tag = tagOf(node);
  // One more, so that they do not touch.
  const taken = tag ? (tag.length + 1) * CHARACTER : 0;
  const label = shortened(labelOf(node), width - 16 - taken);
  const look = classes(node.dead_ends && "dead", node.disabled && "off", on && "on");
  const mark = tag && markup`<text class="tag" x="${x + width - 7}" y="${y + 15}">${tag}</text>`;
  const text = markup`<text x="${x + 8}" y="${y + 15}">${label}</text>${mark}`;
  return markup`<a href="${choose("node", node.id)}" data-node="${at}"${look}><title>${saidOf(node)}</title><rect x="${x}" y="${y}" width="${width}"/>${text}</a>`;
}

/** What tells nodes of one name apart, and which of them lead nowhere, also to who sees no colours. */
function tagOf({ token, dead_ends }: Node): string {
  const of = token === "id_token" ? "ID" : token === "access_token" ? "access" : "";
  return [of, dead_ends ? "⊘" : ""].filter(Boolean).join(" ");
}

/** Width of a character, about. */
const CHARACTER = 7.4;

/** The end says as much as the beginning: `https://example\.com/groups`. */
function shortened(label: string, width: number): string {
  const most = Math.floor(width / CHARACTER);
  const characters = Array.from(label);
  if (characters.length <= most) return label;
  const half = Math.floor((most - 1) / 2);
  return `${characters.slice(0, most - 1 - half).join("")}…${characters.slice(-half).join("")}`;
}

/** Hundreds of boxes and lines are told apart by their data: a class is for what is particular about one. */
function classes(...names: readonly (string | false | undefined | readonly unknown[])[]) {
  const said = names.filter((name) => typeof name === "string").join(" ");
  return said && markup` class="${said}"`;
}
