/** Outcomes of sign-ins as figures: one data point each for Analytics Engine, and the same counted from audit events. */
import type { Seconds } from "../flow.ts";
import type { AuditEvent } from "./event.ts";

/** What the metrics see of a sign-in that a person's object decided. */
export interface SignInEvent {
  readonly type: "sign_in" | "session_resumed";
  readonly connection: string;
  readonly client_id: string;
}

/** How one sign-in ended. Everything is an operator's or our own word: a stranger cannot make up another dimension. */
export interface Outcome {
  readonly outcome: "signed_in" | "resumed" | "refused";
  readonly connection: string;
  readonly client_id: string;
  /** Why it was refused: what was wrong with the provider's answer, or the error that the client was told. */
  readonly reason: string;
  readonly count: number;
}

type Counted = SignInEvent | AuditEvent;

/** @returns undefined for events that are no outcome of a sign-in */
function outcomeOf(event: Counted): Outcome | undefined {
  const outcome = (
    name: Outcome["outcome"],
    about: { connection?: string; client_id?: string },
    reason = "",
    count = 1,
  ) => ({
    outcome: name,
    connection: about.connection ?? "",
    client_id: about.client_id ?? "",
    reason,
    count,
  });
  switch (event.type) {
    case "sign_in":
      return outcome("signed_in", event);
    case "session_resumed":
      return outcome("resumed", event);
    case "refused":
      return outcome("refused", event, event.upstream ?? event.error);
    case "refusals_counted":
      return outcome("refused", {}, "not_kept", event.count);
    default:
      return undefined;
  }
}

/** Counted by what they have in common. */
export interface Figure extends Omit<Outcome, "client_id"> {
  /** Start of the hour, seconds since 1970. */
  readonly hour: Seconds;
}

const HOUR = 3_600;

/** Adds events to figures; `figures` is changed, so that a long list is read a part at a time. */
export function tally(figures: Map<string, Figure>, events: readonly AuditEvent[]): void {
  for (const event of events) {
    const known = outcomeOf(event);
    if (!known) continue;
    const { outcome, connection, reason, count } = known;
    const hour = event.at - (event.at % HOUR);
    const name = JSON.stringify([hour, outcome, connection, reason]);
    const before = figures.get(name)?.count ?? 0;
    figures.set(name, { hour, outcome, connection, reason, count: before + count });
  }
}

/** Needs no binding: without one nothing is written. */
export function writeMetric(
  dataset: AnalyticsEngineDataset | undefined,
  event: Counted & { readonly workspace: string },
): void {
  const known = dataset && outcomeOf(event);
  if (!known) return;
  const { outcome, connection, client_id, reason, count } = known;
  dataset.writeDataPoint({
    indexes: [event.workspace],
    blobs: [event.workspace, connection, outcome, reason, client_id],
    doubles: [count],
  });
}
