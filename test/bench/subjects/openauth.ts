import { POOL } from "../../load/provider/pool.ts";
import type { Started } from "./index.ts";
import { peer } from "./peer.ts";
import { onWorkerd } from "./workerd.ts";

export function openauth(provider: string): Promise<Started> {
  return onWorkerd(provider, async () => ({
    ...(await peer("openauth")),
    kvNamespaces: { CONFIG: "config" },
    bindings: { CLIENT_ID: POOL.client_id, CLIENT_SECRET: POOL.client_secret },
  }));
}
