/** Writes one record whole: checks, versions, and tells which KV keys show it. */
import type { JsonObject } from "../../flow.ts";
import { clock } from "../rows.ts";
import { show } from "./show.ts";
import { InvalidRecord, type RecordKind, type Vault } from "./record-kind.ts";
import { RECORDS, type RecordName } from "./records.ts";
import type { Versions } from "./versions.ts";

/** How a write ended. `body` is the record as JSON without its secrets; `revealed` is shown once. */
export type Written =
  | {
      readonly as: "created" | "changed" | "unchanged";
      readonly version: number;
      readonly body: string;
      readonly revealed?: string;
    }
  | { readonly as: "invalid"; readonly issues: readonly Issue[] }
  /** The record is not the one that the operator saw; its version now, if it exists. */
  | { readonly as: "stale"; readonly version: number | undefined };

export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** @param expected version that the operator saw (`If-Match`); `0` for "must not exist" */
export async function put(
  versions: Versions,
  vault: Vault,
  workspace: string,
  kind: RecordName,
  id: string,
  input: JsonObject,
  expected?: number,
): Promise<Written> {
  const record: RecordKind = RECORDS[kind];
  const stored = versions.read(kind, id);
  const before = stored && (await record.open(JSON.parse(stored.body) as JsonObject, id, vault));
  const judged = await judge(record, record.id ? { ...input, [record.id]: id } : input, before);
  if ("issues" in judged) return { as: "invalid", issues: judged.issues };
  const { revealed } = judged;
  const after = stored ? judged.after : reborn(versions, record.published(workspace, id), judged.after);
  const sealed = await record.close(after, id, vault);
  // What follows is one turn of the object: nothing can come between the comparison and the write.
  const current = versions.read(kind, id);
  if (expected !== undefined && expected !== (current?.version ?? 0))
    return { as: "stale", version: current?.version };
  // Another write came in between, and nobody said which version they saw: judged again, on top of it.
  if (current?.version !== stored?.version) return put(versions, vault, workspace, kind, id, input, expected);
  const body = show(after, record);
  if (current && JSON.stringify(before) === JSON.stringify(after))
    return { as: "unchanged", version: current.version, body };
  const version = versions.write(kind, id, JSON.stringify(sealed), record.published(workspace, id));
  const once = revealed && { revealed: JSON.stringify(revealed) };
  return { as: current ? "changed" : "created", version, body, ...once };
}

/** An id that was used before must not bring back what rested on the deleted record: grants and consents. */
function reborn(versions: Versions, keys: readonly string[], record: JsonObject): JsonObject {
  const { not_before } = record;
  const usedBefore = keys[0] !== undefined && versions.changed(keys[0]) > 0;
  return typeof not_before === "number" && usedBefore
    ? { ...record, not_before: Math.max(not_before, clock()) }
    : record;
}

type Judged = { readonly after: JsonObject; readonly revealed?: JsonObject } | { readonly issues: Issue[] };

async function judge(record: RecordKind, input: JsonObject, before: JsonObject | undefined): Promise<Judged> {
  try {
    const { plain, revealed } = await record.prepare(input, before);
    const parsed = record.schema.safeParse(plain);
    if (parsed.success) return { after: parsed.data as JsonObject, ...(revealed && { revealed }) };
    return { issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message })) };
  } catch (error) {
    if (error instanceof InvalidRecord) return { issues: [{ path: error.path, message: error.message }] };
    throw error;
  }
}
