/** RFC 6749 §4.1.1 and OpenID Connect Core §3.1.2.1 — the authorization request. */
import { isPublic, type Client } from "../config/client.ts";
import type { AuthorizationRequest, Prompt, ResponseMode, ReturnAddress, Seconds } from "../flow.ts";
import { type ClaimsRules, requestedClaims } from "./claims.ts";
import { OAuthError } from "./error.ts";
import { codeChallenge } from "./pkce.ts";
import { isRegistered } from "./redirect-uri.ts";
import { requestedScope, type ScopeRules } from "./scope.ts";
import { requestedResources } from "./resource.ts";
import { uiLocale } from "./ui-locales.ts";

export const RESPONSE_MODES = ["query", "fragment", "form_post"] as const satisfies ResponseMode[];
export const PROMPTS = ["none", "login", "consent", "select_account"] as const satisfies Prompt[];

/** Refused by name rather than ignored: a client that sends one relies on it. OpenID Connect Core §3.1.2.6. */
const NOT_SUPPORTED = {
  request: "request_not_supported",
  request_uri: "request_uri_not_supported",
  registration: "registration_not_supported",
} as const;

/** Seconds, some thirty years: a `max_age` that nobody exceeds. */
const ANY_AGE = 999_999_999;

/** Longest values that are carried through a sign-in. */
export const LONGEST = { nonce: 500, login_hint: 300, idp_hint: 64, acr_values: 500 } as const;

/**
 * Where the answer goes. Until this returns nothing may be sent to the redirect URI (design §5.4).
 * @throws OAuthError that must be shown as a page
 */
export function returnAddress(params: URLSearchParams, client: Client): ReturnAddress {
  const redirect_uri = params.get("redirect_uri");
  if (redirect_uri === null) throw new OAuthError("invalid_request", "redirect_uri is missing");
  if (!isRegistered(redirect_uri, client.redirect_uris))
    throw new OAuthError("invalid_request", "redirect_uri is not registered for this client");
  const postable = /^https?:/.test(redirect_uri);
  const mode = RESPONSE_MODES.find(
    (known) => known === params.get("response_mode") && (known !== "form_post" || postable),
  );
  // RFC 6749 §3.1: a parameter without a value counts as left out.
  const state = params.get("state") || null;
  return {
    client_id: client.client_id,
    redirect_uri,
    response_mode: mode ?? "query",
    ...(state !== null && { state }),
  };
}

/** @throws OAuthError that may be sent to the redirect URI */
export function authorizationRequest(
  params: URLSearchParams,
  client: Client,
  address: ReturnAddress,
  rules: ScopeRules & ClaimsRules & { readonly resources: readonly string[] },
  now: Seconds,
): AuthorizationRequest {
  for (const [name, code] of Object.entries(NOT_SUPPORTED))
    if (params.has(name)) throw new OAuthError(code, `the parameter ${name} is not supported`);
  const mode = params.get("response_mode");
  if (mode === "form_post" && address.response_mode !== mode)
    throw new OAuthError("invalid_request", "response_mode form_post needs a redirect URI of the web");
  if (mode !== null && mode !== address.response_mode)
    throw new OAuthError("invalid_request", "response_mode must be query, fragment or form_post");
  if (!params.has("response_type")) throw new OAuthError("invalid_request", "response_type is missing");
  if (params.get("response_type") !== "code")
    throw new OAuthError("unsupported_response_type", "response_type must be code");
  if (!client.response_types.includes("code") || !client.grant_types.includes("authorization_code"))
    throw new OAuthError("unauthorized_client", "the client may not use the authorization code grant");
  for (const [name, longest] of Object.entries(LONGEST))
    if ((params.get(name)?.length ?? 0) > longest)
      throw new OAuthError("invalid_request", `${name} is longer than ${longest} characters`);
  const optional = <N extends string>(name: N) => {
    const value = params.get(name);
    return (value === null ? {} : { [name]: value }) as { [K in N]?: string };
  };
  const scope = requestedScope(params, client, rules);
  const claims = requestedClaims(params.get("claims"), client, rules, scope);
  const acr_values = params.get("acr_values")?.split(" ").filter(Boolean) ?? [];
  const challenge = codeChallenge(params, isPublic(client));
  // OpenID Connect Core §2: as with `max_age`, `auth_time` has to be there.
  const age = maxAge(params) ?? (claims?.auth_time && ANY_AGE);
  const locale = uiLocale(params);
  return {
    ...address,
    // What claims need of scopes is asked of the person like any other scope.
    scope: [...scope, ...(claims?.requested.implied ?? [])],
    ...optional("nonce"),
    ...(challenge && { code_challenge: challenge }),
    prompt: prompts(params),
    ...(age !== undefined && { max_age: age }),
    ...optional("login_hint"),
    ...optional("idp_hint"),
    acr_values: [...new Set([...acr_values, ...(claims?.acr ?? [])])],
    ...(locale && { locale }),
    ...(claims?.acr && { essential_acr: claims.acr }),
    ...(claims?.subject !== undefined && { hinted_subject: claims.subject }),
    resource: requestedResources(params, rules.resources),
    ...(claims && { claims: claims.requested }),
    requested_at: now,
  };
}

function prompts(params: URLSearchParams): Prompt[] {
  const asked = params.get("prompt")?.split(" ").filter(Boolean) ?? [];
  const known = PROMPTS.filter((prompt) => asked.includes(prompt));
  if (asked.some((prompt) => !known.some((name) => name === prompt)))
    throw new OAuthError("invalid_request", "prompt must be none, login, consent or select_account");
  if (known.includes("none") && known.length > 1)
    throw new OAuthError("invalid_request", "prompt none cannot be combined with another");
  return known;
}

function maxAge(params: URLSearchParams): Seconds | undefined {
  const text = params.get("max_age");
  if (text === null) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new OAuthError("invalid_request", "max_age must be a number of seconds");
  return Number(text);
}
