/** Durable Object `Audit`, one a workspace and day: events in order. */
import { DurableObject } from "cloudflare:workers";
import type { AuditEvent } from "../audit/event.ts";
import { type Figure, tally } from "../audit/metrics.ts";
import { randomId } from "../crypto/handle.ts";
import type { JsonObject, Seconds } from "../flow.ts";
import type { Sealed } from "../crypto/seal.ts";
import { keepExecution, kept } from "./audit/executions.ts";
import { failing } from "./audit/failing.ts";
import { leavingOut } from "./audit/leaving-out.ts";
import { type Yields, yieldsOf } from "./audit/yields.ts";
import { Forwarder } from "./audit/forwarder.ts";
import { type AuditRows, EVENTS_KEPT } from "./audit/rows.ts";
import { clock, Rows } from "./rows.ts";

interface Kept {
  readonly id: string;
  readonly event: AuditEvent;
}

/** Which events are asked for; empty for all. */
export interface EventFilter {
  readonly type?: string;
  readonly subject?: string;
  readonly client_id?: string;
  readonly connection?: string;
  readonly request_id?: string;
}

/** Refusals a second that are kept one by one, whatever the number of isolates; the rest is counted in one row. */
const REFUSALS_PER_SECOND = 10;

export class Audit extends DurableObject<Cloudflare.Env> {
  readonly #rows: Rows<AuditRows>;
  readonly #forwarder: Forwarder;
  #second = { at: 0, refusals: 0 };

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#rows = new Rows(ctx);
    this.#forwarder = new Forwarder(this.#rows, env);
  }

  /** Ids begin with the time, so order is kept; an event that arrives twice is one event. */
  async append(events: readonly Kept[]): Promise<void> {
    const wanted = await this.#forwarder.isWanted(events[0]?.event.workspace ?? "");
    this.ctx.storage.transactionSync(() => {
      const fresh = events
        .filter(({ id }) => this.#rows.get("event", id) === undefined)
        .flatMap((given) => [given, ...this.#alerts(given)])
        .filter((one) => this.#keep(one));
      if (wanted && fresh.length > 0) this.#forwarder.add(fresh.map(({ id }) => id));
    });
  }

  /** @returns whether it is a row of its own */
  #keep({ id, event }: Kept): boolean {
    if (event.type === "refused" && !this.#admits()) return this.#count(event);
    this.#rows.put("event", id, event, clock() + EVENTS_KEPT);
    return true;
  }

  #alerts({ event }: Kept): Kept[] {
    const alert = failing(this.#rows, event) ?? leavingOut(this.#rows, event);
    const { at, workspace } = event;
    return alert ? [{ id: `${at}-${randomId()}`, event: { type: "alert", at, workspace, ...alert } }] : [];
  }

  /** A flood of strangers must neither fill the object nor push aside what operators and people did. */
  #admits(): boolean {
    if (this.#second.at !== clock()) this.#second = { at: clock(), refusals: 0 };
    return this.#second.refusals++ < REFUSALS_PER_SECOND;
  }

  #count({ workspace }: AuditEvent): boolean {
    const at = clock();
    const id = `${at}-~refusals`;
    const known = this.#rows.get("event", id);
    const count = (known?.type === "refusals_counted" ? known.count : 0) + 1;
    this.#rows.put("event", id, { type: "refusals_counted", at, workspace, count }, at + EVENTS_KEPT);
    return !known;
  }

  /** Events before an id, the latest first. @param before an id, or empty for the end of the day */
  list(limit: number, before: string, filter: EventFilter): { id: string; event: AuditEvent }[] {
    const found: { id: string; event: AuditEvent }[] = [];
    for (const { id, value } of this.#rows.scan("event", before || "~", true)) {
      if (found.length === limit) break;
      if (fits(value, filter)) found.push({ id, event: value });
    }
    return found;
  }

  /** The latest of one person. @param looked events that are looked through, whoever they are of */
  about(subject: string, most: number, looked: number): { events: AuditEvent[]; complete: boolean } {
    const events: AuditEvent[] = [];
    let left = looked;
    for (const { value } of this.#rows.scan("event", "~", true)) {
      if (events.length === most || left-- === 0) return { events, complete: false };
      if (fits(value, { subject })) events.push(value);
    }
    return { events, complete: true };
  }

  /** Outcomes of sign-ins from one time until before another. */
  figures(from: Seconds, to: Seconds): Figure[] {
    const figures = new Map<string, Figure>();
    for (const { value } of this.#rows.scan("event", ""))
      if (value.at >= from && value.at < to) tally(figures, [value]);
    return [...figures.values()];
  }

  /** What mappings gave in the latest sign-ins. @param looked events that are looked through, whatever they are */
  yields(looked: number): Yields[] {
    return yieldsOf(this.#latest(looked));
  }

  *#latest(most: number): Generator<AuditEvent> {
    let left = most;
    for (const { value } of this.#rows.scan("event", "~", true)) {
      if (left-- === 0) return;
      yield value;
    }
  }

  recordExecution(script: string, sealed: Sealed<JsonObject>): void {
    keepExecution(this.#rows, script, sealed);
  }

  /** Of one script, the latest first. */
  executions(script: string): Sealed<JsonObject>[] {
    return kept(this.#rows, script).map(({ value }) => value);
  }

  /** Whether events of this day are still to be sent on. */
  waits(): boolean {
    return this.#forwarder.waits;
  }

  /** The workspace is gone. */
  async destroy(): Promise<void> {
    await this.#rows.destroy();
  }

  override async alarm(): Promise<void> {
    await this.#forwarder.run();
    await this.#rows.tidy();
    this.#forwarder.wake();
  }
}

function fits(event: AuditEvent, filter: EventFilter): boolean {
  const members: Readonly<Record<string, unknown>> = { ...event };
  return Object.entries(filter).every(([name, value]) => members[name] === value);
}
