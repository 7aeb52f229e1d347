/** What a provider's failure is to the client, in OAuth's words (RFC 6749 §4.1.2.1). */
import type { UpstreamError, UpstreamReason } from "../connectors/upstream-error.ts";
import { type ErrorCode, OAuthError } from "../oauth/error.ts";

const REFUSED: [ErrorCode, string] = ["server_error", "the identity provider refused the request"];
const DISTRUSTED: [ErrorCode, string] = ["access_denied", "the identity provider's answer was not accepted"];

const ANSWERS: Record<UpstreamReason, [ErrorCode, string]> = {
  denied: ["access_denied", "the person did not sign in at the identity provider"],
  refused: REFUSED,
  unavailable: ["temporarily_unavailable", "the identity provider cannot answer right now"],
  unreachable: ["temporarily_unavailable", "the identity provider does not answer"],
  malformed: ["server_error", "the identity provider's answer could not be read"],
  state: DISTRUSTED,
  issuer: DISTRUSTED,
  audience: DISTRUSTED,
  nonce: DISTRUSTED,
  expired: DISTRUSTED,
  signature: DISTRUSTED,
  token: DISTRUSTED,
  subject: DISTRUSTED,
};

export function upstreamFault(error: UpstreamError): OAuthError {
  const [code, description] = ANSWERS[error.reason];
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return new OAuthError(code, description, {
    cause: error,
    reason: `${error.reason}: ${error.message}${cause}`,
  });
}
