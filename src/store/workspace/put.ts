/** Writes one record whole: checks, versions, and tells which KV keys show it. */
import type { JsonObject } from "../../flow.ts";
import { clock } from "../rows.ts";
import { recordChange, type By } from "./change.ts";
import { type Issue, issuesOf } from "./issues.ts";
import { missingFrom } from "./references.ts";
import { show } from "./show.ts";
import { attentive } from "./vault.ts";
import { InvalidRecord, type Others, type OthersOf, type RecordKind, type Vault } from "./record-kind.ts";
import { RECORDS, type RecordName } from "./records.ts";
import type { Versions } from "./versions.ts";

/** Left out it would stay, but what stays is read first; sealed again it would be empty, and lost when its key comes back. */
const UNREADABLE =
  "cannot be kept: no key in DEPLOYMENT_KEY opens it; bring its key back, or write a new value of each, or null for none";

/** How a write ended. `body` is the record as JSON without its secrets; `revealed` is shown once. */
export type Written =
  | {
      readonly as: "created" | "changed" | "unchanged";
      readonly id: string;
      readonly version: number;
      readonly body: string;
      readonly revealed?: string;
    }
  | { readonly as: "invalid"; readonly issues: readonly Issue[] }
  /** The `Idempotency-Key` came before with another request. */
  | { readonly as: "reused" }
  /** The record is not the one that the operator saw. */
  | { readonly as: "stale" };

/** On what terms a record is written. */
export interface Terms extends By {
  /** Version that the operator saw (`If-Match`); `0` for "must not exist", `any` for "must exist". */
  readonly expected?: number | "any";
  /** `Idempotency-Key`. */
  readonly once?: Once;
}

/** How a retry is known: by the operator's key, and that it asks the same. Both are hashes. */
export interface Once {
  readonly key: string;
  readonly request: string;
}

/** Whether the record is the one that was seen. @param version 0 where there is none */
export function isSeen({ expected }: Terms, version: number): boolean {
  return expected === undefined || (expected === "any" ? version > 0 : expected === version);
}

/** @param input the whole record, as the operator wrote it @param terms on which it is written, or not at all */
export async function put(
  versions: Versions,
  vault: Vault,
  workspace: string,
  kind: RecordName,
  id: string,
  input: JsonObject,
  terms: Terms,
): Promise<Written> {
  const record: RecordKind = RECORDS[kind];
  const { once } = terms;
  const repeated = once && versions.answered(once.key);
  if (repeated)
    return repeated.request === once.request
      ? vault.open<Written>(once.key, repeated.answer)
      : { as: "reused" };
  // Noted with what is read: whatever is written from here on means that this was judged on old ground.
  const version = versions.version + 1;
  const stored = versions.read(kind, id);
  const opening = attentive(vault);
  const before = stored && (await record.open(JSON.parse(stored.body) as JsonObject, id, opening));
  const isAllSaid =
    record.saysAll ?? ((said: JsonObject) => record.writeOnly.every((name) => said[name] !== undefined));
  if (opening.lost && !isAllSaid(input, before))
    return { as: "invalid", issues: record.writeOnly.map((path) => ({ path, message: UNREADABLE })) };
  const others: OthersOf = (other) => othersOf(versions, other, other === kind ? id : undefined);
  const judged = await judge(record, record.id ? { ...input, [record.id]: id } : input, before, others);
  if ("issues" in judged) return { as: "invalid", issues: judged.issues };
  const missing = missingFrom(versions, kind, judged.after);
  if (missing.length > 0) return { as: "invalid", issues: missing };
  const { revealed } = judged;
  const after = before
    ? ended(input, before, judged.after)
    : reborn(wasUsed(versions, workspace, kind, id), judged.after);
  const sealed = await record.close(after, id, vault);
  const body = show(after, record);
  const answer = { body, ...(revealed && { revealed: JSON.stringify(revealed) }) };
  // Sealed before the decision, because the decision must not wait.
  const created: Written = { as: stored ? "changed" : "created", id, version, ...answer };
  const kept = once && (await vault.close(once.key, created));
  // What follows is one turn of the object: nothing can come between the comparison and the write.
  const current = versions.read(kind, id);
  // Another write came in between, maybe this very request: judged again, on top of it.
  if (versions.version !== version - 1) return put(versions, vault, workspace, kind, id, input, terms);
  if (!isSeen(terms, current?.version ?? 0)) return { as: "stale" };
  if (current && JSON.stringify(before) === JSON.stringify(after))
    return { as: "unchanged", id, version: current.version, body };
  versions.together(() => {
    const keys = record.published(workspace, id, before && { before, after });
    versions.write(kind, id, JSON.stringify(sealed), keys);
    const what = { record: kind, id, change: created.as };
    recordChange(versions, terms, workspace, what, record.secret, before, after);
    if (record.history) versions.keep(kind, id, version, terms.by, body, record.history);
    if (once && kept) versions.answer(once.key, once.request, kept);
  });
  return created;
}

/** What was ended at once stays ended when the record is written without a word of it; taking that back has to be said. */
function ended(input: JsonObject, { not_before }: JsonObject, record: JsonObject): JsonObject {
  return input["not_before"] === undefined && not_before !== undefined ? { ...record, not_before } : record;
}

/** Whether the id had a record before. A KV key that many records share tells nothing of one: it counts as used. */
function wasUsed(versions: Versions, workspace: string, kind: RecordName, id: string): boolean {
  const record: RecordKind = RECORDS[kind];
  if (record.remembered) return versions.wasRemoved(kind, id);
  const [key] = record.published(workspace, id);
  return key !== undefined && versions.changed(key) > 0;
}

/** An id that was used before must not bring back what rested on the deleted record: grants and consents. */
function reborn(usedBefore: boolean, record: JsonObject): JsonObject {
  const { not_before } = record;
  return typeof not_before === "number" && usedBefore
    ? { ...record, not_before: Math.max(not_before, clock()) }
    : record;
}

type Judged = { readonly after: JsonObject; readonly revealed?: JsonObject } | { readonly issues: Issue[] };

/** @param except the record that is being written */
function othersOf<K extends keyof Others>(
  versions: Versions,
  kind: K,
  except: string | undefined,
): Others[K][] {
  const rows = versions.list(kind).filter((row) => row.id !== except);
  return rows.map(({ body }) => JSON.parse(body) as Others[K]);
}

async function judge(
  record: RecordKind,
  input: JsonObject,
  before: JsonObject | undefined,
  others: OthersOf,
): Promise<Judged> {
  try {
    const { plain, revealed } = await record.prepare(input, before);
    const parsed = record.schema.safeParse(plain);
    if (!parsed.success) return { issues: issuesOf(parsed.error) };
    const { fit } = record;
    const left = fit && plain[fit.member] === undefined;
    // What the schema made is what its own judge takes.
    const after = left ? fit.to(parsed.data as never, others) : parsed.data;
    const issues = record.among?.(after as never, others) ?? [];
    return issues.length > 0 ? { issues } : { after: after as JsonObject, ...(revealed && { revealed }) };
  } catch (error) {
    if (error instanceof InvalidRecord) return { issues: [{ path: error.path, message: error.message }] };
    throw error;
  }
}
