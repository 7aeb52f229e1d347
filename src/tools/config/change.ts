/** What would be done to one record. */
import type { JsonObject } from "../../flow.ts";
import type { Difference } from "./differences.ts";
import type { Kind } from "./kinds.ts";
import type { Wanted } from "./wanted.ts";

export interface Change {
  /** `send`: only secrets, of which nobody can see whether they differ. `left`: it is not in the file, and stays. */
  readonly as: "create" | "change" | "send" | "remove" | "left";
  readonly kind: Kind;
  readonly id: string;
  readonly differences: readonly Difference[];
  /** The record as it shall be, without secrets. */
  readonly body: JsonObject;
  /** Secrets as members of the record, where they are sent. */
  readonly secrets?: JsonObject;
  /** What is to be said about secrets. */
  readonly notes: readonly string[];
  /** The version that this was judged by. */
  readonly etag?: string;
  /** Undefined for what the file does not name. */
  readonly wanted?: Wanted;
}

export interface Plan {
  readonly workspace: string;
  readonly exists: boolean;
  readonly changes: readonly Change[];
}

/** Whether applying would change something that can be seen. */
export function differs({ changes }: Plan): boolean {
  return changes.some(({ as }) => as === "create" || as === "change" || as === "remove");
}
