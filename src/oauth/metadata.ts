/** OpenID Connect Discovery §3 and RFC 8414 §2. Says what works, no more and no less; read from the lists that decide. */
import { SIGNING_ALGORITHMS } from "../config/algorithms.ts";
import { AUTH_METHODS, GRANT_TYPES } from "../config/client.ts";
import { LOCALES } from "../config/locale.ts";
import { parsePath } from "../config/path.ts";
import type { Claim } from "../config/claim.ts";
import type { Scope } from "../config/scope.ts";
import { ASSERTION_ALGORITHMS } from "./client-assertion.ts";
import { PROMPTS, RESPONSE_MODES } from "./request.ts";

/** Paths of the endpoints under the issuer. Operators copy them into other consoles, so they never change. */
export const ENDPOINTS = {
  authorization_endpoint: "/oauth2/authorize",
  token_endpoint: "/oauth2/token",
  revocation_endpoint: "/oauth2/revoke",
  introspection_endpoint: "/oauth2/introspect",
  userinfo_endpoint: "/userinfo",
  end_session_endpoint: "/oidc/logout",
  jwks_uri: "/.well-known/jwks.json",
} as const;

export function metadata(issuer: string, scopes: readonly Scope[], claims: readonly Claim[]) {
  const endpoints = Object.entries(ENDPOINTS).map(([name, path]) => [name, `${issuer}${path}`] as const);
  const confidential = AUTH_METHODS.filter((method) => method !== "none");
  return {
    issuer,
    ...Object.fromEntries(endpoints),
    scopes_supported: scopes.map(({ name }) => name),
    response_types_supported: ["code"],
    response_modes_supported: RESPONSE_MODES,
    grant_types_supported: GRANT_TYPES,
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: SIGNING_ALGORITHMS,
    token_endpoint_auth_methods_supported: AUTH_METHODS,
    token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    revocation_endpoint_auth_methods_supported: AUTH_METHODS,
    revocation_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    introspection_endpoint_auth_methods_supported: confidential,
    introspection_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    code_challenge_methods_supported: ["S256"],
    prompt_values_supported: PROMPTS,
    ui_locales_supported: LOCALES,
    claims_supported: claimsSupported(claims),
    claims_parameter_supported: true,
    request_parameter_supported: false,
    // OpenID Connect Discovery §3: this one is true by default.
    request_uri_parameter_supported: false,
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
  };
}

function claimsSupported(claims: readonly Claim[]): string[] {
  const configured = claims
    .filter(({ type }) => type === "id_token")
    .map(({ name }) => parsePath(name)[0] ?? name);
  const protocol = [
    "iss",
    "sub",
    "aud",
    "exp",
    "iat",
    "auth_time",
    "nonce",
    "acr",
    "amr",
    "at_hash",
    "sid",
    "idp",
    "idp_sub",
    "idp_method",
  ];
  return [...new Set([...protocol, ...configured])];
}
