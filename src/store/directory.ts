/** Durable Object `Directory`, 16 a workspace: one row a person, written from their outbox. */
import { DurableObject } from "cloudflare:workers";
import type { Seconds } from "../flow.ts";
import { EVENTS_KEPT } from "./audit/rows.ts";
import { NEVER, Rows } from "./rows.ts";
import type { ListedPerson } from "./subject/rows.ts";

/** Whom to find. Addresses and names are looked for by their keyed hash, because nothing else of them is kept. */
export interface Filter {
  readonly hashes?: readonly string[];
  readonly client_id?: string;
  readonly connection?: string;
  /** How the subject begins. */
  readonly subject?: string;
}

export class Directory extends DurableObject<Cloudflare.Env> {
  readonly #rows: Rows<{ person: ListedPerson; erased: Seconds }>;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#rows = new Rows(ctx);
  }

  /**
   * May arrive twice or late: a row never gets older, and does not come back from before the person was erased. Who comes
   * back in that very second is new in it, and is listed: nobody hides from operators by being quick.
   */
  put(subject: string, person: ListedPerson): void {
    const known = this.#rows.get("person", subject);
    const erased = this.#rows.get("erased", subject) ?? 0;
    if (person.last_seen <= erased && person.first_seen < erased) return;
    if (!known || known.last_seen <= person.last_seen) this.#rows.put("person", subject, person, NEVER);
  }

  /** The person was erased: what is left is a tombstone, for as long as events name them. May arrive after they came back. */
  remove(subject: string, erased_at: Seconds): void {
    this.#rows.put("erased", subject, erased_at, erased_at + EVENTS_KEPT);
    if ((this.#rows.get("person", subject)?.last_seen ?? 0) <= erased_at)
      this.#rows.delete("person", subject);
  }

  /** Their objects are empty; with the last of them this one goes, too. */
  forget(subjects: readonly string[]): void {
    for (const subject of subjects) this.#rows.delete("person", subject);
  }

  has(subject: string): boolean {
    return this.#rows.get("person", subject) !== undefined;
  }

  /** People after a subject, in order; with a filter, those whom it finds. */
  list(limit: number, after: string, filter: Filter): { subject: string; person: ListedPerson }[] {
    const found: { subject: string; person: ListedPerson }[] = [];
    for (const { id, value } of this.#rows.scan("person", after)) {
      if (found.length === limit) break;
      if (id.startsWith(filter.subject ?? "") && fits(value, filter))
        found.push({ subject: id, person: value });
    }
    return found;
  }

  /** The workspace is gone. */
  async destroy(): Promise<void> {
    await this.#rows.destroy();
  }

  override async alarm(): Promise<void> {
    await this.#rows.tidy();
  }
}

function fits(person: ListedPerson, { hashes = [], client_id, connection }: Filter): boolean {
  if (client_id !== undefined && !person.clients.includes(client_id)) return false;
  // One and the same identity has to fit, whichever of the person's it is.
  return [person, ...(person.identities ?? [])].some(
    (identity) =>
      hashes.every((hash) => identity.email_hash === hash || identity.login_hash === hash) &&
      (connection === undefined || identity.connection === connection),
  );
}
