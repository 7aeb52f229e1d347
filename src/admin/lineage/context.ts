/** The schema of the authentication context → its attributes, and which of them lead nowhere. */
import { type ContextAttribute, isProtocol } from "../../config/context-attribute.ts";
import { ANY_ATTRIBUTE, type DeadEnd, type Edge, type Graph, idOf, type Node } from "./node.ts";

const PROTOCOL: Node = { id: "source:protocol", column: "source", name: "protocol" };
const ANY: Node = { id: ANY_ATTRIBUTE, column: "context", name: "*" };

/** @param edges what fills the context and what takes from it */
export function contextOf(schema: readonly ContextAttribute[], edges: readonly Edge[]): Graph {
  const filled = new Set(edges.map(({ to }) => to));
  const taken = new Set(edges.map(({ from }) => from));
  const byAnything = filled.has(ANY_ATTRIBUTE);
  // The protocol's own need no claim: tokens say them under names of their own.
  const own = schema.filter(({ name }) => isProtocol(name));
  const nodes = schema.map(({ name, display_name, type }): Node => {
    const id = idOf.context(name);
    const dead_ends: DeadEnd[] = isProtocol(name)
      ? []
      : [
          ...(filled.has(id) || byAnything ? [] : ["not_filled" as const]),
          ...(taken.has(id) ? [] : ["no_claim" as const]),
        ];
    return {
      id,
      column: "context",
      name,
      ...(display_name && { display_name }),
      type,
      ...(dead_ends.length > 0 && { dead_ends }),
    };
  });
  return {
    nodes: [...(own.length > 0 ? [PROTOCOL] : []), ...nodes, ...(byAnything ? [ANY] : [])],
    edges: own.map(({ name }) => ({ from: PROTOCOL.id, to: idOf.context(name), as: "set" })),
  };
}
