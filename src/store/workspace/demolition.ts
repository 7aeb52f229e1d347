/**
 * Removes a deleted workspace: its people's objects as the directory names them, the directory, single-use values, events, KV
 * keys, and at last this object. A part at a time, by the alarm; every part may run twice.
 */
import type { Seconds } from "../../flow.ts";
import { EVENTS_KEPT } from "../audit/rows.ts";
import { type Objects, placed } from "../placed.ts";
import { SYSTEM } from "../published.ts";
import { clock } from "../rows.ts";
import { auditShard, DIRECTORY_SHARDS, ONCE_SHARDS, shardOf, subjectObject } from "../shards.ts";
import type { By } from "./change.ts";
import type { Versions } from "./versions.ts";

/** Objects and keys that one alarm removes: the platform allows a thousand calls. */
const PART = 100;
/** Seconds until the walk: a sign-in that was under way has ended by then, and its person is in the directory. */
const SETTLED = 90;
/** Seconds until the second walk, for whoever came late. */
const AGAIN = 3_600;
const DAY = 86_400;
const META = "demolition";

interface Progress {
  readonly workspace: string;
  readonly terms: By;
  readonly created_at: Seconds;
  readonly begun_at: Seconds;
  readonly left?: boolean;
  readonly walks: number;
  readonly people: number;
  /** Objects of single-use values and of days that are gone. */
  readonly objects: number;
}

export class Demolition {
  readonly #versions: Versions;
  readonly #ctx: DurableObjectState;
  readonly #env: Cloudflare.Env;
  readonly #objects: Objects;
  readonly #part: number;

  constructor(versions: Versions, ctx: DurableObjectState, env: Cloudflare.Env, part = PART) {
    this.#versions = versions;
    this.#ctx = ctx;
    this.#env = env;
    this.#objects = placed(env, ctx.id.jurisdiction);
    this.#part = part;
  }

  get begun(): boolean {
    return this.#versions.meta(META) !== undefined;
  }

  /** The id goes in the same step: without it the object answers for no workspace any more. */
  begin(workspace: string, terms: By): void {
    const created_at = Number(this.#versions.meta("created_at"));
    this.#versions.together(() => {
      this.#keep({ workspace, terms, created_at, begun_at: clock(), walks: 0, people: 0, objects: 0 });
      this.#versions.removeMeta("id");
    });
  }

  /** @returns when to go on; undefined when nothing is left, this object included */
  async step(): Promise<Seconds | undefined> {
    const progress = JSON.parse(this.#versions.meta(META) ?? "{}") as Progress;
    const { workspace, terms, begun_at, walks } = progress;
    if (!progress.left) {
      await this.#env.WORKSPACE.getByName(SYSTEM).leave(workspace, terms);
      this.#keep({ ...progress, left: true });
      return begun_at + SETTLED;
    }
    const people = await this.#walk(workspace);
    if (people > 0) {
      this.#keep({ ...progress, people: progress.people + people });
      return clock() + 1;
    }
    if (walks === 0) {
      this.#keep({ ...progress, walks: 1 });
      return clock() + AGAIN;
    }
    return this.#clear(progress);
  }

  /** @returns how many people were forgotten */
  async #walk(workspace: string): Promise<number> {
    for (let shard = 0; shard < DIRECTORY_SHARDS; shard++) {
      const directory = this.#objects.DIRECTORY.getByName(shardOf(workspace, shard));
      const people = await directory.list(this.#part, "", {});
      const subjects = people.map(({ subject }) => subject);
      // Objects of linked identities hold a pointer, and are listed nowhere else.
      const linked = people.flatMap(({ person }) => person.identities ?? []).map(({ subject }) => subject);
      for (const subject of [...subjects, ...linked])
        await this.#objects.SUBJECT.getByName(subjectObject(workspace, subject)).destroy();
      await directory.forget(subjects);
      if (subjects.length > 0) return subjects.length;
    }
    return 0;
  }

  async #clear(progress: Progress): Promise<Seconds | undefined> {
    const { workspace, terms, people, objects } = progress;
    const all = [...this.#shared(progress)];
    const next = all.slice(objects, objects + this.#part);
    for (const object of next) await object.destroy();
    this.#keep({ ...progress, objects: objects + next.length });
    if (objects + next.length < all.length) return clock() + 1;
    const { keys } = await this.#env.CONFIG.list({ prefix: `${workspace}/`, limit: this.#part });
    for (const { name } of keys) await this.#env.CONFIG.delete(name);
    if (keys.length === this.#part) return clock() + 1;
    await this.#env.WORKSPACE.getByName(SYSTEM).erased(workspace, people, terms);
    await this.#ctx.storage.deleteAlarm();
    await this.#ctx.storage.deleteAll();
    return undefined;
  }

  *#shared({ workspace, created_at }: Progress): Generator<{ destroy(): Promise<void> }> {
    const { DIRECTORY, ONCE, AUDIT } = this.#objects;
    for (let shard = 0; shard < DIRECTORY_SHARDS; shard++)
      yield DIRECTORY.getByName(shardOf(workspace, shard));
    for (let shard = 0; shard < ONCE_SHARDS; shard++) yield ONCE.getByName(shardOf(workspace, shard));
    const last = clock();
    for (let at = Math.max(created_at, last - EVENTS_KEPT - DAY); at < last + DAY; at += DAY)
      yield AUDIT.getByName(auditShard(workspace, at));
  }

  #keep(progress: Progress): void {
    this.#versions.setMeta(META, JSON.stringify(progress));
  }
}
