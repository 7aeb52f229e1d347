/**
 * What is known of providers beyond their records: until when their certificates last, read anew from their metadata by the
 * alarm (design §4: no cron). A sign-in reads metadata by itself and never waits for this, and takes what is read here where
 * it cannot; what cannot be read here keeps what was known, and operators are told.
 */
import type { AuditEvent } from "../../audit/event.ts";
import type { ReadBefore } from "../../connectors/connector.ts";
import { type Connection, outlookOf } from "../../connectors/index.ts";
import { randomId } from "../../crypto/handle.ts";
import type { Seconds } from "../../flow.ts";
import { guardedFetch } from "../outbound.ts";
import { keyOf } from "../published.ts";
import { clock } from "../rows.ts";
import { METADATA } from "./documents.ts";
import type { Versions } from "./versions.ts";

/** One row a connection, kept like a record. */
const OUTLOOK = "outlook";
/** Where an earlier version kept all of them in one value. An empty one says that what there was is in rows. */
const EARLIER = "outlooks";
const IN_ROWS = "{}";
/** Seconds between two looks at metadata. */
const EVERY = 6 * 3_600;
/** The same, where they end sooner or cannot be read. */
const SOONEST = 3_600;
/** Looked at in one go: each may take ten seconds. */
const MOST = 20;

interface Known {
  /** When to look again; null for never. */
  readonly next: Seconds | null;
  readonly certificates_expire_at?: Seconds;
  readonly failing?: true;
}

interface Seen {
  readonly seen?: Known;
  readonly read?: ReadBefore;
}
const NOTHING: Seen = {};

export class Outlooks {
  readonly #versions: Versions;
  readonly #fetch: typeof fetch;

  constructor(versions: Versions, env: Pick<Cloudflare.Env, "LOOPBACK">) {
    this.#versions = versions;
    this.#fetch = guardedFetch({
      // An object has no app to ask, and no provider is here.
      isOurs: () => false,
      loopback: env.LOOPBACK === "on",
      self: () => Promise.reject(new TypeError("nothing of ours is called")),
    });
  }

  /** What an earlier version kept of all becomes rows; what is from before anybody looked is looked at. Safe to repeat. */
  takeOver(): void {
    const earlier = this.#versions.meta(EARLIER);
    if (earlier === IN_ROWS) return;
    const known = earlier === undefined ? undefined : (JSON.parse(earlier) as Record<string, Known>);
    this.#versions.together(() => {
      for (const { id } of this.#versions.list("connections")) {
        const before = known ? known[id] : { next: clock() };
        // What was written since has a row of its own already.
        if (before && !this.#known(id)) this.#keep(id, before);
      }
      this.#versions.setMeta(EARLIER, IN_ROWS);
    });
  }

  /** When to look next: at once at what was written. */
  get due(): Seconds {
    return this.#versions.least(OUTLOOK, "next") ?? Infinity;
  }

  /** Until when the certificates of a connection last; undefined where that is not known. */
  endOf(connection: string): Seconds | undefined {
    return this.#known(connection)?.certificates_expire_at;
  }

  /** The same of all connections, of those of which it is known. */
  ends(): { readonly connection: string; readonly end: Seconds }[] {
    return this.#versions.list(OUTLOOK).flatMap(({ id: connection, body }) => {
      const { certificates_expire_at: end } = JSON.parse(body) as Known;
      return end === undefined ? [] : [{ connection, end }];
    });
  }

  /** A connection was written, and what was known is of another one, perhaps. Whether there is anything to know of its kind shows when it is looked at. */
  expect(connection: string): void {
    this.#keep(connection, { next: clock() });
  }

  /** A connection was deleted: with it goes what is known of its provider, and the copy for isolates that cannot read it. */
  forget(workspace: string, connection: string): void {
    this.#keep(connection, undefined);
    this.#publish(workspace, connection, undefined);
  }

  /** Run by the alarm. @returns ends of certificates that were not known before */
  async look(workspace: string): Promise<Seconds[]> {
    const ends: Seconds[] = [];
    const all = this.#versions
      .list(OUTLOOK)
      .map(({ id, body }) => ({ id, known: JSON.parse(body) as Known }));
    const due = all.filter(({ known: { next } }) => next !== null && next <= clock());
    for (const { id, known } of due.slice(0, MOST)) {
      const row = this.#versions.read("connections", id);
      const connection = row && (JSON.parse(row.body) as Connection);
      const { seen, read } = connection ? await this.#see(connection, known) : NOTHING;
      // Written meanwhile: what was seen is of another provider, perhaps.
      if (this.#versions.read("connections", id)?.version !== row?.version) continue;
      const { certificates_expire_at: end, failing } = seen ?? {};
      if (failing && !known.failing) this.#tell(workspace, id);
      if (end !== undefined && end !== known.certificates_expire_at) ends.push(end);
      this.#keep(id, seen);
      // What cannot be read now leaves what was read before, as long as that serves.
      if (!failing) this.#publish(workspace, id, read);
    }
    return ends;
  }

  async #see(connection: Connection, known: Known): Promise<Seen> {
    const at = clock();
    try {
      const outlook = await outlookOf(connection, { fetch: this.#fetch, now: clock });
      if (!outlook) return NOTHING;
      const { certificates_expire_at: end, valid_until = Infinity, cache_duration = EVERY, copy } = outlook;
      const wanted = Math.min(at + EVERY, at + cache_duration, valid_until);
      const next = copy ? Math.max(wanted, at + SOONEST) : null;
      const seen = { next, ...(end !== undefined && { certificates_expire_at: end }) };
      return { seen, ...(copy && { read: { at, copy } }) };
    } catch {
      // Whatever it is: one provider must not keep the alarm from the rest of its work.
      const { certificates_expire_at: before } = known;
      const kept = before !== undefined && { certificates_expire_at: before };
      return { seen: { next: at + SOONEST, failing: true, ...kept } };
    }
  }

  /** For isolates that come to know the connection while its provider's metadata cannot be read. */
  #publish(workspace: string, connection: string, read: ReadBefore | undefined): void {
    const keys = [keyOf.metadata(workspace, connection)];
    if (read) this.#versions.write(METADATA, connection, JSON.stringify(read), keys);
    else if (this.#versions.read(METADATA, connection)) this.#versions.remove(METADATA, connection, keys);
  }

  #tell(workspace: string, connection: string): void {
    const at = clock();
    const event: AuditEvent = { type: "alert", alert: "metadata_unreadable", at, workspace, connection };
    this.#versions.record(`${at}-${randomId()}`, JSON.stringify(event));
  }

  #known(connection: string): Known | undefined {
    const row = this.#versions.read(OUTLOOK, connection);
    return row && (JSON.parse(row.body) as Known);
  }

  #keep(connection: string, known: Known | undefined): void {
    if (known) this.#versions.write(OUTLOOK, connection, JSON.stringify(known), []);
    else this.#versions.remove(OUTLOOK, connection, []);
  }
}
