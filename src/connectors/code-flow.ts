/** The authorization code flow towards a provider: PKCE, state and nonce always (RFC 9700 §2.1.1). */
import { base64url, jwtVerify, type JWTPayload } from "jose";
import * as oauth from "oauth4webapi";
import type { Callback, Departure, JsonObject, LoginRequest } from "../flow.ts";
import type { Tools } from "./connector.ts";
import { judged } from "./judged.ts";
import { keysOf, reach } from "./metadata.ts";
import { UpstreamError } from "./upstream-error.ts";

/** Seconds that two clocks may differ. */
export const CLOCK_TOLERANCE = 30;

/** How we are registered at the provider. */
export interface Registration {
  readonly server: oauth.AuthorizationServer;
  readonly client_id: string;
  readonly authentication: oauth.ClientAuth;
  readonly scopes: readonly string[];
  readonly algorithms: readonly string[];
}

export interface Proven {
  readonly idToken: JWTPayload & { readonly sub: string };
  readonly accessToken: string;
}

/** The authorization request, and the verifier and nonce that its answer must fit. */
export async function startCodeFlow(
  { server, client_id, scopes }: Registration,
  { callback }: Tools,
  login: LoginRequest,
  endpoint = server.authorization_endpoint,
): Promise<Departure> {
  const to = departure(endpoint);
  const memory = { verifier: oauth.generateRandomCodeVerifier(), nonce: oauth.generateRandomNonce() };
  const parameters = {
    response_type: "code",
    client_id,
    redirect_uri: callback.href,
    scope: scopes.join(" "),
    state: login.handle,
    nonce: memory.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(memory.verifier),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(parameters)) to.searchParams.set(name, value);
  return { to, memory };
}

/**
 * Judges the answer and redeems the code.
 * @throws UpstreamError
 */
export async function finishCodeFlow(
  { server, client_id, authentication, algorithms }: Registration,
  tools: Tools,
  { params, handle, memory }: Callback,
): Promise<Proven> {
  const client: oauth.Client = {
    client_id,
    id_token_signed_response_alg: algorithms[0],
    [oauth.clockTolerance]: CLOCK_TOLERANCE,
  };
  const { verifier, nonce } = remembered(memory);
  const answer = await judged(() => oauth.validateAuthResponse(server, client, params, handle));
  if (!answer.has("code")) throw new UpstreamError("malformed", "the provider sent no code");
  const response = await reach(() =>
    oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      answer,
      tools.callback.href,
      verifier,
      { [oauth.customFetch]: tools.fetch },
    ),
  );
  return judged(async () => {
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
    const { payload, protectedHeader } = await jwtVerify(tokens.id_token ?? "", keysOf(server, tools), {
      issuer: server.issuer,
      audience: client_id,
      algorithms: [...algorithms],
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: new Date(tools.now() * 1_000),
      requiredClaims: ["sub", "iat", "exp"],
    });
    await checkHash(payload["at_hash"], tokens.access_token, protectedHeader.alg);
    return { idToken: { ...payload, sub: payload.sub ?? "" }, accessToken: tokens.access_token };
  });
}

/** OpenID Connect Core §3.1.3.6: an `at_hash` that is there must fit the access token. */
async function checkHash(expected: unknown, accessToken: string, algorithm: string): Promise<void> {
  if (expected === undefined) return;
  const hash = `SHA-${algorithm.slice(-3)}`;
  const digest = new Uint8Array(await crypto.subtle.digest(hash, new TextEncoder().encode(accessToken)));
  if (expected !== base64url.encode(digest.slice(0, digest.length / 2)))
    throw new UpstreamError("token", "at_hash does not fit the access token");
}

/** A provider's endpoint that a browser is sent to: https, or loopback for local providers; never `javascript:`. */
function departure(endpoint: string | undefined): URL {
  const url = endpoint && URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const local = url?.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (!url || !(url.protocol === "https:" || local))
    throw new UpstreamError("malformed", "the provider's authorization endpoint is not an https URL");
  return url;
}

function remembered({ verifier, nonce }: JsonObject): { verifier: string; nonce: string } {
  if (typeof verifier !== "string" || typeof nonce !== "string")
    throw new UpstreamError("state", "the pending sign-in has no verifier");
  return { verifier, nonce };
}
