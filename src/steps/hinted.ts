/** AuthorizationRequest → the same, with the person whom its `id_token_hint` names (OpenID Connect Core §3.1.2.1). */
import type { Broker } from "../broker.ts";
import type { AuthorizationRequest } from "../flow.ts";
import { OAuthError } from "../oauth/error.ts";
import { readIdTokenHint } from "../tokens/id-token-hint.ts";

/** @throws OAuthError `invalid_request` for a hint that is not an ID token of this workspace */
export async function hinted(
  broker: Broker,
  request: AuthorizationRequest,
  hint: string | null,
): Promise<AuthorizationRequest> {
  if (hint === null) return request;
  const read = await readIdTokenHint(broker, hint);
  if (!read) throw new OAuthError("invalid_request", "id_token_hint is not an ID token of this issuer");
  if (request.hinted_subject !== undefined && request.hinted_subject !== read.subject)
    throw new OAuthError("invalid_request", "id_token_hint and claims name two persons");
  return { ...request, hinted_subject: read.subject };
}
