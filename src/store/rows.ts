/**
 * The one table of a Durable Object: rows of a kind, each with an expiry that every read respects.
 * Synchronous, so a decision made of several reads and writes is atomic.
 */
import type { Seconds } from "../flow.ts";

/** Seconds between two alarms that only tidy up. */
const TIDY = 3_600;

const TABLE =
  "CREATE TABLE IF NOT EXISTS row (kind TEXT, id TEXT, expires INTEGER, body TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID";

/** No table before the first row: an object that only looks costs no storage. */
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

  list<K extends keyof Kinds & string>(kind: K, limit = 1_000_000): { id: string; value: Kinds[K] }[] {
    return this.#exec<{ id: string; body: string }>(
      "SELECT id, body FROM row WHERE kind = ? AND expires > ? ORDER BY id LIMIT ?",
      kind,
      this.#now(),
      limit,
    ).map(({ id, body }) => ({ id, value: JSON.parse(body) as Kinds[K] }));
  }

  /** Rows one by one, for a reader who stops when it has enough. @param down from the last id, below `from` */
  *scan<K extends keyof Kinds & string>(
    kind: K,
    from: string,
    down = false,
  ): Generator<{ id: string; value: Kinds[K] }> {
    const [past, order] = down ? ["id < ?", "DESC"] : ["id > ?", "ASC"];
    const rows = this.#query<{ id: string; body: string }>(
      `SELECT id, body FROM row WHERE kind = ? AND ${past} AND expires > ? ORDER BY id ${order}`,
      kind,
      from,
      this.#now(),
    );
    for (const { id, body } of rows) yield { id, value: JSON.parse(body) as Kinds[K] };
  }

  /** @param expires seconds since 1970; the row is gone from then on */
  put<K extends keyof Kinds & string>(kind: K, id: string, value: Kinds[K], expires: Seconds): void {
    if (!this.#ready) this.#ctx.storage.sql.exec(TABLE);
    this.#ready = true;
    this.#exec(
      "INSERT OR REPLACE INTO row (kind, id, expires, body) VALUES (?, ?, ?, ?)",
      kind,
      id,
      expires,
      JSON.stringify(value),
    );
    if (expires < NEVER) this.wake(Math.max(expires, this.#now() + TIDY));
  }

  /** Changes a row that is there, which expires when it would have. */
  update<K extends keyof Kinds & string>(kind: K, id: string, value: Kinds[K]): void {
    this.#exec("UPDATE row SET body = ? WHERE kind = ? AND id = ?", JSON.stringify(value), kind, id);
  }

  /** Put-if-absent. @returns false when the row is there */
  add<K extends keyof Kinds & string>(kind: K, id: string, value: Kinds[K], expires: Seconds): boolean {
    if (this.get(kind, id) !== undefined) return false;
    this.put(kind, id, value, expires);
    return true;
  }

  count(kind: keyof Kinds & string): number {
    const counted = "SELECT count(*) AS rows FROM row WHERE kind = ? AND expires > ?";
    return this.#exec<{ rows: number }>(counted, kind, this.#now())[0]?.rows ?? 0;
  }

  /** Ids only, of rows whose bodies nobody needs, those that expire last first. */
  newest<K extends keyof Kinds & string>(kind: K): string[] {
    return this.#exec<{ id: string }>(
      "SELECT id FROM row WHERE kind = ? AND expires > ? ORDER BY expires DESC",
      kind,
      this.#now(),
    ).map(({ id }) => id);
  }

  /** Rows whose id is a path under this one. */
  clearUnder(kind: keyof Kinds & string, id: string): void {
    // "0" is the character after "/".
    this.#exec("DELETE FROM row WHERE kind = ? AND id > ? AND id < ?", kind, `${id}/`, `${id}0`);
  }

  /** Every row of these kinds, expired ones too. */
  clear(...kinds: (keyof Kinds & string)[]): void {
    for (const kind of kinds) this.#exec("DELETE FROM row WHERE kind = ?", kind);
  }

  delete(kind: keyof Kinds & string, id: string): void {
    this.#exec("DELETE FROM row WHERE kind = ? AND id = ?", kind, id);
  }

  /** Whether anything is kept here. Asking does not make it so: an object that was emptied would have a database again. */
  get #exist(): boolean {
    const tables = () => this.#ctx.storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'row'");
    this.#ready ||= tables().toArray().length > 0;
    return this.#ready;
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

  /** Everything that was ever kept here, and what was still to be done. */
  async destroy(): Promise<void> {
    this.#alarm = undefined;
    this.#ready = false;
    await this.#ctx.storage.deleteAlarm();
    await this.#ctx.storage.deleteAll();
  }

  #exec<R extends Record<string, SqlStorageValue>>(query: string, ...bindings: SqlStorageValue[]): R[] {
    return [...this.#query<R>(query, ...bindings)];
  }

  #query<R extends Record<string, SqlStorageValue>>(
    query: string,
    ...bindings: SqlStorageValue[]
  ): Iterable<R> {
    return this.#exist ? this.#ctx.storage.sql.exec<R>(query, ...bindings) : [];
  }
}

/** Seconds since 1970. */
export function clock(): Seconds {
  return Math.floor(Date.now() / 1_000);
}

/** An expiry that is never reached: year 9999. */
export const NEVER: Seconds = 253_402_300_799;
