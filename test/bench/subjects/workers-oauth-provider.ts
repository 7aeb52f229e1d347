import type { Started } from "./index.ts";
import { peer } from "./peer.ts";
import { onWorkerd } from "./workerd.ts";

export function workersOauthProvider(provider: string): Promise<Started> {
  return onWorkerd(provider, async (origin) => ({
    ...(await peer("workers-oauth-provider")),
    kvNamespaces: { OAUTH_KV: "oauth" },
    bindings: { ORIGIN: origin },
  }));
}
