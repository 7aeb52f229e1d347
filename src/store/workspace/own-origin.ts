/** The origin of a workspace: claimed in the table of the deployment before it is written, given up after it is gone. */
import { Origin } from "../../config/url.ts";
import type { JsonObject } from "../../flow.ts";
import { SYSTEM } from "../published.ts";
import type { Versions } from "./versions.ts";

const PLACED = "origin";

export class OwnOrigin {
  readonly #versions: Versions;
  readonly #env: Pick<Cloudflare.Env, "WORKSPACE">;

  constructor(versions: Versions, env: Pick<Cloudflare.Env, "WORKSPACE">) {
    this.#versions = versions;
    this.#env = env;
  }

  /** @returns false where another workspace has it */
  async claim(workspace: string, { origin }: JsonObject): Promise<boolean> {
    const wanted = Origin.safeParse(origin);
    // What is no origin is judged with the rest of the record.
    if (!wanted.success || wanted.data === this.#written(workspace)) return true;
    return (await this.#place(workspace, wanted.data)) === "placed";
  }

  /** The table follows what is written, also where a write was refused after its claim. @returns whether it does */
  async follow(workspace: string): Promise<boolean> {
    const wanted = this.#written(workspace);
    if ((this.#versions.meta(PLACED) ?? "") === (wanted ?? "")) return true;
    try {
      return (await this.#place(workspace, wanted)) === "placed";
    } catch (error) {
      console.warn(JSON.stringify({ type: "origin_delayed", workspace, error: String(error) }));
      return false;
    }
  }

  async #place(workspace: string, origin: string | undefined): Promise<"placed" | "taken"> {
    const answer = await this.#env.WORKSPACE.getByName(SYSTEM).place(workspace, origin);
    if (answer === "placed") this.#versions.setMeta(PLACED, origin ?? "");
    return answer;
  }

  #written(workspace: string): string | undefined {
    const settings = JSON.parse(this.#versions.read("settings", workspace)?.body ?? "{}") as JsonObject;
    return typeof settings["origin"] === "string" ? settings["origin"] : undefined;
  }
}
