/** RFC 6749 §3.1 — the authorization endpoint. */
import { authorizeUrl, LONGEST_URL } from "../http/authorize-url.ts";
import type { AppContext } from "../http/context.ts";
import { session } from "../http/cookies.ts";
import { rawForm } from "../http/form.ts";
import { PageFault } from "../http/page-fault.ts";
import { dropRemembered, remembered, remembering } from "../http/remembered.ts";
import { answerClient, send } from "../http/send.ts";
import { OAuthError } from "../oauth/error.ts";
import { once } from "../oauth/parameters.ts";
import { authorizationRequest } from "../oauth/request.ts";
import { authorizationResponse } from "../oauth/respond.ts";
import { hinted } from "../steps/hinted.ts";
import { proceed } from "../steps/proceed.ts";
import { addressOf } from "./address-of.ts";
import { knownClient } from "./known-client.ts";

/** @throws PageFault until client and redirect URI are proven; from then on every error is the client's (design §5.4) */
export async function authorize(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const sent = new URL(c.req.url).searchParams;
  const client = await knownClient(broker, sent);
  const address = addressOf(sent, client);
  const name = { name: client.client_name };
  let request;
  try {
    const { scopes, apis, claims } = broker.workspace;
    const rules = { scopes, claims, resources: apis.map((api) => api.identifier) };
    const params = once(sent);
    const asked = authorizationRequest(params, client, address, rules, broker.now());
    request = await hinted(broker, asked, params.get("id_token_hint"));
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    broker.refused({
      where: "authorize",
      error: error.code,
      reason: error.reason,
      client_id: client.client_id,
    });
    return answerClient(c, authorizationResponse(address, broker.issuer, error), name);
  }
  const wish = remembering(c);
  if (wish) request = { ...request, remember: true as const };
  if (wish === false) dropRemembered(c);
  const next = await proceed(broker, {
    at: "request",
    request,
    client,
    session: await session(c),
    ...(wish !== false && { remembered: await remembered(c) }),
  });
  try {
    return await send(c, next, { client: name });
  } catch (error) {
    // The one fault that shows only when the request is packed for its journey: it does not fit a cookie.
    if (!(error instanceof OAuthError)) throw error;
    return answerClient(c, authorizationResponse(address, broker.issuer, error), name);
  }
}

/** OpenID Connect Core §3.1.2.1: POST is answered by the same request as GET, because a Lax cookie comes with it then. */
export async function authorizeByPost(c: AppContext): Promise<Response> {
  const url = authorizeUrl(c, {}, await rawForm(c));
  if (url.length > LONGEST_URL)
    throw new PageFault("too_large", `the request has ${url.length} characters and ${LONGEST_URL} fit`);
  return c.redirect(url, 303);
}
