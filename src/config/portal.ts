/** A person's own page, as the client that a sign-in to it is for: in every workspace, without a record. */
import { Client } from "./client.ts";

/** No `ClientId` has a colon: nobody can register it. */
export const PORTAL = "vestibule:me";

const usual = Client.parse({
  client_id: "portal",
  client_name: "Portal",
  redirect_uris: ["https://portal.invalid/me"],
  trusted: true,
  // It has no keys: nobody can authenticate as it, and no token is ever given to it.
  token_endpoint_auth_method: "private_key_jwt",
  jwks: { keys: [{ kty: "OKP" }] },
});

/** @param name of the workspace, which is what the person sees */
export function portalClient(issuer: string, name: string): Client {
  return { ...usual, client_id: PORTAL, client_name: name, redirect_uris: [`${issuer}/me`] };
}
