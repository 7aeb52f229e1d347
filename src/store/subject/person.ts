/** What every decision about a person works on. */
import type { PersonEvent } from "../../audit/event.ts";
import { randomId } from "../../crypto/handle.ts";
import type { Seconds } from "../../flow.ts";
import type { About } from "./about.ts";
import { clock, NEVER, type Rows } from "../rows.ts";
import type { OutboxRow, SubjectRows } from "./rows.ts";

/** Seconds until the outbox is delivered. */
export const OUTBOX_DELAY = 30;

/** An event without what every event has. */
type EventBody = PersonEvent extends infer E
  ? E extends PersonEvent
    ? Omit<E, "at" | keyof About>
    : never
  : never;

export class Person {
  readonly rows: Rows<SubjectRows>;
  #sequence = 0;

  constructor(rows: Rows<SubjectRows>) {
    this.rows = rows;
  }

  /** Scopes that this person granted a client since a time, and did not withdraw. */
  granted(client_id: string, since: Seconds): string[] {
    const scopes = Object.entries(this.rows.get("consent", client_id)?.scopes ?? {});
    return scopes.filter(([, given]) => given >= since).map(([name]) => name);
  }

  record(about: About, event: EventBody): void {
    this.send({ to: "audit", event: { at: clock(), ...about, ...event } });
  }

  /** In the same transaction as the decision: what is sent is never lost, and costs no call. */
  send(row: OutboxRow): void {
    const id = `${clock()}-${String(this.#sequence++).padStart(6, "0")}-${randomId()}`;
    this.rows.put("outbox", id, row, NEVER);
    this.rows.wake(clock() + OUTBOX_DELAY);
  }
}
