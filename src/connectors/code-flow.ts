/** The authorization code flow towards a provider: PKCE, state and nonce always (RFC 9700 §2.1.1). */
import { decodeJwt, jwtVerify, type JWTPayload } from "jose";
import * as oauth from "oauth4webapi";
import { WebUrl } from "../config/url.ts";
import type { Callback, Departure, JsonObject, LoginRequest } from "../flow.ts";
import { checkHash } from "./access-token-hash.ts";
import type { Tools } from "./connector.ts";
import { checkTimes } from "./id-token-times.ts";
import { judged } from "./judged.ts";
import { keysOf, reach } from "./metadata.ts";
import { push } from "./pushed-request.ts";
import { serverOfTenant } from "./tenants.ts";
import { UpstreamError } from "./upstream-error.ts";

/** Seconds that two clocks may differ. */
export const CLOCK_TOLERANCE = 30;

/** How we are registered at the provider. */
export interface Registration {
  readonly server: oauth.AuthorizationServer;
  readonly client_id: string;
  readonly authentication: oauth.ClientAuth;
  readonly scopes: readonly string[];
  /** Signature algorithms of ID tokens that are accepted: asymmetric ones only. */
  readonly algorithms: readonly string[];
  readonly response_mode?: "query" | "form_post";
  /** Whether requests are pushed where the server says that it takes them (RFC 9126). */
  readonly pushed?: boolean;
  /** Tenants that may stand in the place of `{tenantid}` in the server's issuer. */
  readonly tenants?: readonly string[];
}

export interface Proven {
  /** Whose `issuer` is the ID token's. */
  readonly server: oauth.AuthorizationServer;
  readonly idToken: JWTPayload & { readonly sub: string };
  readonly accessToken: string;
}

/**
 * The authorization request, and the verifier and nonce that its answer must fit.
 * @param further parameters; those of the protocol are set over them
 * @throws UpstreamError where the request is pushed
 */
export async function startCodeFlow(
  registration: Registration,
  tools: Tools,
  login: Pick<LoginRequest, "handle">,
  further: Readonly<Record<string, string>> = {},
  endpoint = registration.server.authorization_endpoint,
): Promise<Departure> {
  const { server, client_id, scopes, response_mode } = registration;
  const to = departure(endpoint);
  const verifier = oauth.generateRandomCodeVerifier();
  const nonce = oauth.generateRandomNonce();
  const parameters = {
    ...further,
    response_type: "code",
    client_id,
    redirect_uri: tools.callback.href,
    scope: scopes.join(" "),
    state: login.handle,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...(response_mode === "form_post" && { response_mode }),
  };
  const pushing = registration.pushed && server.pushed_authorization_request_endpoint !== undefined;
  const sent = pushing ? await push(registration, tools, parameters) : parameters;
  for (const [name, value] of Object.entries(sent)) to.searchParams.set(name, value);
  return {
    to,
    memory: { verifier, nonce, issuer: server.issuer },
    ...(response_mode === "form_post" && { answered_by: "post" }),
  };
}

/**
 * Judges the answer and redeems the code.
 * @returns what the token endpoint answered, which nobody has judged yet, and the nonce that it must fit
 * @throws UpstreamError
 */
export async function redeemCode(
  { server, client_id, authentication }: Pick<Registration, "server" | "client_id" | "authentication">,
  tools: Tools,
  { params, handle, memory }: Callback,
): Promise<{ response: Response; nonce: string }> {
  const client: oauth.Client = { client_id };
  const { verifier, nonce, issuer } = remembered(memory);
  // RFC 9700 §4.4: the code goes to nobody but the server that the person was sent to.
  if (issuer !== server.issuer)
    throw new UpstreamError("issuer", "the connection has another provider since the person left");
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
  return { response, nonce };
}

/**
 * The whole way back, to an ID token that is proven.
 * @throws UpstreamError
 */
export async function finishCodeFlow(
  registration: Registration,
  tools: Tools,
  callback: Callback,
): Promise<Proven> {
  const { server, client_id, algorithms, tenants = [] } = registration;
  const client: oauth.Client = { client_id, [oauth.clockTolerance]: CLOCK_TOLERANCE };
  const { response, nonce } = await redeemCode(registration, tools, callback);
  return judged(async () => {
    const signer =
      response.ok && tenants.length > 0
        ? serverOfTenant(server, tenants, await idTokenOf(response.clone()))
        : server;
    const expecting = { ...signer, id_token_signing_alg_values_supported: [...algorithms] };
    const tokens = await oauth.processAuthorizationCodeResponse(expecting, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
    const { payload, protectedHeader } = await jwtVerify(tokens.id_token ?? "", keysOf(signer, tools), {
      issuer: signer.issuer,
      audience: client_id,
      algorithms: [...algorithms],
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: new Date(tools.now() * 1_000),
      requiredClaims: ["sub", "iat", "exp"],
    });
    checkTimes(payload, tools.now(), CLOCK_TOLERANCE);
    await checkHash(payload["at_hash"], tokens.access_token, protectedHeader.alg);
    return {
      server: signer,
      idToken: { ...payload, sub: payload.sub ?? "" },
      accessToken: tokens.access_token,
    };
  });
}

/** The claims of an ID token that nobody has judged yet. */
async function idTokenOf(response: Response): Promise<JWTPayload> {
  const { id_token } = (await response.json()) as { id_token?: unknown };
  return decodeJwt(String(id_token));
}

/** A provider's endpoint that a browser is sent to: what any link of ours may be, and never `javascript:`. */
export function departure(endpoint: string | undefined): URL {
  const { success, data } = WebUrl.safeParse(endpoint);
  if (!success)
    throw new UpstreamError("malformed", "the provider's authorization endpoint is not an https URL");
  return new URL(data);
}

function remembered({ verifier, nonce, issuer }: JsonObject) {
  if (typeof verifier !== "string" || typeof nonce !== "string" || typeof issuer !== "string")
    throw new UpstreamError("state", "the pending sign-in has no verifier");
  return { verifier, nonce, issuer };
}
