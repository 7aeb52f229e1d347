/** Every change of configuration is an event: who, what, before and after without secrets. */
import { randomId } from "../../crypto/handle.ts";
import type { JsonObject } from "../../flow.ts";
import { clock } from "../rows.ts";
import type { Versions } from "./versions.ts";

/** Who changes something, and in which request. */
export interface By {
  /** `bootstrap key`, `client shop`, `person 0a1b…`, `access ada@example.com`. */
  readonly by: string;
  readonly request_id: string;
}

/** Characters of one member's value in an event; longer ones are named, not shown. */
const LONGEST = 2_000;

/** Called in the transaction of the change. @param secret members whose values stay out */
export function recordChange(
  versions: Versions,
  { by, request_id }: By,
  workspace: string,
  what: { readonly record: string; readonly id: string; readonly change: string },
  secret: readonly string[] = [],
  before: JsonObject = {},
  after: JsonObject = {},
): void {
  const at = clock();
  const changes = differences(before, after);
  for (const name of secret) if (name in changes) changes[name] = {};
  const { id: record_id, ...rest } = what;
  const event = { type: "configuration_changed", at, workspace, request_id, by, ...rest, record_id, changes };
  // In the order in which they happened, within one second too.
  const order = String(versions.version).padStart(10, "0");
  versions.record(`${at}-${order}-${randomId()}`, JSON.stringify(event));
}

/** Members that differ, with both values as JSON; a secret is named, not shown. */
function differences(
  before: JsonObject,
  after: JsonObject,
): Record<string, { before?: string; after?: string }> {
  const changed: Record<string, { before?: string; after?: string }> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [short(before[name]), short(after[name])];
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      changed[name] = { ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) };
  }
  return changed;
}

function short(value: unknown): string | undefined {
  const text = JSON.stringify(value);
  return text !== undefined && text.length > LONGEST ? `(${text.length} characters)` : text;
}
