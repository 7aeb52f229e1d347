/** OpenID Connect Core §5.3 — userinfo, from the context that was stored with the grant. */
import { bearer, unauthorized } from "../http/bearer.ts";
import type { AppContext } from "../http/context.ts";
import { OAuthError } from "../oauth/error.ts";
import { asClaims, released } from "../tokens/claims.ts";
import { factsOf } from "../tokens/facts.ts";
import { identityClaims } from "../tokens/identity-claims.ts";
import { readOwnToken } from "../tokens/own-token.ts";

export async function userinfo(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const token = await bearer(c);
  if (token === undefined) return unauthorized(c);
  const { claims, scope, grant } = await readOwnToken(broker, token, "openid");
  const client = await broker.client(grant.client_id);
  if (!client) throw new OAuthError("invalid_token", "the access token is not valid any more");
  const asked = { to: "userinfo", scope, requested: grant.claims } as const;
  const configured = released(broker.workspace.claims, asked, factsOf(broker.workspace, client, grant));
  const { auth_time: _, ...identity } = identityClaims(grant.authentication);
  return c.json({ ...asClaims(configured).claims, ...identity, sub: claims.sub });
}
