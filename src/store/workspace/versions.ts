/** Versioned records of one workspace, in the SQLite of its object. Every method is one synchronous step. */
import type { Seconds } from "../../flow.ts";
import type { Head } from "../published.ts";

/** Seconds for which changes are listed to isolates. */
const LISTED = 3_600;

/** Members that a search looks into, beside the id. */
const NAMES = ["name", "client_name", "display_name", "identifier"];
// Not LIKE: its patterns are limited to fifty bytes here.
const FOUND = `AND (${["id", ...NAMES.map((name) => `json_extract(body, '$.${name}')`)]
  .map((text) => `instr(lower(${text}), lower(?4))`)
  .join(" OR ")})`;

/** When what a record proves itself with ends. */
const END = "json_extract(body, '$.credentials_expire_at')";

/** Seconds for which the answer to an `Idempotency-Key` is kept. */
const ANSWER_KEPT = 86_400;

interface Row extends Record<string, SqlStorageValue> {
  id: string;
  version: number;
  body: string;
}

/** A version of a record, as it was written. */
export interface Kept extends Record<string, SqlStorageValue> {
  version: number;
  at: Seconds;
  by: string;
  body: string;
}

export class Versions {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #now: () => Seconds;

  constructor(storage: DurableObjectStorage, now: () => Seconds) {
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#now = now;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS record (kind TEXT, id TEXT, version INTEGER, body TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS ending ON record (kind, ${END}) WHERE ${END} IS NOT NULL;
      CREATE TABLE IF NOT EXISTS change (key TEXT PRIMARY KEY, version INTEGER, at INTEGER, published INTEGER) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS outbox (id TEXT PRIMARY KEY, event TEXT) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS history (kind TEXT, id TEXT, version INTEGER, at INTEGER, by TEXT, body TEXT, PRIMARY KEY (kind, id, version)) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS answered (key TEXT PRIMARY KEY, request TEXT, answer TEXT, expires INTEGER) WITHOUT ROWID;
    `);
  }

  read(kind: string, id: string): Row | undefined {
    return this.#sql
      .exec<Row>("SELECT id, version, body FROM record WHERE kind = ? AND id = ?", kind, id)
      .toArray()[0];
  }

  /** @param search part of an id or a name, in any case @param among only those of these ids */
  list(kind: string, limit = 1_000_000, after = "", search = "", among?: readonly string[]): Row[] {
    const ids = among && "AND id IN (SELECT value FROM json_each(?5))";
    return this.#sql
      .exec<Row>(
        `SELECT id, version, body FROM record WHERE kind = ?1 AND id > ?2 ${search && FOUND} ${ids ?? ""} ORDER BY id LIMIT ?3`,
        kind,
        after,
        limit,
        ...(search || among ? [search] : []),
        ...(among ? [JSON.stringify(among)] : []),
      )
      .toArray();
  }

  /** Keeps a version beside the record, and the latest `most` of them. */
  keep(kind: string, id: string, version: number, by: string, body: string, most: number): void {
    this.#sql.exec("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?)", kind, id, version, this.#now(), by, body);
    this.#sql.exec(
      `DELETE FROM history WHERE kind = ?1 AND id = ?2 AND version NOT IN
       (SELECT version FROM history WHERE kind = ?1 AND id = ?2 ORDER BY version DESC LIMIT ?3)`,
      kind,
      id,
      most,
    );
  }

  /** The latest first. */
  history(kind: string, id: string): Kept[] {
    const columns = "version, at, by, body";
    return this.#sql
      .exec<Kept>(`SELECT ${columns} FROM history WHERE kind = ? AND id = ? ORDER BY version DESC`, kind, id)
      .toArray();
  }

  /** Records of some kinds that say when their credentials end; an index has them, since most do not. */
  ending(kinds: readonly string[]): { kind: string; id: string; end: Seconds }[] {
    const places = kinds.map(() => "?").join(", ");
    return this.#sql
      .exec<{ kind: string; id: string; end: Seconds }>(
        `SELECT kind, id, ${END} AS end FROM record INDEXED BY ending WHERE kind IN (${places}) AND ${END} IS NOT NULL`,
        ...kinds,
      )
      .toArray();
  }

  /** The least number that records of a kind have in a member; undefined where none has one. */
  least(kind: string, member: string): number | undefined {
    const least = "SELECT min(json_extract(body, ?2)) AS least FROM record WHERE kind = ?1";
    const [row] = this.#sql.exec<{ least: number | null }>(least, kind, `$.${member}`);
    return row?.least ?? undefined;
  }

  /** @param keys KV keys that show the record */
  write(kind: string, id: string, body: string, keys: readonly string[]): number {
    return this.#storage.transactionSync(() => {
      const version = this.touch(keys);
      this.#sql.exec("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", kind, id, version, body);
      return version;
    });
  }

  remove(kind: string, id: string, keys: readonly string[]): void {
    this.#storage.transactionSync(() => {
      this.touch(keys);
      this.#sql.exec("DELETE FROM record WHERE kind = ? AND id = ?", kind, id);
    });
  }

  /** Keeps that there was a record of this id. */
  remember(kind: string, id: string): void {
    this.setMeta(`removed ${kind}/${id}`, String(this.#now()));
  }

  wasRemoved(kind: string, id: string): boolean {
    return this.meta(`removed ${kind}/${id}`) !== undefined;
  }

  /** Notes that these KV keys have to be written, under a new version. */
  touch(keys: readonly string[]): number {
    const version = this.version + 1;
    this.setMeta("version", String(version));
    for (const key of keys)
      this.#sql.exec("INSERT OR REPLACE INTO change VALUES (?, ?, ?, 0)", key, version, this.#now());
    return version;
  }

  /** Version in which a KV key last changed; 0 where that is not known any more. */
  changed(key: string): number {
    return (
      this.#sql.exec<{ version: number }>("SELECT version FROM change WHERE key = ?", key).toArray()[0]
        ?.version ?? 0
    );
  }

  head(since?: number): Head {
    const rows = this.#sql
      .exec<{ key: string; version: number }>(
        since === undefined
          ? "SELECT key, version FROM change WHERE at > ? OR published = 0"
          : "SELECT key, version FROM change WHERE version > ?",
        since ?? this.#now() - LISTED,
      )
      .toArray();
    return { version: this.version, changed: Object.fromEntries(rows.map((row) => [row.key, row.version])) };
  }

  /** In the same transaction as the change it tells of. */
  record(id: string, event: string): void {
    this.#sql.exec("INSERT OR REPLACE INTO outbox VALUES (?, ?)", id, event);
  }

  outbox(limit: number): { id: string; event: string }[] {
    return this.#sql
      .exec<{ id: string; event: string }>("SELECT id, event FROM outbox ORDER BY id LIMIT ?", limit)
      .toArray();
  }

  delivered(ids: readonly string[]): void {
    for (const id of ids) this.#sql.exec("DELETE FROM outbox WHERE id = ?", id);
  }

  /** What was answered to an `Idempotency-Key`, and to which request. */
  answered(key: string): { request: string; answer: string } | undefined {
    return this.#sql
      .exec<{ request: string; answer: string }>(
        "SELECT request, answer FROM answered WHERE key = ? AND expires > ?",
        key,
        this.#now(),
      )
      .toArray()[0];
  }

  answer(key: string, request: string, answer: string): void {
    this.#sql.exec("DELETE FROM answered WHERE expires <= ?", this.#now());
    const expires = this.#now() + ANSWER_KEPT;
    this.#sql.exec("INSERT OR REPLACE INTO answered VALUES (?, ?, ?, ?)", key, request, answer, expires);
  }

  /** All or nothing. */
  together<T>(change: () => T): T {
    return this.#storage.transactionSync(change);
  }

  unpublished(): string[] {
    return this.#sql
      .exec<{ key: string }>("SELECT key FROM change WHERE published = 0")
      .toArray()
      .map(({ key }) => key);
  }

  /** A change that came while KV was being written stays unpublished. */
  published(key: string, version: number): void {
    this.#sql.exec("UPDATE change SET published = 1 WHERE key = ? AND version = ?", key, version);
  }

  get version(): number {
    return Number(this.meta("version") ?? 0);
  }

  meta(name: string): string | undefined {
    return this.#sql.exec<{ value: string }>("SELECT value FROM meta WHERE name = ?", name).toArray()[0]
      ?.value;
  }

  removeMeta(name: string): void {
    this.#sql.exec("DELETE FROM meta WHERE name = ?", name);
  }

  setMeta(name: string, value: string): void {
    this.#sql.exec("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value);
  }
}
