/** What was chosen in the picture, in words: what it is, what leads to it and from it, and where it is changed. */
import { isProtocol } from "../../../config/context-attribute.ts";
import type { Edge, Graph, Node } from "../../lineage/node.ts";
import type { Desk } from "../desk.ts";
import type { Shown } from "./view.ts";
import { edgeSaid, editPath, fullName, HEADS, labelOf, saidOf } from "./words.ts";

interface Props {
  readonly desk: Desk;
  /** The whole of it: what is folded or left out is named here, too. */
  readonly graph: Graph;
  readonly chosen: NonNullable<Shown["chosen"]>;
  readonly choose: (what: "node" | "edge", id: string) => string;
  /** The page with nothing chosen, and with only this way. */
  readonly clear: string;
  readonly only: string;
}

export function Chosen({ desk, graph, chosen, choose, clear, only }: Props) {
  const known = new Map(graph.nodes.map((node) => [node.id, node]));
  const title = "id" in chosen ? `${HEADS[chosen.column]}: ${labelOf(chosen)}` : "A step of the way";
  return (
    <section class="box" id="chosen" aria-labelledby="chosen-title">
      <h2 id="chosen-title">
        <bdi>{title}</bdi>
      </h2>
      {"id" in chosen ? (
        <>
          <p>
            <bdi>{saidOf(chosen)}.</bdi>
          </p>
          <Steps
            title="Comes from"
            end="from"
            edges={graph.edges.filter(({ to }) => to === chosen.id)}
            {...{ known, choose }}
          />
          <Steps
            title="Goes to"
            end="to"
            edges={graph.edges.filter(({ from }) => from === chosen.id)}
            {...{ known, choose }}
          />
        </>
      ) : (
        chosen.map((edge) => <Step edge={edge} known={known} choose={choose} />)
      )}
      <p class="actions">
        <Actions desk={desk} chosen={chosen} known={known} />
        <a class="button small" id="only" href={only}>
          Show only this way
        </a>
        <a class="button small" id="clear" href={clear}>
          Choose nothing
        </a>
      </p>
    </section>
  );
}

type Known = ReadonlyMap<string, Node>;

/** Steps that are named; an attribute that every application gets would fill the page. */
const NAMED = 30;

function Steps({
  title,
  end,
  edges,
  known,
  choose,
}: {
  title: string;
  end: "from" | "to";
  edges: readonly Edge[];
  known: Known;
  choose: Props["choose"];
}) {
  if (edges.length === 0) return <></>;
  return (
    <p class="lineage-steps">
      {title}:{" "}
      {edges.slice(0, NAMED).map((edge, index) => {
        const node = known.get(edge[end]);
        return (
          node && (
            <>
              {index > 0 && ", "}
              <a href={choose("node", node.id)} title={saidOf(node)}>
                <bdi>{fullName(node)}</bdi>
              </a>
            </>
          )
        );
      })}
      {edges.length > NAMED && ` and ${edges.length - NAMED} more`}
    </p>
  );
}

function Step({ edge, known, choose }: { edge: Edge; known: Known; choose: Props["choose"] }) {
  const [from, to] = [known.get(edge.from), known.get(edge.to)];
  if (!from || !to) return <></>;
  return (
    <p>
      <bdi>{edgeSaid(edge, from, to)}.</bdi> From <a href={choose("node", from.id)}>{labelOf(from)}</a> to{" "}
      <a href={choose("node", to.id)}>{labelOf(to)}</a>.
    </p>
  );
}

/** Where it is changed, for who may see that; and what can be made of it in the forms below. */
function Actions({ desk, chosen, known }: Pick<Props, "desk" | "chosen"> & { known: Known }) {
  const path = "id" in chosen ? editPath(chosen) : mappingPath(chosen[0], known);
  const isScript = path?.startsWith("/scripts") || path?.startsWith("/custom-apps");
  const isFree = "id" in chosen && !(chosen.column === "context" && isProtocol(chosen.name));
  const column = isFree ? chosen.column : undefined;
  return (
    <>
      {path !== undefined && (!isScript || desk.may("scripts", "read")) && (
        <a class="button small" id="edit" href={desk.href(path)}>
          Edit
        </a>
      )}
      {column === "attribute" && desk.may("connections", "write") && (
        <a class="button small" id="to-map" href="#map-form">
          Map it
        </a>
      )}
      {column === "context" && mayRelease(desk) && (
        <a class="button small" id="to-release" href="#release-form">
          Release it
        </a>
      )}
    </>
  );
}

function mappingPath(edge: Edge, known: Known): string | undefined {
  const [from, to] = [known.get(edge.from), known.get(edge.to)];
  if (edge.as === "mapped")
    return `/identity-providers/${encodeURIComponent(from?.connection ?? "")}/mappings`;
  // The claim says what it carries and what releases it, the application what it may ask for.
  const holder = edge.as === "released" ? from : to;
  return holder && editPath(holder);
}

/** It makes a claim and a scope, and changes the application. */
export function mayRelease(desk: Desk): boolean {
  return desk.may("workspaces", "write") && desk.may("clients", "write");
}
