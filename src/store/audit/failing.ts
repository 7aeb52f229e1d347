/** Notices a connection whose provider fails again and again, from the events that come by. */
import type { Alert, AuditEvent } from "../../audit/event.ts";
import type { UpstreamReason } from "../../connectors/upstream-error.ts";
import type { Seconds } from "../../flow.ts";
import type { Rows } from "../rows.ts";
import type { AuditRows } from "./rows.ts";

/** So many failures in so many seconds, without a success between them, are worth somebody's attention. */
const FAILURES = 5;
const WITHIN = 600;
/** Seconds without another alert for the same connection. */
const QUIET = 3_600;

/** The person's own doing, or a stranger's: says nothing about the provider. */
const NOT_THE_PROVIDER: readonly (UpstreamReason | undefined)[] = ["denied", "state", undefined];

/** @returns an alert, at most one an hour and connection */
export function failing(rows: Rows<AuditRows>, event: AuditEvent): Alert | undefined {
  if (event.type === "sign_in") {
    if (rows.get("failing", event.connection)) heal(rows, event.connection, event.at);
    return undefined;
  }
  if (event.type !== "refused" || event.connection === undefined) return undefined;
  if (NOT_THE_PROVIDER.includes(event.upstream as UpstreamReason | undefined)) return undefined;
  const { connection, upstream = "", at } = event;
  const known = rows.get("failing", connection) ?? { at: [], alerted_at: 0 };
  const lately = [...known.at.filter((time) => time > at - WITHIN), at].slice(-FAILURES);
  const alarming = lately.length >= FAILURES && known.alerted_at + QUIET <= at;
  const alerted_at = alarming ? at : known.alerted_at;
  rows.put("failing", connection, { at: lately, alerted_at }, at + QUIET);
  return alarming
    ? { alert: "connection_failing", connection, failures: lately.length, upstream }
    : undefined;
}

/** A sign-in is told of half a minute late: failures that came after it stay. */
function heal(rows: Rows<AuditRows>, connection: string, success: Seconds): void {
  const { at, alerted_at } = rows.get("failing", connection) ?? { at: [], alerted_at: 0 };
  rows.put("failing", connection, { at: at.filter((time) => time > success), alerted_at }, success + QUIET);
}
