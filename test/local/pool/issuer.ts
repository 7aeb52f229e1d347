import { publicKey, type PoolKeys } from "./keys.ts";
import { scopes } from "./attributes.ts";

/** The issuer host serves two documents; anything else gets AWS's answer to an operation it does not know. */
export function issuerHost({ issuer, hosted, domain, keys }: Hosts): (url: URL) => Response {
  const path = new URL(issuer).pathname;
  const documents: { readonly [pathname: string]: object } = {
    // No code_challenge_methods_supported, although S256 works: so it is at Cognito.
    [`${path}/.well-known/openid-configuration`]: {
      authorization_endpoint: `${hosted}/oauth2/authorize`,
      end_session_endpoint: `${hosted}/logout`,
      id_token_signing_alg_values_supported: ["RS256"],
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      response_types_supported: ["code", "token"],
      revocation_endpoint: `${domain}/oauth2/revoke`,
      scopes_supported: scopes.filter((scope) => !scope.includes(".")),
      subject_types_supported: ["public"],
      token_endpoint: `${domain}/oauth2/token`,
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
      userinfo_endpoint: `${domain}/oauth2/userInfo`,
    },
    [`${path}/.well-known/jwks.json`]: { keys: [publicKey(keys.id), publicKey(keys.access)] },
  };
  const unknown = {
    code: "BadRequest",
    message: "The server did not understand the operation that was requested.",
    type: "client",
  };
  return ({ pathname }) => {
    const found = documents[pathname];
    return found ? Response.json(found) : Response.json(unknown, { status: 400 });
  };
}

export interface Hosts {
  readonly issuer: string;
  /** Where a browser reaches the pool's domain, and where servers do. */
  readonly hosted: string;
  readonly domain: string;
  readonly keys: PoolKeys;
}
