import { unstable_getMiniflareWorkerOptions as workerOptions } from "wrangler";
import { limits } from "../../limits.ts";
import { bundle, root } from "../../local/worker.ts";
import { BOOTSTRAP_KEY } from "../../load/provider/pool.ts";
import type { Started } from "./index.ts";
import { onWorkerd } from "./workerd.ts";

/** The Worker as it is deployed, minified; only rate limits are out of the way, for one machine is one address. */
export function vestibule(provider: string): Promise<Started> {
  return onWorkerd(provider, async (origin) => {
    const { workerOptions: declared, main } = workerOptions(`${root}wrangler.toml`);
    return {
      ...declared,
      modules: [{ type: "ESModule", path: "index.js", contents: await bundle(main!, true) }],
      bindings: {
        ...(declared.bindings as object),
        ORIGIN: origin,
        DEPLOYMENT_KEY: `k1:${"A".repeat(43)}`,
        BOOTSTRAP_KEY,
        BOOTSTRAP: "on",
      },
      ratelimits: limits(1_000_000_000),
    };
  });
}
