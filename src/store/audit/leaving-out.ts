/** Notices values that were too large to be carried, from the events that come by. */
import type { Alert, AuditEvent } from "../../audit/event.ts";
import type { Rows } from "../rows.ts";
import type { AuditRows } from "./rows.ts";

const DAY = 86_400;

/** Reasons that an operator should hear of: a value was there, and nobody got it. */
const SIZES = /: (?:too_large|too_many_elements|too_deep|inexact_number|context_full)$/;

/** @returns an alert, at most one a day for each connection and each application */
export function leavingOut(rows: Rows<AuditRows>, event: AuditEvent): Alert | undefined {
  if (event.type !== "sign_in" && event.type !== "claims_left_out") return undefined;
  const told = event.left_out ?? [];
  const left_out = event.type === "sign_in" ? told.filter((one) => SIZES.test(one)) : told;
  if (left_out.length === 0) return undefined;
  const about =
    event.type === "sign_in"
      ? { connection: event.connection }
      : { ...(event.client_id !== undefined && { client_id: event.client_id }) };
  // An object of the audit is for one day, so the row is there for as long as it matters.
  if (!rows.add("warned", JSON.stringify(about), true, event.at + DAY)) return undefined;
  return { alert: "values_left_out", ...about, left_out };
}
