/** Executions of scripts that an operator is looking at: sealed, few, and gone after a day. */
import type { Place, Sealed } from "../../crypto/seal.ts";
import { randomId } from "../../crypto/handle.ts";
import type { JsonObject } from "../../flow.ts";
import { clock, type Rows } from "../rows.ts";
import type { AuditRows } from "./rows.ts";

/** Of one script. */
const MOST = 20;
const KEPT = 86_400;

export const executionPlace = (workspace: string, script: string): Place => ({
  purpose: "execution",
  workspace,
  owner: script,
});

export function keepExecution(rows: Rows<AuditRows>, script: string, sealed: Sealed<JsonObject>): void {
  const order = String(Date.now()).padStart(14, "0");
  rows.put("execution", `${script}/${order}-${randomId()}`, sealed, clock() + KEPT);
  for (const { id } of kept(rows, script).slice(MOST)) rows.delete("execution", id);
}

/** The latest first. */
export function kept(rows: Rows<AuditRows>, script: string): { id: string; value: Sealed<JsonObject> }[] {
  const found: { id: string; value: Sealed<JsonObject> }[] = [];
  for (const row of rows.scan("execution", `${script}/~`, true)) {
    if (!row.id.startsWith(`${script}/`)) break;
    found.push(row);
  }
  return found;
}
