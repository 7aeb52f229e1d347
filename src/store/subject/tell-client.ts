/** OpenID Connect Back-Channel Logout 1.0 §2.5: an app is told that a session of this person ended. */
import { issuerOf } from "../../config/issuer.ts";
import { mustBeCallable } from "../../config/public-url.ts";
import { openKeyring } from "../../crypto/keyring.ts";
import { randomId } from "../../crypto/handle.ts";
import { sign } from "../../crypto/signer.ts";
import { LOGOUT_TOKEN_TYPE, logoutClaims } from "../../oauth/logout-token.ts";
import { readConfiguration } from "../configuration.ts";
import { clock } from "../rows.ts";
import type { LogoutRow } from "./rows.ts";

/** Milliseconds. Nobody is waiting, but the object stays awake for it. */
const LONGEST = 10_000;

/**
 * Signed anew at every try: a token that lay about would have to live too long.
 * @throws Error for an address that may not be called, and for every answer but 2xx; redirects are not followed
 */
export async function tellClient(env: Cloudflare.Env, row: LogoutRow): Promise<void> {
  const { about, client_id, session } = row;
  const configuration = readConfiguration(env, clock);
  const workspace = await configuration.workspace(about.workspace);
  const client = await configuration.client(about.workspace, client_id);
  if (!workspace || !client?.backchannel_logout_uri || client.disabled) return;
  const url = new URL(client.backchannel_logout_uri);
  mustBeCallable(url, env.LOOPBACK === "on");
  const issuer = issuerOf(env.ORIGIN, about.workspace, workspace.settings.origin);
  const claims = logoutClaims({ issuer, client_id, subject: about.subject, session }, randomId(), clock());
  const signer = { workspace, keyring: openKeyring(env.DEPLOYMENT_KEY), now: clock };
  const token = await sign(signer, client.id_token_signed_response_alg, LOGOUT_TOKEN_TYPE, claims);
  const response = await fetch(url, {
    method: "POST",
    body: new URLSearchParams({ logout_token: token }),
    redirect: "manual",
    signal: AbortSignal.timeout(LONGEST),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the app answered ${response.status}`);
}
