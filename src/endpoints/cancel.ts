/**
 * The chooser's way back: whoever does not want to sign in is answered for as after a refusal (RFC 6749 §4.1.2.1
 * `access_denied`). It leads to nothing but a registered redirect URI, writes nothing and wakes no object.
 */
import type { AppContext } from "../http/context.ts";
import { answerClient } from "../http/send.ts";
import { OAuthError } from "../oauth/error.ts";
import { authorizationResponse } from "../oauth/respond.ts";
import { addressOf } from "./address-of.ts";
import { knownClient } from "./known-client.ts";

export async function cancel(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const sent = new URL(c.req.url).searchParams;
  const client = await knownClient(broker, sent);
  const address = addressOf(sent, client);
  const error = new OAuthError("access_denied", "the person did not want to sign in");
  const { client_id, client_name } = client;
  broker.refused({ where: "authorize", error: error.code, reason: error.reason, client_id });
  return answerClient(c, authorizationResponse(address, broker.issuer, error), { name: client_name });
}
