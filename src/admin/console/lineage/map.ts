/** Attribute → context attribute, from the page Data Lineage: one more mapping at the end of the connection's list. */
import type { JsonObject } from "../../../flow.ts";
import type { Graph, Node } from "../../lineage/node.ts";
import { CONVERSION } from "../attribute-words.ts";
import { type FieldError, Refused } from "../call.ts";
import type { Desk } from "../desk.ts";
import { type Field, fieldsOf } from "../form/field.ts";
import type { Typed } from "../form/typed.ts";
import { text } from "../text.ts";
import { contextOptions, optionsOf } from "./options.ts";
import { saidAt } from "./said-at.ts";
import { fullName } from "./words.ts";

/** @param nodes among which the attributes are to choose from: hundreds that are not shown are not listed either */
export function mapFields(graph: Graph, nodes: readonly Node[]): Field[] {
  const attributes = nodes.filter(({ column, id }) => column === "attribute" && !id.includes(":constant."));
  return fieldsOf(
    { properties: { allow_weak_decoding: { type: "boolean" } }, required: ["attribute", "target"] },
    {
      attribute: {
        label: "Attribute",
        help:
          attributes.length > 0
            ? "One that is missing is added on the page Attributes of its identity provider."
            : "There are too many to list: choose one identity provider at the top, or an attribute in the picture.",
      },
      target: { label: "Authentication context attribute" },
      allow_weak_decoding: CONVERSION,
    },
    { attribute: optionsOf(attributes, ({ id }) => id, fullName), target: contextOptions(graph) },
  );
}

/** @returns what is wrong; nothing when it is mapped @throws Refused for what no field is to blame for */
export async function map(desk: Desk, { nodes }: Graph, typed: Typed): Promise<readonly FieldError[]> {
  const attribute = nodes.find(({ id, column }) => column === "attribute" && id === typed.get("attribute"));
  const target = typed.get("target") ?? "";
  if (!attribute?.connection) return [{ path: "attribute", message: "choose an attribute" }];
  if (!target) return [{ path: "target", message: "choose where it goes" }];
  const path = `connections/${encodeURIComponent(attribute.connection)}`;
  const { body, etag } = await desk.read(path);
  const mappings = body["mappings"] as JsonObject[];
  const source = attribute.name;
  if (mappings.some((one) => text(one, "source") === source && text(one, "target") === target))
    return [{ path: "target", message: "it is mapped there already" }];
  // The type of the place: what does not fit it is left out, and the lineage says so.
  const type = nodes.find(({ column, name }) => column === "context" && name === target)?.type ?? "any";
  const mapping = { source, target, type, allow_weak_decoding: typed.has("allow_weak_decoding") };
  try {
    await desk.write(
      "PATCH",
      path,
      { mappings: [...mappings, mapping] },
      { ...(etag && { "if-match": etag }) },
    );
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return saidAt(error, { source: "attribute", target: "target" }, `mappings.${mappings.length}.`);
  }
}
