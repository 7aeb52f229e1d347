/** A person's own page, as the client that a sign-in to it is for: in every workspace, without a record. */
import type { Client } from "./client.ts";

/** No `ClientId` has a colon: nobody can register it. */
export const PORTAL = "vestibule:me";

const usual = {
  post_logout_redirect_uris: [],
  backchannel_logout_session_required: false,
  grant_types: ["authorization_code"],
  response_types: ["code"],
  scope: ["openid"],
  id_token_signed_response_alg: "RS256",
  trusted: true,
  disabled: false,
  not_before: 0,
  // It has no keys: nobody can authenticate as it, and no token is ever given to it.
  token_endpoint_auth_method: "private_key_jwt",
  jwks: { keys: [{ kty: "OKP" }] },
} satisfies Partial<Client>;

/** @param name of the workspace, which is what the person sees */
export function portalClient(issuer: string, name: string): Client {
  return { ...usual, client_id: PORTAL, client_name: name, redirect_uris: [`${issuer}/me`] };
}
