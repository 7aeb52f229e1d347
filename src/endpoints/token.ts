/** RFC 6749 §3.2 — the token endpoint: the phases that every grant type shares. */
import { GRANTS } from "../grants/index.ts";
import type { AppContext } from "../http/context.ts";
import { form } from "../http/form.ts";
import { OAuthError } from "../oauth/error.ts";
import { issueTokens } from "../tokens/issue.ts";
import { mint } from "../tokens/mint.ts";
import { asOfToday } from "../tokens/today.ts";
import { caller } from "./caller.ts";

export async function token(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const params = await form(c);
  const client = await caller(c, params);
  const type = params.get("grant_type");
  if (type === null) throw new OAuthError("invalid_request", "grant_type is missing");
  const grantType = GRANTS.find((known) => known.type === type);
  if (!grantType) throw new OAuthError("unsupported_grant_type", "grant_type is not supported");
  if (!client.grant_types.includes(grantType.type))
    throw new OAuthError("unauthorized_client", "the client may not use this grant type");
  const grant = asOfToday(broker, client, await grantType.redeem(broker, params, client));
  const minted = await mint(broker, client, grant);
  // RFC 6749 §5.1: this one as well, for caches that know no Cache-Control.
  return c.json(await issueTokens(broker, client, minted), 200, { Pragma: "no-cache" });
}
