/** What went wrong behind a proven return address, in OAuth's words for the client (RFC 6749 §4.1.2.1). */
import type { Broker } from "../broker.ts";
import { UpstreamError, type UpstreamReason } from "../connectors/upstream-error.ts";
import { type ErrorCode, OAuthError } from "../oauth/error.ts";
import { StaleConfiguration } from "../store/configuration.ts";

const REFUSED: [ErrorCode, string] = ["server_error", "the identity provider refused the request"];
const DISTRUSTED: [ErrorCode, string] = ["access_denied", "the identity provider's answer was not accepted"];

const ANSWERS: Record<UpstreamReason, [ErrorCode, string]> = {
  denied: ["access_denied", "the person did not sign in at the identity provider"],
  refused: REFUSED,
  outsider: ["access_denied", "the person may not sign in here with this account"],
  anew: ["login_required", "this way to sign in cannot authenticate the person anew"],
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
  document: DISTRUSTED,
  encryption: DISTRUSTED,
  recipient: DISTRUSTED,
  destination: DISTRUSTED,
  request: DISTRUSTED,
  context: DISTRUSTED,
  replay: DISTRUSTED,
};

/** Ours too: where the answer goes is proven, so the client is told (RFC 6749 §4.1.2.1 `server_error`). */
export function faultOf(broker: Broker, error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof UpstreamError) return upstreamFault(error);
  if (error instanceof StaleConfiguration)
    return new OAuthError("temporarily_unavailable", "the service cannot answer right now", { cause: error });
  broker.fault(error);
  return new OAuthError("server_error", "something went wrong here", { cause: error });
}

function upstreamFault(error: UpstreamError): OAuthError {
  const [code, description] = ANSWERS[error.reason];
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return new OAuthError(code, description, {
    cause: error,
    reason: `${error.reason}: ${error.message}${cause}`,
  });
}
