/** Durable Object `Audit`, one a workspace and day: events in order. */
import { DurableObject } from "cloudflare:workers";
import type { AuditEvent } from "../audit/event.ts";
import { clock, Rows } from "./rows.ts";

/** Seconds that events are kept. */
const KEPT = 400 * 86_400;

/** Refusals a second that are kept one by one, whatever the number of isolates; the rest is counted in one row. */
const REFUSALS_PER_SECOND = 10;

export class Audit extends DurableObject<Cloudflare.Env> {
  readonly #rows: Rows<{ event: AuditEvent }>;
  #second = { at: 0, refusals: 0 };

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#rows = new Rows(ctx);
  }

  /** Ids begin with the time, so order is kept; an event that arrives twice is one event. */
  append(events: readonly { id: string; event: AuditEvent }[]): void {
    for (const { id, event } of events)
      if (event.type !== "refused" || this.#admits()) this.#rows.add("event", id, event, clock() + KEPT);
      else this.#count(event);
  }

  /** A flood of strangers must neither fill the object nor push aside what operators and people did. */
  #admits(): boolean {
    if (this.#second.at !== clock()) this.#second = { at: clock(), refusals: 0 };
    return this.#second.refusals++ < REFUSALS_PER_SECOND;
  }

  #count({ workspace }: AuditEvent): void {
    const at = clock();
    const id = `${at}-~refusals`;
    const known = this.#rows.get("event", id);
    const count = (known?.type === "refusals_counted" ? known.count : 0) + 1;
    this.#rows.put("event", id, { type: "refusals_counted", at, workspace, count }, at + KEPT);
  }

  list(limit: number): AuditEvent[] {
    return this.#rows.list("event", limit).map(({ value }) => value);
  }

  override async alarm(): Promise<void> {
    await this.#rows.tidy();
  }
}
