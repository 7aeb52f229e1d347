/** RFC 6749 §4.1.3 — the authorization code grant, with PKCE (RFC 7636 §4.6). */
import { readHandle } from "../crypto/handle.ts";
import { OAuthError } from "../oauth/error.ts";
import { challengeOf } from "../oauth/pkce.ts";
import { narrowedResources } from "../oauth/resource.ts";
import { isVoid } from "../tokens/live.ts";
import type { GrantType } from "./grant-type.ts";
import { storedGrant } from "./stored-grant.ts";

export const authorizationCode: GrantType = {
  type: "authorization_code",

  async redeem(broker, params, client) {
    const [code, redirect_uri] = [params.get("code"), params.get("redirect_uri")];
    if (code === null) throw new OAuthError("invalid_request", "code is missing");
    if (redirect_uri === null) throw new OAuthError("invalid_request", "redirect_uri is missing");
    const code_challenge = await challengeOf(params.get("code_verifier"));
    const handle = await readHandle(broker.keyring, "code", broker.workspace.id, code);
    if (!handle) throw refused("the code was not issued here");
    const presented = {
      client_id: client.client_id,
      redirect_uri,
      ...(code_challenge && { code_challenge }),
    };
    const subject = broker.subject(handle.subject);
    const answer = await subject.redeem(broker.about(handle.subject), handle.id, presented);
    if (answer.as === "refused") throw refused(answer.reason);
    if (await isVoid(broker, client, answer.grant)) throw refused("the connection or client was disabled");
    const grant = await storedGrant(broker, handle.subject, handle.id, answer.grant);
    if (!grant) throw refused("its context cannot be opened");
    const offline = client.grant_types.includes("refresh_token");
    return {
      ...grant,
      resource: narrowedResources(params, grant.resource),
      refresh_generation: offline ? grant.refresh_generation : undefined,
    };
  },
};

/** One answer for every fault: which one it was is nobody's business but the operator's. */
function refused(reason: string): OAuthError {
  return new OAuthError("invalid_grant", "the code is not valid, or is not for this request", { reason });
}
