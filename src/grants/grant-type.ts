/** A way to earn a {@link Grant} at the token endpoint. Client authentication and minting are the endpoint's. */
import type { Broker } from "../broker.ts";
import type { Client, GRANT_TYPES } from "../config/client.ts";
import type { Grant } from "../flow.ts";

export interface GrantType {
  readonly type: (typeof GRANT_TYPES)[number];
  /** @throws OAuthError */
  redeem(broker: Broker, params: URLSearchParams, client: Client): Promise<Grant>;
}
