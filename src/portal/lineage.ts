/** `{issuer}/me/sign-ins/{sid}/lineage`: a person asks why their tokens say what they say. */
import type { AppContext } from "../http/context.ts";
import { bearer, unauthorized } from "../http/bearer.ts";
import { lineageOf, openLineage, openValues } from "../steps/lineage.ts";
import { explain } from "../tokens/explain.ts";
import { readOwnToken } from "../tokens/own-token.ts";

export async function lineage(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const token = await bearer(c);
  if (token === undefined) return unauthorized(c);
  const { claims, scope, grant } = await readOwnToken(broker, token, "view_lineage");
  const session = c.req.param("sid") ?? "";
  // The token speaks for one sign-in; another's is as absent as one that never was.
  if (claims["sid"] !== session) return c.notFound();
  const stored = await broker.subject(claims.sub).lineage(session);
  const opened = stored && (await openLineage(broker, claims.sub, stored.row.lineage));
  const client = await broker.client(grant.client_id);
  const { authentication } = grant;
  // After a week, or ten more sign-ins, what is left is the context that the tokens are made of.
  const ran = opened ?? (client && authentication && lineageOf(broker, client, claims.sub, authentication));
  if (!ran) return c.notFound();
  const known = stored?.releases.find(({ client_id }) => client_id === grant.client_id);
  const release = { client_id: grant.client_id, at: ran.at, left_out: known?.left_out ?? [], scope };
  const values = stored?.values && (await openValues(broker, claims.sub, stored.values));
  const { claims: _, ...steps } = ran;
  return c.json({
    ...explain(ran, { ...release, ...(grant.claims && { requested: grant.claims }) }, client),
    ...steps,
    ...(values && { values }),
  });
}
