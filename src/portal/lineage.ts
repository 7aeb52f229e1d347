/** `{issuer}/me/sign-ins/{sid}/lineage`: a person asks why their tokens say what they say. */
import type { AppContext } from "../http/context.ts";
import { bearer, unauthorized } from "../http/bearer.ts";
import { storedGrant } from "../grants/stored-grant.ts";
import { OAuthError } from "../oauth/error.ts";
import { readAccessToken } from "../tokens/access-token.ts";
import { released } from "../tokens/claims.ts";
import { liveBasis } from "../tokens/live.ts";

export async function lineage(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const token = await bearer(c);
  if (token === undefined) return unauthorized(c);
  const claims = await readAccessToken(broker, token);
  const scope = claims.scope.split(" ");
  if (!scope.includes("view_lineage"))
    throw new OAuthError("insufficient_scope", "the access token lacks the scope view_lineage");
  // The token speaks for one sign-in; another's is as absent as one that never was.
  if (claims["sid"] !== c.req.param("sid")) return c.notFound();
  const basis = await liveBasis(broker, claims);
  if (basis?.by !== "person") throw new OAuthError("invalid_token", "the access token is not valid any more");
  const { authentication } = await storedGrant(
    broker,
    claims.sub,
    claims.jti.split(".")[0] ?? "",
    basis.grant,
  );
  const tokens = (["id_token", "access_token"] as const).map((type) => [
    type,
    released(broker.workspace.claims, type, scope, authentication?.context ?? {}).map(
      ({ claim, attribute }) => ({
        name: claim.name,
        path: [
          ...attribute.lineage.map(({ connection, source }) => `${connection}: ${source}`),
          `authn_ctx.${claim.source_path}`,
          `${type}.${claim.name}`,
        ],
      }),
    ),
  ]);
  return c.json(Object.fromEntries(tokens));
}
