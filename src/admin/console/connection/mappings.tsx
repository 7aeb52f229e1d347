/** Mappings: which attribute fills which place of the authentication context. */
import type { JsonObject } from "../../../flow.ts";
import { CHOOSE, CONVERSION } from "../attribute-words.ts";
import { choicesOf } from "../choices.ts";
import { fieldsOf } from "../form/field.ts";
import { text, written } from "../text.ts";
import { assignment } from "./assignment.tsx";
import { typeOptions } from "./attributes.tsx";
import { rowTabs } from "./rows.tsx";
import { keyOf, rowsOf } from "./rows-of.ts";

export const mappings = rowTabs({
  member: "mappings",
  tab: "Mappings",
  one: "mapping",
  save: "Save mappings",
  key: ["source", "target"],
  name: (row) => text(row, "target"),
  lead: "Where each attribute goes. Of several mappings to one place the last that yields a value wins.",
  columns: {
    "Source attribute": (row) => (
      <code>
        <bdi>{row["mode"] === "static" ? `constant ${written(row["static"])}` : text(row, "source")}</bdi>
      </code>
    ),
    "Authentication context": (row) => <code>{text(row, "target")}</code>,
    "Data type": (row) => typeOptions.find(({ value }) => value === row["type"])?.label ?? text(row, "type"),
    Conversion: (row) => (row["allow_weak_decoding"] === true ? "allowed" : "never"),
  },
  fields: async (opened) => {
    const { target } = await choicesOf(opened.desk, { target: "schema" }, "choice");
    return fieldsOf(
      {
        required: ["source", "target", "type"],
        properties: { allow_weak_decoding: { type: "boolean" } },
      },
      {
        source: {
          label: "Source attribute",
          help: "One that is missing is added on the page Attributes first.",
        },
        target: {
          label: "Authentication context attribute",
          help: "One that is missing is created on the page Authentication context first.",
        },
        type: { label: "Data type", help: "A value of another type is left out, and Data Lineage says so." },
        allow_weak_decoding: CONVERSION,
      },
      {
        source: {
          as: "choice",
          options: [
            CHOOSE,
            ...rowsOf(opened, "attributes").map((row) => ({ value: keyOf(row), label: labelOf(row) })),
          ],
        },
        ...(target && { target: { as: "choice", options: [CHOOSE, ...target.options] } }),
        type: { as: "choice", options: typeOptions },
      },
    );
  },
  aside: ({ desk, href }) => (
    <p class="field-note">
      <a id="to-add-attribute" href={href("/attributes/add")}>
        Add an attribute
      </a>{" "}
      {desk.may("workspaces", "write") && (
        <a id="to-create-context-attribute" href={desk.href("/authentication-context/create")}>
          Create a context attribute
        </a>
      )}
    </p>
  ),
  foot: { title: "Script", assigns: assignment(["post_authn_ctx_script"], "/mappings") },
});

function labelOf(row: JsonObject): string {
  const name = text(row, "display_name");
  return name ? `${name} (${keyOf(row)})` : keyOf(row);
}
