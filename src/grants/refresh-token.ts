/** RFC 6749 §6 and RFC 9700 §4.14 — refresh, with rotation and reuse detection. */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import { readHandle } from "../crypto/handle.ts";
import { OAuthError } from "../oauth/error.ts";
import { mayRefresh, namesIn } from "../oauth/scope.ts";
import { longestToken } from "../steps/grant-request.ts";
import { asking } from "../steps/asking.ts";
import type { Floors } from "../store/subject/refresh.ts";
import { isVoid } from "../tokens/live.ts";
import type { GrantType } from "./grant-type.ts";
import { storedGrant } from "./stored-grant.ts";

export const refreshToken: GrantType = {
  type: "refresh_token",

  async redeem(broker, params, client) {
    const token = params.get("refresh_token");
    if (token === null) throw new OAuthError("invalid_request", "refresh_token is missing");
    const handle = await readHandle(broker.keyring, "rt", broker.workspace.id, token);
    if (!handle) throw refusal("the refresh token was not issued here");
    if (!mayRefresh(client, broker.workspace))
      throw refusal("the client may not ask for offline_access any more");
    const { subject, id, generation } = handle;
    const object = broker.subject(subject);
    const wanted = {
      client_id: client.client_id,
      scope: namesIn(params.get("scope") ?? ""),
      resource: params.getAll("resource"),
      apis: broker.workspace.apis.map((api) => api.identifier),
      refresh_lifetime: broker.workspace.settings.refresh_token_lifetime,
      tokens_for: longestToken(broker.workspace),
      asking: asking(broker.workspace, client, []),
      floors: await floors(broker, client),
    };
    const answer = await object.refresh(broker.about(subject), id, generation, wanted);
    if (answer.as === "refused") throw refusal(answer.reason);
    // What is left to check is a connection that was deleted: nothing of it is listed any more.
    if (await isVoid(broker, client, answer.grant)) throw refusal("the connection or client was disabled");
    const stored = await storedGrant(broker, subject, id, answer.grant);
    if (!stored) throw refusal("its context cannot be opened");
    const { nonce: _, ...grant } = stored;
    return {
      ...grant,
      scope: wanted.scope.length > 0 ? wanted.scope : grant.scope,
      resource: wanted.resource.length > 0 ? wanted.resource : grant.resource,
    };
  },
};

/** Known before the token is used up, so that a connection that is switched on again finds its families alive. */
async function floors(broker: Broker, client: Client): Promise<Floors> {
  const limited = (await broker.connections()).filter((one) => one.disabled || one.not_before > 0);
  return {
    everywhere: Math.max(broker.workspace.settings.not_before, client.not_before),
    rules: broker.workspace.linking_rules ?? [],
    connections: Object.fromEntries(limited.map((one) => [one.id, one.disabled ? Infinity : one.not_before])),
  };
}

function refusal(reason: string): OAuthError {
  // RFC 6749 §6: a refresh may narrow what was granted, never widen it.
  if (reason === "scope") return new OAuthError("invalid_scope", "scope goes beyond what was granted");
  if (reason === "target") return new OAuthError("invalid_target", "resource was not authorized");
  return new OAuthError("invalid_grant", "the refresh token is not valid any more", { reason });
}
