/** Durable Object `Workspace`, one a workspace: the authority for its configuration and keys. */
import { DurableObject } from "cloudflare:workers";
import { STANDARD_CLAIMS } from "../config/claim.ts";
import { STANDARD_SCOPES } from "../config/scope.ts";
import { WorkspaceSettings } from "../config/workspace.ts";
import { openKeyring, type Keyring } from "../crypto/keyring.ts";
import { newSecret } from "../crypto/secret.ts";
import { seal } from "../crypto/seal.ts";
import type { JsonObject } from "../flow.ts";
import { type Head, keyOf, SYSTEM } from "./published.ts";
import { clock } from "./rows.ts";
import { document } from "./workspace/documents.ts";
import { KeyRing } from "./workspace/key-ring.ts";
import { Publisher } from "./workspace/publisher.ts";
import { put, type Written } from "./workspace/put.ts";
import { RECORDS, type RecordName } from "./workspace/records.ts";
import { show } from "./workspace/show.ts";
import { vault } from "./workspace/vault.ts";
import { Versions } from "./workspace/versions.ts";

export interface Shown {
  readonly id: string;
  readonly version: number;
  readonly body: string;
}

/** Seconds until publishing to KV is tried again. */
const RETRY = 5;

export class Workspace extends DurableObject<Cloudflare.Env> {
  readonly #versions: Versions;
  readonly #keyring: Keyring;
  readonly #keys: KeyRing;
  readonly #publisher: Publisher;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#keyring = openKeyring(env.DEPLOYMENT_KEY);
    this.#versions = new Versions(ctx.storage, clock);
    this.#keys = new KeyRing(this.#versions, this.#keyring);
    this.#publisher = new Publisher(this.#versions, env.CONFIG);
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
  async create(id: string): Promise<void> {
    if (this.#id) return;
    const salt = await seal(this.#keyring, { purpose: "salt", workspace: id }, newSecret());
    const keys = await this.#keys.first(id);
    this.ctx.storage.transactionSync(() => {
      if (this.#id) return;
      for (const [name, value] of Object.entries({
        id,
        salt,
        created_at: clock(),
        keys: JSON.stringify(keys),
      }))
        this.#versions.setMeta(name, String(value));
      const write = (kind: RecordName, record: string, body: object) =>
        this.#versions.write(kind, record, JSON.stringify(body), RECORDS[kind].published(id, record));
      write("settings", id, WorkspaceSettings.parse({ name: id }));
      for (const scope of STANDARD_SCOPES) write("scopes", scope.name, scope);
      for (const claim of STANDARD_CLAIMS) write("claims", claim.id, claim);
      this.#versions.touch([keyOf.connections(id)]);
    });
    await this.#settle();
  }

  /** In the `system` object: enters a workspace in the table of the deployment. */
  async enter(workspace: string): Promise<"created" | "unchanged"> {
    if (this.#versions.read("workspaces", workspace)) return "unchanged";
    this.#versions.setMeta("id", SYSTEM);
    this.#versions.write("workspaces", workspace, "{}", [keyOf.deployment()]);
    await this.#settle();
    return "created";
  }

  /** @param expected version that the operator saw (`If-Match`); `0` for "must not exist" */
  async put(kind: RecordName, id: string, input: string, expected?: number): Promise<Written> {
    if (!this.#id) return { as: "stale", version: undefined };
    const sealer = vault(this.#keyring, this.#id);
    const body = JSON.parse(input) as JsonObject;
    const written = await put(this.#versions, sealer, this.#id, kind, id, body, expected);
    await this.#settle();
    return written;
  }

  /** @returns whether there was such a record; `stale` when it is not the one the operator saw */
  async remove(kind: RecordName, id: string, expected?: number): Promise<"removed" | "absent" | "stale"> {
    const stored = this.#versions.read(kind, id);
    if (!this.#id || !stored) return "absent";
    if (expected !== undefined && expected !== stored.version) return "stale";
    this.#versions.remove(kind, id, RECORDS[kind].published(this.#id, id));
    await this.#settle();
    return "removed";
  }

  get(kind: RecordName, id: string): Shown | undefined {
    const stored = this.#versions.read(kind, id);
    return (
      stored && {
        id,
        version: stored.version,
        body: show(JSON.parse(stored.body) as JsonObject, RECORDS[kind]),
      }
    );
  }

  /** Records after `after` in order of their ids. */
  list(kind: RecordName, limit: number, after = ""): Shown[] {
    const rows = this.#versions.list(kind, limit, after);
    return rows.map(({ id, version, body }) => ({
      id,
      version,
      body: show(JSON.parse(body) as JsonObject, RECORDS[kind]),
    }));
  }

  /** The signing keys as JSON, without their private halves. */
  keys(): string {
    return JSON.stringify(this.#keys.shown());
  }

  /** *Revoke now*. @returns whether there was such a key in use */
  async revokeKey(kid: string): Promise<boolean> {
    if (!this.#id || !(await this.#keys.revoke(this.#id, kid))) return false;
    await this.#settle();
    return true;
  }

  /** Publishes what KV did not take, and makes keys that are due. May run twice. */
  override async alarm(): Promise<void> {
    if (this.#id && this.#id !== SYSTEM) await this.#keys.rotate(this.#id);
    await this.#settle();
  }

  get #id(): string | undefined {
    return this.#versions.meta("id");
  }

  /** After every change: to KV, and one alarm for the earliest thing to do. */
  async #settle(): Promise<void> {
    if (!this.#id) return;
    await this.#publisher.publish(this.#id);
    const retry = this.#versions.unpublished().length > 0 ? clock() + RETRY : Infinity;
    const rotation = this.#id === SYSTEM ? Infinity : Math.max(this.#keys.due, clock() + 1);
    const next = Math.min(retry, rotation);
    if (next < Infinity) await this.ctx.storage.setAlarm(next * 1_000);
  }
}
