/** What every decision about a person works on. */
import type { PersonEvent } from "../../audit/event.ts";
import { type AskingSince, scopeStands } from "../../oauth/consent.ts";
import type { About } from "./about.ts";
import { clock, type Rows } from "../rows.ts";
import { Outbox } from "./outbox.ts";
import type { SubjectRows } from "./rows.ts";

/** An event without what every event has. */
type EventBody = PersonEvent extends infer E
  ? E extends PersonEvent
    ? Omit<E, "at" | keyof About>
    : never
  : never;

export class Person {
  readonly rows: Rows<SubjectRows>;
  readonly outbox: Outbox;

  constructor(rows: Rows<SubjectRows>) {
    this.rows = rows;
    this.outbox = new Outbox(rows);
  }

  /** Scopes that this person granted a client, and did not withdraw, as far as nobody else ended them. */
  granted(client_id: string, { since, scopes }: AskingSince): string[] {
    const granted = Object.entries(this.rows.get("consent", client_id)?.scopes ?? {});
    return granted
      .filter(([name, given]) => given >= since && scopeStands(scopes, name, given))
      .map(([name]) => name);
  }

  record(about: About, event: EventBody): void {
    this.outbox.tell({ at: clock(), ...about, ...event });
  }
}
