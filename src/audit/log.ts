/** The one writer of refusals: every one to the log, and a bounded number to the audit object. */
import type { Seconds } from "../flow.ts";
import type { OtherEvent } from "./event.ts";

/** Events a second and workspace that one isolate sends on: callers who proved nothing cost no more than this. */
const PER_SECOND = 10;

interface Counter {
  second: Seconds;
  sent: number;
  dropped: number;
}
const counters = new Map<string, Counter>();

/** What is to be sent to the audit object now: the event, a count of those left out before it, or nothing. */
export function admit(event: OtherEvent): OtherEvent[] {
  const counter = counters.get(event.workspace) ?? { second: event.at, sent: 0, dropped: 0 };
  counters.set(event.workspace, counter);
  if (counter.second === event.at && counter.sent >= PER_SECOND) {
    counter.dropped++;
    return [];
  }
  if (counter.second === event.at) {
    counter.sent++;
    return [event];
  }
  const missed = counter.dropped;
  Object.assign(counter, { second: event.at, sent: 1, dropped: 0 });
  const { at, workspace } = event;
  return missed > 0 ? [{ type: "refusals_counted", at, workspace, count: missed }, event] : [event];
}

/** One structured line. */
export function log(event: OtherEvent): void {
  console.log(JSON.stringify(event));
}
