/** Attributes: what can be read of what the provider says. */
import { DataType } from "../../../config/data-type.ts";
import type { JsonObject } from "../../../flow.ts";
import { SOURCES } from "../attribute-words.ts";
import { fieldsOf, type Option } from "../form/field.ts";
import { text } from "../text.ts";
import { rowTabs } from "./rows.tsx";

const TYPES: Readonly<Record<DataType, string>> = {
  string: "String",
  number: "Number",
  bool: "Boolean",
  string_array: "List of strings",
  number_array: "List of numbers",
  bool_array: "List of booleans",
  object: "Object",
  object_array: "List of objects",
  any: "Any",
};

export const typeOptions: readonly Option[] = DataType.options.map((value) => ({
  value,
  label: TYPES[value],
}));

export const attributes = rowTabs({
  member: "attributes",
  tab: "Attributes",
  one: "attribute",
  save: "Save",
  key: ["source", "name"],
  name: (row) => text(row, "name"),
  lead: "What is read of what the provider says. Each attribute can be mapped to the authentication context.",
  columns: {
    "Claim name": (row) => (
      <code>
        <bdi>{text(row, "name")}</bdi>
      </code>
    ),
    Source: (row) => SOURCES[text(row, "source")] ?? text(row, "source"),
    "Display name": (row) => <bdi>{text(row, "display_name")}</bdi>,
    "Data type": (row) => TYPES[text(row, "type") as DataType] ?? text(row, "type"),
  },
  fields: async ({ record }) =>
    fieldsOf(
      { required: ["source", "name", "type"] },
      {
        source: {
          label: "Source",
          help: "Where the attribute is read. User info is read only where it is switched on.",
        },
        name: {
          label: "Claim name",
          help: "As the provider calls it. A dot leads into an object; a dot of the name itself is written \\. as in https://example\\.com/groups.",
          placeholder: "custom:department",
        },
        display_name: { label: "Display name", placeholder: "Department" },
        type: { label: "Data type", help: "A value of another type is left out, and Data Lineage says so." },
      },
      {
        source: { as: "choice", options: sourcesOf(record) },
        type: { as: "choice", options: typeOptions },
      },
    ),
  note: ({ record }) => needsUserInfo(record) && <NoUserInfo />,
  aside: ({ record }) => (userInfo(record) ? undefined : <NoUserInfo />),
});

function sourcesOf({ method }: JsonObject): Option[] {
  const names = method === "saml" ? ["assertion"] : ["id_token", "access_token", "userinfo"];
  return names.map((value) => ({ value, label: SOURCES[value] ?? value }));
}

/** Connections that have no such switch read it, or have none. */
function userInfo({ settings }: JsonObject): boolean {
  return (settings as JsonObject)["get_user_info"] !== false;
}

function needsUserInfo(record: JsonObject): boolean {
  const rows = record["attributes"] as JsonObject[];
  return !userInfo(record) && rows.some(({ source }) => source === "userinfo");
}

function NoUserInfo() {
  return (
    <p class="notice" id="no-user-info">
      Get user info is off: attributes of the source User info stay empty. Switch it on under Configuration,
      Advanced settings.
    </p>
  );
}
