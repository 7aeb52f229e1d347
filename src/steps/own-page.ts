/** The authorization request of a sign-in to a person's own page: for the session, and nothing for anybody. */
import type { Broker } from "../broker.ts";
import { PORTAL } from "../config/portal.ts";
import type { AuthorizationRequest } from "../flow.ts";

export function ownPage({ issuer, now }: Broker): AuthorizationRequest {
  return {
    client_id: PORTAL,
    redirect_uri: `${issuer}/me`,
    response_mode: "query",
    scope: [],
    prompt: [],
    acr_values: [],
    resource: [],
    requested_at: now(),
  };
}
