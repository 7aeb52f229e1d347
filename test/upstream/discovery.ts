/** The two documents of the issuer's host. */
import { poolKeys } from "./keys.ts";
import type { Pool } from "./pool.ts";

const html = () => new Response("<h1>Maintenance</h1>", { headers: { "content-type": "text/html" } });
const down = () => new Response("Bad Gateway", { status: 502 });

/** A pool `DiscoveryHtml0…` answers its discovery document as HTML, and so on. */
const FAULTS: Readonly<Record<string, (document: object) => Response>> = {
  DiscoveryDown: down,
  DiscoveryHtml: html,
  DiscoveryRedirects: () =>
    new Response(null, { status: 302, headers: { location: "https://internal.example.com/" } }),
  DiscoveryOther: (document) =>
    Response.json({ ...document, issuer: "https://cognito-idp.eu-central-1.amazonaws.com/other" }),
  DiscoveryScript: (document) =>
    Response.json({ ...document, authorization_endpoint: "javascript:alert(1)" }),
  DiscoveryHttp: (document) =>
    Response.json({ ...document, authorization_endpoint: "http://login.example.com/" }),
  DiscoveryHuge: (document) => Response.json({ ...document, padding: "x".repeat(1_100_000) }),
  NoDomain: (document) =>
    Response.json({
      ...document,
      authorization_endpoint: "https://cognito-idp.eu-central-1.amazonaws.com/oauth2/authorize",
    }),
  NoLogout: (document) => Response.json({ ...document, end_session_endpoint: undefined }),
};

export function discovery(_: Request, pool: Pool): Response {
  const { domain, issuer, fault } = pool;
  const document = {
    authorization_endpoint: `${domain}/oauth2/authorize`,
    end_session_endpoint: `${domain}/logout`,
    id_token_signing_alg_values_supported: ["RS256"],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ["code", "token"],
    revocation_endpoint: `${domain}/oauth2/revoke`,
    scopes_supported: ["openid", "email", "phone", "profile"],
    subject_types_supported: ["public"],
    token_endpoint: `${domain}/oauth2/token`,
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    userinfo_endpoint: `${domain}/oauth2/userInfo`,
  };
  return FAULTS[fault]?.(document) ?? Response.json(document);
}

/** Times that a pool's key set was read: a rotated key is in it from the second time on. */
const reads = new Map<string, number>();

export async function jwks(_: Request, pool: Pool): Promise<Response> {
  if (pool.fault === "KeysDown") return down();
  if (pool.fault === "KeysHtml") return html();
  const { id, access, rotated } = await poolKeys();
  const read = (reads.get(pool.id) ?? 0) + 1;
  reads.set(pool.id, read);
  const keys = [id.jwk, access.jwk, ...(read > 1 ? [rotated.jwk] : [])];
  return Response.json({ keys });
}
