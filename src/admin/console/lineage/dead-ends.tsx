/** Where nothing goes on, as a list: what a picture of a hundred boxes hides. */
import type { Graph } from "../../lineage/node.ts";
import { edgeId } from "./view.ts";
import { DEAD_ENDS, edgeSaid, fullName, HEADS } from "./words.ts";

interface Props {
  readonly graph: Graph;
  readonly choose: (what: "node" | "edge", id: string) => string;
}

/** Lines that are shown; with more than these there is another problem. */
const MOST = 40;

export function DeadEnds({ graph: { nodes, edges }, choose }: Props) {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const steps = edges.flatMap((edge) => {
    const [from, to] = [known.get(edge.from), known.get(edge.to)];
    return edge.dead_ends && from && to
      ? [{ href: choose("edge", edgeId(edge)), words: "Mapping", name: edgeSaid(edge, from, to), why: "" }]
      : [];
  });
  const ends = nodes.flatMap((node) =>
    node.dead_ends
      ? [
          {
            href: choose("node", node.id),
            words: HEADS[node.column],
            name: fullName(node),
            why: node.dead_ends.map((end) => DEAD_ENDS[end]).join("; "),
          },
        ]
      : [],
  );
  const all = [...steps, ...ends];
  return (
    <details class="box" id="dead-ends">
      <summary>
        Where nothing goes on <span class="count">{all.length}</span>
      </summary>
      {all.length === 0 && <p class="quiet">Every value that is read may reach an application.</p>}
      <ul class="findings">
        {all.slice(0, MOST).map(({ href, words, name, why }) => (
          <li>
            <span>
              {words} <a href={href}>{name}</a>
              {why && `: ${why}.`}
            </span>
          </li>
        ))}
      </ul>
      {all.length > MOST && (
        <p class="quiet">
          And {all.length - MOST} more: choose one identity provider or one application above.
        </p>
      )}
    </details>
  );
}
