/** OpenID Connect Core §5.3 — userinfo, from the context that was stored with the grant. */
import { bearer, unauthorized } from "../http/bearer.ts";
import type { AppContext } from "../http/context.ts";
import { asClaims, released } from "../tokens/claims.ts";
import { identityClaims } from "../tokens/identity-claims.ts";
import { readOwnToken } from "../tokens/own-token.ts";

export async function userinfo(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const token = await bearer(c);
  if (token === undefined) return unauthorized(c);
  const { claims, scope, grant } = await readOwnToken(broker, token, "openid");
  const configured = released(
    broker.workspace.claims,
    "id_token",
    scope,
    grant.authentication?.context ?? {},
  );
  const { auth_time: _, ...identity } = identityClaims(grant.authentication);
  return c.json({ ...asClaims(configured), ...identity, sub: claims.sub });
}
