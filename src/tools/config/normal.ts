/** One way to write a record, so that two can be compared: every member, defaults filled in, no secrets. */
import type { JsonObject } from "../../flow.ts";
import type { Kind } from "./kinds.ts";

export type Judged = { readonly body: JsonObject } | { readonly issues: readonly Issue[] };

/** Where in the record, and what is wrong there. */
export interface Issue {
  readonly path: readonly string[];
  readonly message: string;
}

/** Stands for a hash that only the API has. */
const HASH = "-".repeat(43);

/** @param secrets as they would be sent, for their names to be judged */
export function normal(kind: Kind, id: string, record: JsonObject, secrets: JsonObject = {}): Judged {
  const misplaced = misnamed(kind, id, record);
  if (misplaced.length > 0) return { issues: misplaced };
  const hashes = kind.secret.filter((name) => name.endsWith("_hash")).map((name) => [name, HASH]);
  const named = kind.id === undefined ? {} : { [kind.id]: id };
  const whole = { ...record, ...secrets, ...named, ...Object.fromEntries(hashes) };
  for (const [name] of hashes) delete whole[name?.slice(0, -"_hash".length) ?? ""];
  const parsed = kind.schema.safeParse(whole);
  if (!parsed.success) return { issues: parsed.error.issues.flatMap(located) };
  const members = Object.entries(parsed.data as JsonObject);
  const shown = members.filter(([name]) => !kind.secret.includes(name) && name !== kind.id);
  return { body: Object.fromEntries(shown) };
}

/** A hash is the API's to make, and the id is the key that the record stands under. */
function misnamed(kind: Kind, id: string, record: JsonObject): Issue[] {
  const hashes = kind.secret.filter((name) => name.endsWith("_hash") && Object.hasOwn(record, name));
  const issues = hashes.map((name) => ({ path: [name], message: "is not known here" }));
  const stated = kind.id === undefined || !Object.hasOwn(record, kind.id) ? id : record[kind.id];
  return stated === id
    ? issues
    : [...issues, { path: [kind.id ?? ""], message: "is another id than its key" }];
}

function located(issue: {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}): Issue[] {
  const path = issue.path.map(String);
  if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
  return (issue.keys ?? []).map((key) => ({ path: [...path, key], message: "is not known here" }));
}
