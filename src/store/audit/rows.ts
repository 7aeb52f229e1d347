/** What the audit object of one workspace and day keeps. */
import type { AuditEvent } from "../../audit/event.ts";
import type { Sealed } from "../../crypto/seal.ts";
import type { JsonObject, Seconds } from "../../flow.ts";

/** Seconds that events are kept. */
export const EVENTS_KEPT = 400 * 86_400;

export interface AuditRows {
  event: AuditEvent;
  /** Ids of events that an operator's address has not taken yet, by the order in which they came. */
  unsent: string;
  forwarding: Forwarding;
  failing: Failing;
  /** Executions of scripts, by script and time. */
  execution: Sealed<JsonObject>;
  /** Of what operators were warned today. */
  warned: true;
}

/** How sending on stands. */
export interface Forwarding {
  readonly failures: number;
  readonly next: Seconds;
}

/** A connection whose provider failed lately. */
export interface Failing {
  /** When, in the last minutes and since the last success. */
  readonly at: readonly Seconds[];
  readonly alerted_at: Seconds;
}
