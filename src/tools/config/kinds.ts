/** What a workspace file holds, from the lists that the API itself is made of: a kind that is added there is here, too. */
import type * as z from "zod";
import type { JsonObject } from "../../flow.ts";
import { READ_ONLY, RESOURCES } from "../../admin/resources.ts";
import { CustomApp } from "../../config/custom-app.ts";
import { RECORDS, type RecordName } from "../../store/workspace/records.ts";

export interface Kind {
  readonly name: RecordName;
  /** The member that is the id; settings are one record without an id. */
  readonly id: string | undefined;
  readonly schema: z.ZodType;
  /** Members of the stored record that the API never shows. */
  readonly secret: readonly string[];
  /** Members by which secrets are written. */
  readonly writeOnly: readonly string[];
  /** Members that the API shows beside what was written; they are not in files. */
  readonly readOnly: readonly string[];
  readonly system: boolean;
}

/** What is named comes before what names it; later kinds come last. Removals go the other way. */
const FIRST: readonly RecordName[] = [
  "settings",
  "scopes",
  "schema",
  "secrets",
  "scripts",
  "features",
  "custom-apps",
  "clients",
  "connections",
  "apis",
  "claims",
];

const rest = RESOURCES.map(({ record }) => record).filter((name) => !FIRST.includes(name));

/** The client of an application follows from workspace and id: in a file it would be that of another workspace. */
const DERIVED: { readonly [K in RecordName]?: Partial<Kind> } = {
  "custom-apps": { schema: CustomApp.omit({ client_id: true }) },
};

/** In the order of the file and of writing. */
const KINDS: readonly Kind[] = [...FIRST, ...rest].map((name) => {
  const { schema, id, secret, writeOnly } = RECORDS[name];
  const system = RESOURCES.some((resource) => resource.record === name && resource.system);
  const readOnly = READ_ONLY[name] ?? [];
  return { name, id, schema, secret, writeOnly, readOnly, system, ...DERIVED[name] };
});

/** Operators are of `system` only. */
export function kindsOf(workspace: string): readonly Kind[] {
  return KINDS.filter(({ system }) => !system || workspace === "system");
}

/** How a record is called in plans and in the API: `clients/shop`, `settings`. */
export function address({ name, id: member }: Kind, id: string): string {
  return member === undefined ? name : `${name}/${id}`;
}

/** The id of a record as the API shows it; empty for settings. */
export function idOf({ id: member }: Kind, record: JsonObject): string {
  const id = member === undefined ? "" : record[member];
  return typeof id === "string" ? id : "";
}
