import { setTimeout as wait } from "node:timers/promises";
import { childOf } from "../bench/cpu.ts";
import { send } from "../load/http.ts";
import { answer } from "../load/provider/answer.ts";
import { BOOTSTRAP_KEY } from "../load/provider/pool.ts";
import { Workspace } from "../load/workspace.ts";
import { freePort } from "../local/ports.ts";
import { startWorker } from "../local/worker.ts";

/**
 * What the identity provider does with a request instead of answering it well.
 * @param answer as it would be, were its clock so many seconds ahead
 */
export type Mode = (
  answer: (ahead?: number) => object | undefined,
  path: string,
) => Response | Promise<Response>;

export interface World {
  readonly origin: string;
  /** Set to make the provider misbehave. */
  provider: Mode;
  /** A workspace of its own. */
  workspace(client?: object, connection?: object): Promise<Workspace>;
  /** Makes a change that KV does not show: there everything of the workspace is as it was. */
  frozen(workspace: Workspace, change: () => Promise<unknown>): Promise<void>;
  /** Ends the runtime as a power cut does, and comes back when it answers again. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export const well: Mode = (found) => Response.json(found() ?? {}, { status: found() ? 200 : 404 });

/** Vestibule on real workerd with its storage on disk in `state`. */
export async function makeWorld(state: string): Promise<World> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  let made = 0;
  const world: World = {
    origin,
    provider: well,
    workspace: (client, connection) =>
      new Workspace(origin, `w${process.pid}-${made++}`).make(client, connection),
    async frozen({ id }, change) {
      const kv = await worker.miniflare.getKVNamespace("CONFIG");
      const names = async () => (await kv.list({ prefix: `${id}/` })).keys.map(({ name }) => name);
      const before = await Promise.all(
        (await names()).map(async (name) => [name, await kv.get(name, "text")] as const),
      );
      await change();
      const known = new Set(before.map(([name]) => name));
      for (const name of await names()) if (!known.has(name)) await kv.delete(name);
      for (const [name, value] of before) if (typeof value === "string") await kv.put(name, value);
    },
    async kill() {
      process.kill(pid, "SIGKILL");
      await answering(origin);
      pid = childOf(process.pid, "workerd");
    },
    stop: () => worker.stop(),
  };
  const worker = await startWorker({
    port,
    bindings: {
      ORIGIN: origin,
      DEPLOYMENT_KEY: `k1:${"A".repeat(43)}`,
      BOOTSTRAP_KEY,
      BOOTSTRAP: "on",
    },
    outbound: async (request) => {
      const { pathname } = new URL(request.url);
      const form = new URLSearchParams(request.method === "POST" ? await request.text() : "");
      return world.provider((ahead) => answer(pathname, form, ahead), pathname);
    },
    state,
    log: () => undefined,
  });
  // Looked up beforehand: looking takes longer than most steps.
  let pid = childOf(process.pid, "workerd");
  return world;
}

/** @throws Error when it does not come back within half a minute */
async function answering(origin: string): Promise<void> {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    const health = await send(`${origin}/healthz`).catch(() => undefined);
    if (health?.status === 200) return;
    await wait(20);
  }
  throw new Error("the runtime did not come back");
}
