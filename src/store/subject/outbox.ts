/** What decisions tell others: kept in the transaction of the decision, delivered later by the alarm. Never lost, and no call. */
import type { PersonEvent } from "../../audit/event.ts";
import { randomId } from "../../crypto/handle.ts";
import { clock, NEVER, type Rows } from "../rows.ts";
import type { OutboxRow, SubjectRows } from "./rows.ts";

/** Seconds until the outbox is delivered. */
export const OUTBOX_DELAY = 30;
/** Events in one row, which is written anew with each decision that adds to it. */
const MOST = 16;

export class Outbox {
  readonly #rows: Rows<SubjectRows>;
  #sequence = 0;
  /** Of the decision that is being made. */
  #told: PersonEvent[] | undefined;
  /** The row that takes further events: the platform bills each row that is written, and each that is deleted. */
  #open: { readonly id: string; readonly events: readonly PersonEvent[] } | undefined;

  constructor(rows: Rows<SubjectRows>) {
    this.#rows = rows;
  }

  /** Writes once what a decision tells in many places; also where it throws halfway, for its rows stay then. */
  during<T>(decision: () => T): T {
    this.#told = [];
    try {
      return decision();
    } finally {
      const told = this.#told;
      this.#told = undefined;
      if (told.length > 0) this.#write(told);
    }
  }

  tell(event: PersonEvent): void {
    if (this.#told) this.#told.push(event);
    else this.#write([event]);
  }

  send(row: OutboxRow): void {
    this.#put(this.#nextId(), row);
  }

  /** Rows that are about to be delivered take nothing more: what came later would go with them when they are deleted. */
  close(): void {
    this.#open = undefined;
  }

  /** In rows of bounded size: one that took all that a large decision tells could not be written, and failed it. */
  #write(told: readonly PersonEvent[]): void {
    for (let rest = told; rest.length > 0;) {
      const open = this.#open && this.#open.events.length < MOST ? this.#open : undefined;
      const { id, events: before } = open ?? { id: this.#nextId(), events: [] };
      const events = [...before, ...rest.slice(0, MOST - before.length)];
      this.#put(id, { to: "audit", events });
      this.#open = { id, events };
      rest = rest.slice(events.length - before.length);
    }
  }

  #put(id: string, row: OutboxRow): void {
    this.#rows.put("outbox", id, row, NEVER);
    this.#rows.wake(clock() + OUTBOX_DELAY);
  }

  #nextId(): string {
    return `${clock()}-${String(this.#sequence++).padStart(6, "0")}-${randomId()}`;
  }
}
