/** Durable Object `Workspace`, one a workspace: the authority for its configuration and keys. */
import { DurableObject } from "cloudflare:workers";
import { SIGNING_ALGORITHMS, type SigningAlgorithm } from "../config/algorithms.ts";
import { nextKeyDue, PUBLISHED_BEFORE, publishedKeys, signingKey, type SigningKey } from "../config/keys.ts";
import { STANDARD_CLAIMS } from "../config/claim.ts";
import { STANDARD_SCOPES } from "../config/scope.ts";
import { WorkspaceSettings } from "../config/workspace.ts";
import { openKeyring, type Keyring } from "../crypto/keyring.ts";
import { newSecret } from "../crypto/secret.ts";
import { seal, unseal } from "../crypto/seal.ts";
import type { JsonObject, Seconds } from "../flow.ts";
import { makeSigningKey } from "./make-signing-key.ts";
import { document } from "./documents.ts";
import { type Head, keyOf, type Published } from "./published.ts";
import { RECORDS, type RecordName } from "./records.ts";
import { clock } from "./rows.ts";
import { Versions } from "./versions.ts";

/** How a write ended. `body` is the record as JSON without its secrets. */
export type Written =
  | {
      readonly as: "created" | "changed" | "unchanged";
      readonly version: number;
      readonly body: string;
      readonly revealed?: string;
    }
  | { readonly as: "invalid"; readonly issues: { path: string; message: string }[] }
  | { readonly as: "stale"; readonly version: number | undefined };

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
  #publishing: Promise<void> = Promise.resolve();

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#versions = new Versions(ctx.storage.sql, clock);
    this.#keyring = openKeyring(env.DEPLOYMENT_KEY);
  }

  /** What an isolate needs to know how old its copies are. */
  head(since?: number): Head {
    return this.#versions.head(since);
  }

  /** A published value as JSON text, for readers that KV has not reached yet; undefined where there is none. */
  read(key: string): string | undefined {
    const workspace = this.#id;
    if (!workspace) return undefined;
    const published = document(this.#versions, workspace, key);
    return published && JSON.stringify(published);
  }

  /** Makes the workspace if it is not there: salt, keys, standard scopes and claims. Safe to repeat. */
  async create(id: string): Promise<void> {
    if (this.#id) return;
    const salt = await seal(this.#keyring, { purpose: "salt", workspace: id }, newSecret());
    const keys = await Promise.all(SIGNING_ALGORITHMS.map((alg) => this.#make(id, alg, 0)));
    this.ctx.storage.transactionSync(() => {
      if (this.#id) return;
      this.#versions.setMeta("id", id);
      this.#versions.setMeta("salt", salt);
      this.#versions.setMeta("created_at", String(clock()));
      this.#versions.setMeta("keys", JSON.stringify(keys));
      const write = (kind: RecordName, record: string, body: object) =>
        this.#versions.write(kind, record, JSON.stringify(body), RECORDS[kind].published(id, record));
      write("settings", id, WorkspaceSettings.parse({ name: id }));
      for (const scope of STANDARD_SCOPES) write("scopes", scope.name, scope);
      for (const claim of STANDARD_CLAIMS) write("claims", claim.id, claim);
      this.#versions.touch([keyOf.connections(id)]);
    });
    await this.#publish();
    await this.#schedule();
  }

  /**
   * Writes one record whole.
   * @param expected version that the operator saw (`If-Match`); `0` for "must not exist"
   */
  async put(kind: RecordName, id: string, input: string, expected?: number): Promise<Written> {
    const workspace = this.#id;
    if (!workspace) return { as: "stale", version: undefined };
    const { schema, id: member, published, prepare, secret } = RECORDS[kind];
    const stored = this.#versions.read(kind, id);
    const before = stored && (await this.#open(kind, id, JSON.parse(stored.body) as JsonObject));
    const named: JsonObject = { ...(JSON.parse(input) as JsonObject), ...(member && { [member]: id }) };
    let prepared;
    try {
      prepared = await prepare(named, before);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { as: "invalid", issues: [{ path: "client_secret", message: error.message }] };
    }
    const parsed = schema.safeParse(prepared.plain);
    if (!parsed.success) {
      const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
      return { as: "invalid", issues };
    }
    const after = parsed.data as JsonObject;
    const sealed = await this.#close(kind, id, after);
    // Nothing above this line waited for the version: what follows is one turn of the object.
    const current = this.#versions.read(kind, id);
    if (
      current?.version !== stored?.version ||
      (expected !== undefined && expected !== (current?.version ?? 0))
    )
      return { as: "stale", version: current?.version };
    const revealed = prepared.revealed && { revealed: JSON.stringify(prepared.revealed) };
    if (current && JSON.stringify(before) === JSON.stringify(after))
      return { as: "unchanged", version: current.version, body: show(after, secret) };
    const version = this.ctx.storage.transactionSync(() =>
      this.#versions.write(kind, id, JSON.stringify(sealed), published(workspace, id)),
    );
    await this.#publish();
    return { as: current ? "changed" : "created", version, body: show(after, secret), ...revealed };
  }

  /** @returns whether there was such a record; `stale` when it is not the one the operator saw */
  async remove(kind: RecordName, id: string, expected?: number): Promise<"removed" | "absent" | "stale"> {
    const workspace = this.#id;
    const stored = this.#versions.read(kind, id);
    if (!workspace || !stored) return "absent";
    if (expected !== undefined && expected !== stored.version) return "stale";
    this.ctx.storage.transactionSync(() =>
      this.#versions.remove(kind, id, RECORDS[kind].published(workspace, id)),
    );
    await this.#publish();
    return "removed";
  }

  get(kind: RecordName, id: string): Shown | undefined {
    const stored = this.#versions.read(kind, id);
    if (!stored) return undefined;
    return {
      id,
      version: stored.version,
      body: show(JSON.parse(stored.body) as JsonObject, RECORDS[kind].secret),
    };
  }

  /** Records after `after` in order of their ids. */
  list(kind: RecordName, limit: number, after = ""): Shown[] {
    return this.#versions.list(kind, limit, after).map(({ id, version, body }) => ({
      id,
      version,
      body: show(JSON.parse(body) as JsonObject, RECORDS[kind].secret),
    }));
  }

  /** In the `system` object: enters a workspace in the table of the deployment. */
  async enter(workspace: string, jurisdiction?: string): Promise<"created" | "unchanged"> {
    if (this.#versions.read("workspaces", workspace)) return "unchanged";
    this.#versions.setMeta("id", "system");
    this.ctx.storage.transactionSync(() =>
      this.#versions.write("workspaces", workspace, JSON.stringify({ jurisdiction }), [keyOf.deployment()]),
    );
    await this.#publish();
    return "created";
  }

  /** *Revoke now*: the key leaves the key set, and another signs from this moment. */
  async revokeKey(kid: string): Promise<boolean> {
    const workspace = this.#id;
    const revoked = this.#keys.find((key) => key.kid === kid && key.revoked_at === undefined);
    if (!workspace || !revoked) return false;
    const now = clock();
    const spare = await this.#make(workspace, revoked.alg, now);
    const rest = this.#keys.map((key) => (key.kid === kid ? { ...key, revoked_at: now } : key));
    this.#setKeys(workspace, signingKey(rest, revoked.alg, now) ? rest : [...rest, spare]);
    await this.#publish();
    await this.#schedule();
    return true;
  }

  /** Publishes what KV did not take, makes keys that are due. May run twice. */
  override async alarm(): Promise<void> {
    const workspace = this.#id;
    if (workspace && workspace !== "system") await this.#rotate(workspace);
    await this.#publish();
    await this.#schedule();
  }

  async #rotate(workspace: string): Promise<void> {
    for (const alg of SIGNING_ALGORITHMS) {
      if (nextKeyDue(this.#keys, alg) > clock()) continue;
      const key = await this.#make(workspace, alg, clock() + PUBLISHED_BEFORE);
      if (nextKeyDue(this.#keys, alg) <= clock()) this.#setKeys(workspace, [...this.#keys, key]);
    }
  }

  #setKeys(workspace: string, keys: readonly SigningKey[]): void {
    this.ctx.storage.transactionSync(() => {
      this.#versions.setMeta("keys", JSON.stringify(keys));
      this.#versions.touch([keyOf.workspace(workspace)]);
    });
  }

  async #make(workspace: string, alg: SigningAlgorithm, use_from: Seconds): Promise<SigningKey> {
    return makeSigningKey(this.#keyring, workspace, alg, clock(), use_from);
  }

  /** One at a time: two writes of one key in flight could arrive in the wrong order. */
  async #publish(): Promise<void> {
    this.#publishing = this.#publishing.then(() => this.#publishAll());
    await this.#publishing;
  }

  /** Writes to KV what is not there yet. What KV refuses stays noted and is tried again by the alarm. */
  async #publishAll(): Promise<void> {
    const workspace = this.#id;
    if (!workspace) return;
    for (const key of this.#versions.unpublished()) {
      const published: Published<unknown> | undefined = document(this.#versions, workspace, key);
      if (!published) continue;
      try {
        await this.env.CONFIG.put(key, JSON.stringify(published));
        this.#versions.published(key, published.version);
      } catch (error) {
        console.warn({ event: "publish_failed", workspace, key, error: String(error) });
        await this.ctx.storage.setAlarm(Date.now() + RETRY * 1_000);
      }
    }
  }

  /** One alarm: the earliest thing to do. */
  async #schedule(): Promise<void> {
    if (this.#versions.unpublished().length > 0) return;
    if (this.#keys.length === 0) return;
    const due = Math.min(...SIGNING_ALGORITHMS.map((alg) => nextKeyDue(this.#keys, alg)));
    await this.ctx.storage.setAlarm(Math.max(due, clock() + 1) * 1_000);
  }

  get #id(): string | undefined {
    return this.#versions.meta("id");
  }

  get #keys(): readonly SigningKey[] {
    return JSON.parse(this.#versions.meta("keys") ?? "[]") as SigningKey[];
  }

  /** The keys that an operator sees, with their state. */
  keys(): string {
    const now = clock();
    const published = new Set(publishedKeys(this.#keys, now).map((key) => key.kid));
    return JSON.stringify(
      this.#keys.map(({ private_jwk: _, ...key }) => ({
        ...key,
        published: published.has(key.kid),
        signing: signingKey(this.#keys, key.alg, now)?.kid === key.kid,
      })),
    );
  }

  /** Credentials of a connection are sealed in storage; all other records are as they are. */
  async #close(kind: RecordName, id: string, record: JsonObject): Promise<JsonObject> {
    if (kind !== "connections") return record;
    const place = { purpose: "credentials", workspace: this.#id ?? "", owner: id } as const;
    return { ...record, credentials: await seal(this.#keyring, place, record["credentials"]) };
  }

  async #open(kind: RecordName, id: string, record: JsonObject): Promise<JsonObject> {
    if (kind !== "connections") return record;
    const place = { purpose: "credentials", workspace: this.#id ?? "", owner: id } as const;
    const credentials = await unseal<JsonObject>(this.#keyring, place, String(record["credentials"]));
    return { ...record, credentials: credentials ?? {} };
  }
}

function show(record: JsonObject, secret: readonly string[]): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(record).filter(([name]) => !secret.includes(name))),
  );
}
