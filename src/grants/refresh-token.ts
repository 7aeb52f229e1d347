/** RFC 6749 §6 and RFC 9700 §4.14 — refresh, with rotation and reuse detection. */
import { readHandle } from "../crypto/handle.ts";
import { OAuthError } from "../oauth/error.ts";
import { namesIn } from "../oauth/scope.ts";
import { asking } from "../steps/asking.ts";
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
    const { subject, id, generation } = handle;
    const object = broker.subject(subject);
    const wanted = {
      client_id: client.client_id,
      scope: namesIn(params.get("scope") ?? ""),
      resource: params.getAll("resource"),
      asking: asking(broker.workspace, client, []),
    };
    const answer = await object.refresh(broker.about(subject), id, generation, wanted);
    if (answer.as === "refused") throw refusal(answer.reason);
    if (await isVoid(broker, client, answer.grant)) throw refusal("the connection or client was disabled");
    const { nonce: _, ...grant } = await storedGrant(broker, subject, id, answer.grant);
    return {
      ...grant,
      scope: wanted.scope.length > 0 ? wanted.scope : grant.scope,
      resource: wanted.resource.length > 0 ? wanted.resource : grant.resource,
    };
  },
};

function refusal(reason: string): OAuthError {
  // RFC 6749 §6: a refresh may narrow what was granted, never widen it.
  if (reason === "scope") return new OAuthError("invalid_scope", "scope goes beyond what was granted");
  if (reason === "target") return new OAuthError("invalid_target", "resource was not authorized");
  return new OAuthError("invalid_grant", "the refresh token is not valid any more", { reason });
}
