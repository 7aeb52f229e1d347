/** `{issuer}/me/sign-ins/{sid}/lineage`: a person asks why their tokens say what they say. */
import type { AppContext } from "../http/context.ts";
import type { Origin } from "../flow.ts";
import { bearer, unauthorized } from "../http/bearer.ts";
import { released } from "../tokens/claims.ts";
import { readOwnToken } from "../tokens/own-token.ts";

export async function lineage(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const token = await bearer(c);
  if (token === undefined) return unauthorized(c);
  const { claims, scope, grant } = await readOwnToken(broker, token, "view_lineage");
  // The token speaks for one sign-in; another's is as absent as one that never was.
  if (claims["sid"] !== c.req.param("sid")) return c.notFound();
  const tokens = (["id_token", "access_token"] as const).map((type) => [
    type,
    released(broker.workspace.claims, type, scope, grant.authentication?.context ?? {}).map(
      ({ claim, attribute }) => ({
        name: claim.name,
        path: [...attribute.lineage.map(place), `authn_ctx.${claim.source_path}`, `${type}.${claim.name}`],
      }),
    ),
  ]);
  return c.json(Object.fromEntries(tokens));
}

/** One step of a value's way, in a few words. */
function place(origin: Origin): string {
  switch (origin.from) {
    case "provider":
      return `${origin.connection}: ${origin.source}`;
    case "constant":
      return `${origin.connection}: constant`;
    case "conversion":
      return origin.as;
    case "script":
    case "app":
      return `${origin.from}: ${origin.name}`;
    case "protocol":
      return "protocol";
  }
}
