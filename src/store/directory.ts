/** Durable Object `Directory`, 16 a workspace: one row a person, written from their outbox. */
import { DurableObject } from "cloudflare:workers";
import { NEVER, Rows } from "./rows.ts";
import type { PersonRow } from "./subject/rows.ts";

export class Directory extends DurableObject<Cloudflare.Env> {
  readonly #rows: Rows<{ person: PersonRow }>;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#rows = new Rows(ctx);
  }

  /** May arrive twice or late: a row never gets older. */
  put(subject: string, person: PersonRow): void {
    const known = this.#rows.get("person", subject);
    if (!known || known.last_seen <= person.last_seen) this.#rows.put("person", subject, person, NEVER);
  }

  list(limit: number): { id: string; value: PersonRow }[] {
    return this.#rows.list("person", limit);
  }

  override async alarm(): Promise<void> {
    await this.#rows.tidy();
  }
}
