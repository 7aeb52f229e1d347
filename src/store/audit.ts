/** Durable Object `Audit`, one a workspace and day: events in order. */
import { DurableObject } from "cloudflare:workers";
import type { AuditEvent } from "../audit/event.ts";
import { clock, Rows } from "./rows.ts";

/** Seconds that events are kept. */
const KEPT = 400 * 86_400;

export class Audit extends DurableObject<Cloudflare.Env> {
  readonly #rows: Rows<{ event: AuditEvent }>;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#rows = new Rows(ctx);
  }

  /** Ids begin with the time, so order is kept; an event that arrives twice is one event. */
  append(events: readonly { id: string; event: AuditEvent }[]): void {
    for (const { id, event } of events) this.#rows.add("event", id, event, clock() + KEPT);
  }

  list(limit: number): AuditEvent[] {
    return this.#rows.list("event", limit).map(({ value }) => value);
  }

  override async alarm(): Promise<void> {
    await this.#rows.tidy();
  }
}
