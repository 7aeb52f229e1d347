/** Nodes as options of a form. */
import { isProtocol } from "../../../config/context-attribute.ts";
import type { Graph, Node } from "../../lineage/node.ts";
import { CHOOSE } from "../attribute-words.ts";
import type { Choices } from "../form/field.ts";

export function optionsOf(
  nodes: readonly Node[],
  valueOf: (node: Node) => string,
  labelOf: (node: Node) => string,
): Choices[string] {
  const options = nodes.map((node) => ({ value: valueOf(node), label: labelOf(node) }));
  return { as: "choice", options: [CHOOSE, ...options] };
}

/** What an operator may fill and release: the rest is the protocol's. */
export function contextOptions({ nodes }: Graph): Choices[string] {
  const free = nodes.filter(({ column, name }) => column === "context" && name !== "*" && !isProtocol(name));
  const nameOf = ({ name }: Node) => name;
  return optionsOf(free, nameOf, nameOf);
}
