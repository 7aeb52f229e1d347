/** Who the person is at which provider, and how they proved it: set by the protocol in every token. */
import type { Authentication, JsonObject } from "../flow.ts";

export function identityClaims(authentication: Authentication | undefined): JsonObject {
  if (!authentication) return {};
  const { connection, method, idp_sub, auth_time, acr, amr } = authentication;
  return {
    idp: connection,
    idp_sub,
    idp_method: method,
    ...(auth_time !== undefined && { auth_time }),
    ...(acr !== undefined && { acr }),
    ...(amr !== undefined && { amr: [...amr] }),
  };
}
