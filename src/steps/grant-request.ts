/** AuthorizationRequest → what the person's object is asked to grant. */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import type { AuthorizationRequest, Seconds } from "../flow.ts";
import type { GrantRequest } from "../store/subject/rows.ts";

/** By today's settings; `offline_access` counts only for a client that may refresh. */
export function grantRequest(
  { workspace }: Broker,
  client: Client,
  request: AuthorizationRequest,
): GrantRequest {
  const { settings } = workspace;
  const offline = client.grant_types.includes("refresh_token") && request.scope.includes("offline_access");
  return {
    client_id: request.client_id,
    redirect_uri: request.redirect_uri,
    scope: request.scope,
    resource: request.resource,
    ...(request.nonce !== undefined && { nonce: request.nonce }),
    ...(request.claims && { claims: request.claims }),
    ...(request.code_challenge !== undefined && { code_challenge: request.code_challenge }),
    offline_for: offline ? settings.refresh_token_lifetime : 0,
    tokens_for: longestToken(workspace),
  };
}

/** Seconds that any token but the refresh token may live. */
export function longestToken({ settings, apis }: Broker["workspace"]): Seconds {
  const lifetimes = apis.map((api) => api.access_token_lifetime ?? 0);
  return Math.max(settings.access_token_lifetime, settings.id_token_lifetime, ...lifetimes);
}
