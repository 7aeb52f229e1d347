/**
 * RFC 7009 — token revocation. §2.1 has a request for another client's token refused; here it is answered as one for a token
 * that is not valid (§2.2), and changes nothing: who found a token would otherwise learn that it is good, and introspection
 * does not tell them either.
 */
import type { AppContext } from "../http/context.ts";
import { form } from "../http/form.ts";
import type { Broker } from "../broker.ts";
import { readHandle } from "../crypto/handle.ts";
import { OAuthError } from "../oauth/error.ts";
import { knownAccessToken } from "../tokens/known-access-token.ts";
import { caller } from "./caller.ts";

export async function revoke(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const params = await form(c);
  const client = await caller(c, params);
  const token = params.get("token");
  if (token === null) throw new OAuthError("invalid_request", "token is missing");
  const refresh = await readHandle(broker.keyring, "rt", broker.workspace.id, token);
  if (refresh) {
    const { subject, id } = refresh;
    await broker.subject(subject).end(broker.about(subject), id, client.client_id);
  } else {
    await revokeAccessToken(broker, token, client.client_id);
  }
  return c.body(null, 200);
}

/** Ends this one token. A token of a client on its own has no object of a person: its `jti` is remembered. */
async function revokeAccessToken(broker: Broker, token: string, client_id: string): Promise<void> {
  // §2.2: invalid tokens do not cause an error response.
  const claims = await knownAccessToken(broker, token);
  if (claims?.client_id !== client_id) return;
  const [id, random] = claims.jti.split(".");
  if (random === undefined) await broker.once(`token:${claims.jti}`, claims.exp);
  else
    await broker
      .subject(claims.sub)
      .revoke(broker.about(claims.sub), id ?? "", client_id, claims.jti, claims.exp);
}
