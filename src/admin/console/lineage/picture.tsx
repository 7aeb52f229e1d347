/** The picture: nodes as boxes, edges as bands, each a link that lights its way. It is read and walked like any list of links. */
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
    return (
      <a
        href={choose("edge", id)}
        data-edge={`${index.get(from.id) ?? ""} ${index.get(to.id) ?? ""}`}
        class={classes(dead && "dead", lit?.edges.has(id) && "on")}
      >
        <title>{edges.map((one) => edgeSaid(one, from, to)).join(". ")}</title>
        <path d={path} />
      </a>
    );
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
      {nodes.map((placed, at) => (
        <Box placed={placed} at={at} on={lit?.nodes.has(placed.node.id) ?? false} choose={choose} />
      ))}
    </svg>
  );
}

function Box({
  placed,
  at,
  on,
  choose,
}: {
  placed: Placed;
  at: number;
  on: boolean;
  choose: Props["choose"];
}) {
  const { node, x, y, width } = placed;
  const tag = tagOf(node);
  return (
    <a
      href={choose("node", node.id)}
      data-node={at}
      class={classes(node.dead_ends && "dead", node.disabled && "off", on && "on")}
    >
      <title>{saidOf(node)}</title>
      <rect x={x} y={y} width={width} />
      <text x={x + 8} y={y + 15}>
        {shortened(labelOf(node), width - 16 - tag.length * CHARACTER)}
      </text>
      {tag && (
        <text class="tag" x={x + width - 7} y={y + 15}>
          {tag}
        </text>
      )}
    </a>
  );
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
function classes(...names: readonly (string | false | undefined | readonly unknown[])[]): string | undefined {
  return names.filter((name) => typeof name === "string").join(" ") || undefined;
}
