/** What a connection loses with an attribute or a mapping: its mappings, what they fill, and who takes from that. */
import type { JsonObject } from "../../../flow.ts";
import { joined } from "../../lineage/graph.ts";
import { type Edge, type Graph, idOf } from "../../lineage/node.ts";
import { text, written } from "../text.ts";
import { keyOf, type Member, rowsOf } from "./rows-of.ts";
import { takers } from "./takers.ts";
import type { Opened } from "./tab.ts";

export interface Loss {
  readonly row: JsonObject;
  /** The connection's lists as they are afterwards, for a patch. */
  readonly kept: JsonObject;
  /** Sentences. */
  readonly breaks: readonly string[];
}

/** @returns undefined where there is no such row */
export async function lossOf(opened: Opened, member: Member, place: number): Promise<Loss | undefined> {
  const row = rowsOf(opened, member)[place];
  if (!row) return undefined;
  return member === "mappings" ? ofMapping(opened, row) : ofAttribute(opened, row);
}

async function ofMapping(opened: Opened, row: JsonObject): Promise<Loss> {
  const mappings = rowsOf(opened, "mappings");
  const [number, target] = [mappings.indexOf(row), text(row, "target")];
  const from = row["mode"] === "static" ? `The constant ${written(row["static"])}` : sourceOf(row);
  const isGone = (edge: Edge) => edge.mapping === number;
  return {
    row,
    kept: { mappings: mappings.filter((one) => one !== row) },
    breaks: [
      `${from} does not go to ${targetOf(target)} any more.`,
      ...(await emptied(opened, isGone, [target])),
    ],
  };
}

async function ofAttribute(opened: Opened, row: JsonObject): Promise<Loss> {
  const [attributes, mappings] = [rowsOf(opened, "attributes"), rowsOf(opened, "mappings")];
  const [key, kept] = [keyOf(row), attributes.filter((one) => one !== row)];
  if (kept.some((one) => keyOf(one) === key))
    return {
      row,
      kept: { attributes: kept },
      breaks: [`${key} is listed twice here: the other one is still read, and no token changes.`],
    };
  const own = mappings.filter((mapping) => text(mapping, "source") === key);
  const targets = own.map((mapping) => text(mapping, "target"));
  const isGone = ({ from }: Edge) => from === idOf.attribute(opened.id, key);
  const further = await emptied(opened, isGone, targets);
  return {
    row,
    kept: { attributes: kept, mappings: mappings.filter((one) => !own.includes(one)) },
    breaks: [
      own.length > 0
        ? `${key} is not read any more, and ${own.length === 1 ? "its mapping goes" : "its mappings go"} with it: to ${targets.map(targetOf).join(", ")}.`
        : `${key} is not read any more.${further.length > 0 ? "" : " No mapping takes it, so no token changes."}`,
      ...further,
    ],
  };
}

/** What nothing fills any more, and who took it. @param targets where the graph is not theirs to see */
async function emptied(
  { desk, id, record }: Opened,
  isGone: (edge: Edge) => boolean,
  targets: readonly string[],
): Promise<string[]> {
  if (!desk.may("workspaces", "read") || !desk.may("clients", "read"))
    return targets.length > 0
      ? ["Which claims and applications take it is shown with the scopes workspaces:read and clients:read."]
      : [];
  const { body: whole } = await desk.read<Graph & { readonly more?: readonly string[] }>("lineage");
  // Of thousands of connections not all are in it: this one is.
  const own =
    whole.more && (await desk.read<Graph>(`lineage?${new URLSearchParams({ connection: id }).toString()}`));
  const graph = own ? joined(whole, own.body) : whole;
  const isAll = !whole.more?.includes("connections");
  const here = idOf.attribute(id, "");
  const mapped = graph.edges.filter(({ as }) => as === "mapped");
  const gone = mapped.filter((edge) => edge.from.startsWith(here) && isGone(edge));
  const left = mapped.filter((edge) => !gone.includes(edge));
  const filled = [...new Set(gone.map(({ to }) => to))].map((to) => {
    const others = left.filter((edge) => edge.to === to);
    const own = others.filter(({ from }) => from.startsWith(here)).map(({ from }) => from.slice(here.length));
    return { name: to.replace(/^context:/, ""), own, isElsewhere: others.length > own.length };
  });
  const empty = filled.filter(({ own }) => own.length === 0);
  return [
    ...filled.map(({ name, own, isElsewhere }) =>
      own.length > 0
        ? `“${name}” of the authentication context is left to ${[...new Set(own)].join(", ")}.`
        : `“${name}” of the authentication context has no source here any more${elsewhere(isElsewhere, isAll)}.`,
    ),
    ...(await takers(
      desk,
      { id, record },
      graph,
      empty.map(({ name }) => name),
    )),
  ];
}

/** @param isAll whether every connection was looked at */
function elsewhere(isElsewhere: boolean, isAll: boolean): string {
  if (isElsewhere) return "; other connections still fill it";
  return isAll ? ", and no other connection fills it" : "";
}

const sourceOf = (row: JsonObject) => (text(row, "source") === "." ? "Every attribute" : text(row, "source"));
const targetOf = (target: string) => (target === "." ? "the place of its own name" : `“${target}”`);
