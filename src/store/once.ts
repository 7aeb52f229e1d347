/** Durable Object `Once`: single-use values of no person, put if absent: `jti` of client assertions and revoked tokens. */
import { DurableObject } from "cloudflare:workers";
import type { Seconds } from "../flow.ts";
import { Rows } from "./rows.ts";

export class Once extends DurableObject<Cloudflare.Env> {
  readonly #rows: Rows<{ value: true }>;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#rows = new Rows(ctx);
  }

  /** @returns whether this is the first time. @param expires seconds since 1970; forgotten afterwards */
  add(value: string, expires: Seconds): boolean {
    return this.#rows.add("value", value, true, expires);
  }

  has(value: string): boolean {
    return this.#rows.get("value", value) !== undefined;
  }

  /** The workspace is gone. */
  async destroy(): Promise<void> {
    await this.#rows.destroy();
  }

  override async alarm(): Promise<void> {
    await this.#rows.tidy();
  }
}
