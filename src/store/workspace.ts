/** Durable Object `Workspace`, one a workspace: the authority for its configuration and keys. */
import { DurableObject } from "cloudflare:workers";
import type { AuditEvent } from "../audit/event.ts";
import { STANDARD_CLAIMS } from "../config/claim.ts";
import { STANDARD_SCHEMA } from "../config/context-attribute.ts";
import { STANDARD_SCOPES } from "../config/scope.ts";
import { type Jurisdiction, WorkspaceSettings } from "../config/workspace.ts";
import { openKeyring, type Keyring } from "../crypto/keyring.ts";
import { newSecret } from "../crypto/secret.ts";
import { seal } from "../crypto/seal.ts";
import type { JsonObject, Seconds } from "../flow.ts";
import { placed } from "./placed.ts";
import { type Head, keyOf, type Place, SYSTEM } from "./published.ts";
import { clock } from "./rows.ts";
import { auditShard } from "./shards.ts";
import type { Backup } from "../config/backup.ts";
import { restoreBackup, type Restored, takeBackup } from "./workspace/backup.ts";
import { Demolition } from "./workspace/demolition.ts";
import { document } from "./workspace/documents.ts";
import { Expiries } from "./workspace/expiries.ts";
import { KeyRing } from "./workspace/key-ring.ts";
import { OwnOrigin } from "./workspace/own-origin.ts";
import { Outlooks } from "./workspace/outlooks.ts";
import { Publisher } from "./workspace/publisher.ts";
import { type By, recordChange } from "./workspace/change.ts";
import { isSeen, put, type Terms, type Written } from "./workspace/put.ts";
import { usersOf } from "./workspace/references.ts";
import type { RecordKind } from "./workspace/record-kind.ts";
import { RECORDS, type RecordName } from "./workspace/records.ts";
import { show } from "./workspace/show.ts";
import { Table } from "./workspace/table.ts";
import { reseal, type Resealed } from "./workspace/reseal.ts";
import { vault } from "./workspace/vault.ts";
import { type Kept, Versions } from "./workspace/versions.ts";

export interface Shown {
  readonly id: string;
  readonly version: number;
  readonly body: string;
}

export type Removed =
  | { readonly as: "removed" | "absent" | "stale" }
  | { readonly as: "used"; readonly by: readonly string[] };

/** Seconds until events are delivered, and publishing to KV is tried again. */
const SOON = 5;

export class Workspace extends DurableObject<Cloudflare.Env> {
  readonly #versions: Versions;
  readonly #keyring: Keyring;
  readonly #keys: KeyRing;
  readonly #publisher: Publisher;
  readonly #outlooks: Outlooks;
  readonly #expiries: Expiries;
  readonly #origin: OwnOrigin;
  readonly #table: Table;
  readonly #demolition: Demolition;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#keyring = openKeyring(env.DEPLOYMENT_KEY);
    this.#versions = new Versions(ctx.storage, clock);
    this.#keys = new KeyRing(this.#versions, this.#keyring);
    this.#publisher = new Publisher(this.#versions, env.CONFIG);
    this.#outlooks = new Outlooks(this.#versions, env);
    this.#expiries = new Expiries(this.#versions, this.#outlooks);
    this.#origin = new OwnOrigin(this.#versions, env);
    this.#table = new Table(this.#versions);
    this.#demolition = new Demolition(this.#versions, ctx, env);
    this.#addSchema();
    if (this.#id) this.#outlooks.takeOver();
  }

  /** A workspace from before there was a schema gets the standard one. */
  #addSchema(): void {
    const workspace = this.#id;
    if (!workspace || this.#versions.list("schema", 1).length > 0) return;
    for (const attribute of STANDARD_SCHEMA)
      this.#versions.write("schema", attribute.name, JSON.stringify(attribute), [keyOf.workspace(workspace)]);
  }

  /** What an isolate needs to know how old its copies are. */
  head(since?: number): Head {
    return this.#versions.head(since);
  }

  /** A published value as JSON text, for readers that KV has not reached yet; undefined where there is none. */
  read(key: string): string | undefined {
    const published = this.#id && document(this.#versions, this.#id, key);
    return published ? JSON.stringify(published) : undefined;
  }

  /** Makes the workspace if it is not there: salt, keys, standard scopes and claims. Safe to repeat. */
  async create(id: string, jurisdiction?: Jurisdiction): Promise<void> {
    if (this.#versions.meta("salt")) return;
    const salt = await seal(this.#keyring, { purpose: "salt", workspace: id }, newSecret());
    const keys = await this.#keys.first(id);
    this.#versions.together(() => {
      if (this.#versions.meta("salt")) return;
      for (const [name, value] of Object.entries({
        id,
        salt,
        created_at: clock(),
        keys: JSON.stringify(keys),
      }))
        this.#versions.setMeta(name, String(value));
      const write = (kind: RecordName, record: string, body: object) =>
        this.#versions.write(kind, record, JSON.stringify(body), RECORDS[kind].published(id, record));
      write("settings", id, WorkspaceSettings.parse({ name: id, jurisdiction }));
      for (const scope of STANDARD_SCOPES) write("scopes", scope.name, scope);
      for (const attribute of STANDARD_SCHEMA) write("schema", attribute.name, attribute);
      for (const claim of STANDARD_CLAIMS) write("claims", claim.id, claim);
      this.#versions.touch([keyOf.connections(id)]);
    });
    await this.#settle();
  }

  /** In the `system` object, as those that follow: enters a workspace in the table of the deployment. */
  async enter(workspace: string, place: Place, terms: By): Promise<"created" | "unchanged"> {
    if (!this.#table.enter(workspace, place, terms)) return "unchanged";
    await this.#settle();
    return "created";
  }

  /** Whether there was a workspace of this id that was deleted. */
  wasDeleted(workspace: string): boolean {
    return this.#table.wasDeleted(workspace);
  }

  /** The workspace leaves the table, and a tombstone keeps its id. Safe to repeat. */
  async leave(workspace: string, terms: By): Promise<void> {
    if (this.#table.leave(workspace, terms)) await this.#settle();
  }

  /** A deleted workspace is gone whole. */
  async erased(workspace: string, people: number, terms: By): Promise<void> {
    this.#table.erased(workspace, people, terms);
    await this.#settle();
  }

  /** Where a workspace answers, unless another one does. Undefined gives the origin up. */
  async place(workspace: string, origin: string | undefined): Promise<"placed" | "taken"> {
    const answer = this.#table.place(workspace, origin);
    if (answer === "placed") await this.#settle();
    return answer === "taken" ? "taken" : "placed";
  }

  /** From here on there is nothing to read or write; the alarm removes what is left. */
  async demolish({ by, request_id, expected }: Terms): Promise<"begun" | "stale"> {
    if (!this.#id || this.#id === SYSTEM) return "begun";
    const version = this.#versions.read("settings", this.#id)?.version ?? 0;
    if (!isSeen({ by, request_id, ...(expected !== undefined && { expected }) }, version)) return "stale";
    this.#demolition.begin(this.#id, { by, request_id });
    await this.ctx.storage.setAlarm((clock() + SOON) * 1_000);
    return "begun";
  }

  /** Writes one record whole, and tells the audit of it in the same transaction. */
  async put(kind: RecordName, id: string, input: string, terms: Terms): Promise<Written> {
    if (!this.#id) return { as: "stale" };
    const sealer = vault(this.#keyring, this.#id);
    const body = JSON.parse(input) as JsonObject;
    if (kind === "settings" && !(await this.#origin.claim(this.#id, body)))
      return { as: "invalid", issues: [{ path: "origin", message: "is another workspace's" }] };
    const written = await put(this.#versions, sealer, this.#id, kind, id, body, terms);
    if ("body" in written) {
      this.#expiries.expect(JSON.parse(written.body) as JsonObject);
      if (kind === "connections") this.#outlooks.expect(id);
    }
    await this.#settle();
    return written;
  }

  /** Deletes a record that no other one names. */
  async remove(kind: RecordName, id: string, terms: Terms): Promise<Removed> {
    const stored = this.#versions.read(kind, id);
    if (!this.#id || !stored) return { as: "absent" };
    if (!isSeen(terms, stored.version)) return { as: "stale" };
    const by = usersOf(this.#versions, kind, id);
    if (by.length > 0) return { as: "used", by };
    const workspace = this.#id;
    const record: RecordKind = RECORDS[kind];
    this.#versions.together(() => {
      this.#versions.remove(kind, id, record.published(workspace, id));
      if (record.remembered) this.#versions.remember(kind, id);
      if (kind === "connections") this.#outlooks.forget(workspace, id);
      const what = { record: kind, id, change: "removed" };
      const before = JSON.parse(stored.body) as JsonObject;
      recordChange(this.#versions, terms, workspace, what, record.secret, before);
    });
    await this.#settle();
    return { as: "removed" };
  }

  async get(kind: RecordName, id: string): Promise<Shown | undefined> {
    const stored = this.#versions.read(kind, id);
    return stored && this.#shown(kind, stored);
  }

  /** Records after `after` in order of their ids; with `before` those whose credentials or certificates end before that time. */
  async list(kind: RecordName, limit: number, after = "", search = "", before?: Seconds): Promise<Shown[]> {
    const among = before === undefined ? undefined : this.#endingBefore(kind, before);
    const rows = this.#versions.list(kind, limit, after, search, among);
    return Promise.all(rows.map((row) => this.#shown(kind, row)));
  }

  /** Those of these ids that there are. */
  async some(kind: RecordName, ids: readonly string[]): Promise<Shown[]> {
    const rows = this.#versions.list(kind, ids.length, "", "", ids);
    return Promise.all(rows.map((row) => this.#shown(kind, row)));
  }

  #endingBefore(kind: RecordName, before: Seconds): string[] {
    const certificates = this.#outlooks.ends().map(({ connection: id, end }) => ({ id, end }));
    const ends = [...this.#versions.ending([kind]), ...(kind === "connections" ? certificates : [])];
    return ends.filter(({ end }) => end < before).map(({ id }) => id);
  }

  /** What a record was, the latest version first; for kinds that keep their history. */
  history(kind: RecordName, id: string): Kept[] {
    return this.#versions.history(kind, id);
  }

  async #shown(kind: RecordName, { id, version, body }: Shown): Promise<Shown> {
    const record: RecordKind = RECORDS[kind];
    const sealer = vault(this.#keyring, this.#id ?? "");
    const opened = await record.open(JSON.parse(body) as JsonObject, id, sealer);
    const certificates_expire_at = kind === "connections" ? this.#outlooks.endOf(id) : undefined;
    const known = certificates_expire_at !== undefined && { certificates_expire_at };
    return { id, version, body: show({ ...opened, ...known }, record) };
  }

  /** The signing keys as JSON, without their private halves. */
  keys(): string {
    return JSON.stringify(this.#keys.shown());
  }

  /** *Revoke now*. @returns whether there was such a key in use */
  async revokeKey(kid: string, terms: By): Promise<boolean> {
    if (!this.#id || !(await this.#keys.revoke(this.#id, kid))) return false;
    recordChange(this.#versions, terms, this.#id, { record: "keys", id: kid, change: "revoked" });
    await this.#settle();
    return true;
  }

  /** Under the newest deployment key; undefined where there is no workspace. */
  async reseal(terms: By): Promise<Resealed | undefined> {
    if (!this.#id) return undefined;
    const resealed = await reseal(this.#versions, this.#keyring, this.#id, terms);
    await this.#settle();
    return resealed;
  }

  /** Salt and keys, sealed; undefined where there is no workspace. */
  async backup(terms: By): Promise<Backup | undefined> {
    if (!this.#id) return undefined;
    const backup = takeBackup(this.#versions, this.#id, clock(), terms);
    await this.#settle();
    return backup;
  }

  /** Whether anybody has signed in was asked before: this object does not know people. */
  async restore(backup: Backup, terms: By): Promise<Restored> {
    if (!this.#id) return { as: "unreadable", path: "workspace" };
    const restored = await restoreBackup(this.#versions, this.#keyring, this.#id, backup, terms);
    await this.#settle();
    return restored;
  }

  /** Publishes what KV did not take, and makes keys that are due. May run twice. */
  override async alarm(): Promise<void> {
    if (this.#demolition.begun) {
      const next = await this.#demolition.step();
      if (next !== undefined) await this.ctx.storage.setAlarm(next * 1_000);
      return;
    }
    if (this.#id) await this.#keys.rotate(this.#id);
    for (const end of this.#id ? await this.#outlooks.look(this.#id) : []) this.#expiries.expectEnd(end);
    if (this.#id) this.#expiries.tell(this.#id);
    await this.#deliver();
    await this.#settle();
  }

  async #deliver(): Promise<void> {
    const batches = Map.groupBy(this.#versions.outbox(500), ({ event }) => {
      const { at, workspace } = JSON.parse(event) as AuditEvent;
      return auditShard(workspace, at);
    });
    for (const [shard, rows] of batches) {
      try {
        const events = rows.map(({ id, event }) => ({ id, event: JSON.parse(event) as AuditEvent }));
        await this.#audit(events[0]!.event.workspace).getByName(shard).append(events);
        this.#versions.delivered(rows.map(({ id }) => id));
      } catch (error) {
        console.warn(JSON.stringify({ type: "outbox_delayed", shard, error: String(error) }));
      }
    }
  }

  /** What `system` is told of a workspace in a jurisdiction is kept where `system` is. */
  #audit(workspace: string) {
    return placed(this.env, workspace === this.#id ? this.ctx.id.jurisdiction : undefined).AUDIT;
  }

  get #id(): string | undefined {
    return this.#versions.meta("id");
  }

  /** After every change: to KV, and one alarm for the earliest thing to do. */
  async #settle(): Promise<void> {
    if (!this.#id) return;
    await this.#publisher.publish(this.#id);
    const isPlaced = await this.#origin.follow(this.#id);
    const soon = !isPlaced || this.#versions.unpublished().length > 0 || this.#versions.outbox(1).length > 0;
    const due = Math.min(this.#keys.due, this.#expiries.due, this.#outlooks.due);
    const next = soon ? clock() + SOON : Math.max(due, clock() + 1);
    await this.ctx.storage.setAlarm(next * 1_000);
  }
}
