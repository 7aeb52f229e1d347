/** OpenID Connect Core §5.3 — userinfo, from the context that was stored with the grant. */
import { unauthorized } from "../http/bearer.ts";
import type { AppContext } from "../http/context.ts";
import { storedGrant } from "../grants/stored-grant.ts";
import { OAuthError } from "../oauth/error.ts";
import { readAccessToken } from "../tokens/access-token.ts";
import { asClaims, released } from "../tokens/claims.ts";
import { identityClaims } from "../tokens/identity-claims.ts";
import { liveBasis } from "../tokens/live.ts";
import { bearer } from "../http/bearer.ts";

export async function userinfo(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const token = await bearer(c);
  if (token === undefined) return unauthorized(c);
  const claims = await readAccessToken(broker, token);
  const audiences = [claims.aud].flat();
  if (!audiences.includes(broker.issuer))
    throw new OAuthError("invalid_token", "the access token is for another API");
  const scope = claims.scope.split(" ");
  if (!scope.includes("openid"))
    throw new OAuthError("insufficient_scope", "the access token lacks the scope openid");
  const basis = await liveBasis(broker, claims);
  if (basis?.by !== "person") throw new OAuthError("invalid_token", "the access token is not valid any more");
  const [id = ""] = claims.jti.split(".");
  const grant = await storedGrant(broker, claims.sub, id, basis.grant);
  const configured = released(
    broker.workspace.claims,
    "id_token",
    scope,
    grant.authentication?.context ?? {},
  );
  const { auth_time: _, ...identity } = identityClaims(grant.authentication);
  return c.json({ ...asClaims(configured), ...identity, sub: claims.sub });
}
