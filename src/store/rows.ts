/**
 * The one table of a Durable Object: rows of a kind, each with an expiry that every read respects.
 * Synchronous, so a decision made of several reads and writes is atomic.
 */
import type { Seconds } from "../flow.ts";

/** Seconds between two alarms that only tidy up. */
const TIDY = 3_600;

const TABLE =
  "CREATE TABLE IF NOT EXISTS row (kind TEXT, id TEXT, expires INTEGER, body TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID";

export class Rows<Kinds extends object> {
  readonly #ctx: DurableObjectState;
  readonly #now: () => Seconds;
  #alarm: Seconds | undefined;
  #ready = false;

  constructor(ctx: DurableObjectState, now: () => Seconds = clock) {
    this.#ctx = ctx;
    this.#now = now;
    void ctx.blockConcurrencyWhile(async () => {
      const alarm = await ctx.storage.getAlarm();
      this.#alarm = alarm === null ? undefined : Math.ceil(alarm / 1_000);
    });
  }

  get<K extends keyof Kinds & string>(kind: K, id: string): Kinds[K] | undefined {
    const [row] = this.#exec<{ body: string }>(
      "SELECT body FROM row WHERE kind = ? AND id = ? AND expires > ?",
      kind,
      id,
      this.#now(),
    );
    return row && (JSON.parse(row.body) as Kinds[K]);
  }

  list<K extends keyof Kinds & string>(kind: K, limit = 10_000): { id: string; value: Kinds[K] }[] {
    return this.#exec<{ id: string; body: string }>(
      "SELECT id, body FROM row WHERE kind = ? AND expires > ? ORDER BY id LIMIT ?",
      kind,
      this.#now(),
      limit,
    ).map(({ id, body }) => ({ id, value: JSON.parse(body) as Kinds[K] }));
  }

  /** @param expires seconds since 1970; the row is gone from then on */
  put<K extends keyof Kinds & string>(kind: K, id: string, value: Kinds[K], expires: Seconds): void {
    this.#exec(
      "INSERT OR REPLACE INTO row (kind, id, expires, body) VALUES (?, ?, ?, ?)",
      kind,
      id,
      expires,
      JSON.stringify(value),
    );
    if (expires < NEVER) this.wake(Math.max(expires, this.#now() + TIDY));
  }

  /** Put-if-absent. @returns false when the row is there */
  add<K extends keyof Kinds & string>(kind: K, id: string, value: Kinds[K], expires: Seconds): boolean {
    if (this.get(kind, id) !== undefined) return false;
    this.put(kind, id, value, expires);
    return true;
  }

  delete(kind: keyof Kinds & string, id: string): void {
    this.#exec("DELETE FROM row WHERE kind = ? AND id = ?", kind, id);
  }

  /** Brings the one alarm forward to `at`; a later time changes nothing. */
  wake(at: Seconds): void {
    if (this.#alarm !== undefined && this.#alarm <= at) return;
    this.#alarm = at;
    void this.#ctx.storage.setAlarm(at * 1_000);
  }

  /** Run by the alarm: removes what has expired, and the whole object when nothing is left. */
  async tidy(): Promise<void> {
    this.#alarm = undefined;
    this.#exec("DELETE FROM row WHERE expires <= ?", this.#now());
    const [next] = this.#exec<{ at: Seconds | null }>("SELECT min(expires) AS at FROM row");
    if (next?.at == null) {
      this.#ready = false;
      await this.#ctx.storage.deleteAll();
    } else if (next.at < NEVER) this.wake(Math.max(next.at, this.#now() + TIDY));
  }

  #exec<R extends Record<string, SqlStorageValue>>(query: string, ...bindings: SqlStorageValue[]): R[] {
    if (!this.#ready) this.#ctx.storage.sql.exec(TABLE);
    this.#ready = true;
    return this.#ctx.storage.sql.exec<R>(query, ...bindings).toArray();
  }
}

/** Seconds since 1970. */
export function clock(): Seconds {
  return Math.floor(Date.now() / 1_000);
}

/** An expiry that is never reached: year 9999. */
export const NEVER: Seconds = 253_402_300_799;
