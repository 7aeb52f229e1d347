import { unstable_getMiniflareWorkerOptions as workerOptions } from "wrangler";
import { bundle, root } from "../../local/worker.ts";
import { BOOTSTRAP_KEY } from "../../load/provider/pool.ts";
import type { Started } from "./index.ts";
import { onWorkerd } from "./workerd.ts";

/**
 * The Worker as it is deployed, minified. Only rate limits are left out: one machine is one address, and what simulates them
 * locally costs more than the platform's own.
 */
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
      ratelimits: {},
      workerLoaders: { LOADER: {} },
    };
  });
}
