/** Where a person signs in to their own page: the same way as to any app, for a client that is given no code. */
import { PORTAL } from "../config/portal.ts";
import { ENDPOINTS } from "../oauth/metadata.ts";

export function signInUrl(issuer: string, also: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: PORTAL,
    redirect_uri: `${issuer}/me`,
    scope: "openid",
    ...also,
  });
  return `${issuer}${ENDPOINTS.authorization_endpoint}?${query.toString()}`;
}
