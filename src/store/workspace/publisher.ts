/** Records → KV. What KV refuses stays noted and is tried again by the alarm. */
import { document } from "./documents.ts";
import type { Versions } from "./versions.ts";

export class Publisher {
  readonly #versions: Versions;
  readonly #kv: KVNamespace;
  #turn: Promise<void> = Promise.resolve();

  constructor(versions: Versions, kv: KVNamespace) {
    this.#versions = versions;
    this.#kv = kv;
  }

  /** One at a time: two writes of one key in flight could arrive in the wrong order. */
  publish(workspace: string): Promise<void> {
    const turn = this.#turn.then(() => this.#publishAll(workspace));
    // The next one has its turn whatever becomes of this one.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #publishAll(workspace: string): Promise<void> {
    for (const key of this.#versions.unpublished()) {
      const published = document(this.#versions, workspace, key);
      if (!published) continue;
      try {
        await this.#kv.put(key, JSON.stringify(published));
        this.#versions.published(key, published.version);
      } catch (error) {
        console.warn(JSON.stringify({ type: "publish_delayed", workspace, key, error: String(error) }));
      }
    }
  }
}
