/** People as operators: the console is an ordinary OpenID Connect client of `system`, and talks to its public endpoints only. */
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import * as oauth from "oauth4webapi";
import { API_SCOPES } from "../../../config/api-scopes.ts";
import { CONSOLE_CLIENT } from "../../../config/system.ts";
import { seal, unseal } from "../../../crypto/seal.ts";
import { relyingParty } from "../../../demo/relying-party.ts";
import type { AppContext } from "../../../http/context.ts";
import { COOKIE } from "../../../http/cookies.ts";
import { SYSTEM } from "../../../store/published.ts";
import { clock } from "../../../store/rows.ts";
import { SESSION_LIFETIME, type Session } from "./session.ts";

interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The page of the console that was asked for. */
  readonly to: string;
  readonly until: number;
}

/** Lax, because the answer comes from another site; it holds nothing but what that answer must fit. */
const NAME = "__Host-system-console-p";
const PLACE = { purpose: "console", workspace: "system", owner: "pending" } as const;
/** Seconds. */
const LIFETIME = 600;

const redirectUri = (c: AppContext) => `${c.var.deployment.admin}/admin/callback`;

const party = (c: AppContext) =>
  relyingParty(`${c.var.deployment.origin}/${SYSTEM}`, CONSOLE_CLIENT, c.var.self);

/** Where the browser goes. @param to page of the console to come back to */
export async function leave(c: AppContext, to: string): Promise<URL> {
  const { server, client } = await party(c);
  const pending: Pending = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
    to,
    until: clock() + LIFETIME,
  };
  setCookie(c, NAME, await seal(c.var.deployment.keyring, PLACE, pending), { ...COOKIE, maxAge: LIFETIME });
  const url = new URL(server.authorization_endpoint ?? "");
  const parameters = {
    response_type: "code",
    client_id: client.client_id,
    redirect_uri: redirectUri(c),
    scope: ["openid", "offline_access", ...API_SCOPES].join(" "),
    resource: `${c.var.deployment.admin}/api`,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

/** Judges the answer and redeems its code. @returns undefined for an answer that nobody waits for @throws what oauth4webapi throws */
export async function arrive(
  c: AppContext,
): Promise<{ readonly session: Session; readonly to: string } | undefined> {
  const value = getCookie(c, NAME);
  const pending = value && (await unseal<Pending>(c.var.deployment.keyring, PLACE, value));
  deleteCookie(c, NAME, COOKIE);
  if (!pending || pending.until <= clock()) return undefined;
  const { server, client, options } = await party(c);
  const params = oauth.validateAuthResponse(server, client, new URL(c.req.url), pending.state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    params,
    redirectUri(c),
    pending.verifier,
    options,
  );
  const { nonce: expectedNonce } = pending;
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, { expectedNonce });
  return { session: sessionOf(tokens, clock() + SESSION_LIFETIME), to: pending.to };
}

/** The next access token. @returns undefined when the sign-in is over */
export async function renew(c: AppContext, session: Session): Promise<Session | undefined> {
  if (session.refresh_token === undefined) return undefined;
  const { server, client, options } = await party(c);
  try {
    const response = await oauth.refreshTokenGrantRequest(
      server,
      client,
      oauth.None(),
      session.refresh_token,
      options,
    );
    return {
      ...session,
      ...sessionOf(await oauth.processRefreshTokenResponse(server, client, response), session.until),
    };
  } catch {
    return undefined;
  }
}

/** RFC 7009: whoever signs out leaves no grant behind. */
export async function revoke(c: AppContext, { bearer, refresh_token }: Session): Promise<void> {
  const { server, client, options } = await party(c);
  const token = refresh_token ?? bearer;
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(server, client, oauth.None(), token, options),
  );
}

function sessionOf(tokens: oauth.TokenEndpointResponse, until: number): Session {
  const { access_token: bearer, expires_in = 0, refresh_token } = tokens;
  return { bearer, until, expires_at: clock() + expires_in, ...(refresh_token && { refresh_token }) };
}
