/** Turns what oauth4webapi and jose throw into our reasons; the cause keeps their words for the operator. */
import { errors } from "jose";
import * as oauth from "oauth4webapi";
import { UpstreamError, type UpstreamReason } from "./upstream-error.ts";

/** Claims whose failure has a reason of its own; of the rest we say `token`. */
const CLAIMS: Readonly<Record<string, UpstreamReason>> = {
  iss: "issuer",
  aud: "audience",
  azp: "audience",
  nonce: "nonce",
  exp: "expired",
  iat: "expired",
  nbf: "expired",
};

/** What a provider may say about the person rather than about us (RFC 6749 §4.1.2.1). */
const DENIALS = new Set(["access_denied", "login_required", "interaction_required", "consent_required"]);

/** What the provider was sent, and may have refused. */
type Sent = "the request" | "the code" | "the access token";

/** Runs a check and rethrows every failure as an {@link UpstreamError}. */
export async function judged<T>(check: () => T | Promise<T>, sent: Sent = "the code"): Promise<T> {
  try {
    return await check();
  } catch (error) {
    throw error instanceof UpstreamError ? error : explain(error, sent);
  }
}

function explain(cause: unknown, sent: Sent): UpstreamError {
  if (cause instanceof oauth.AuthorizationResponseError) {
    const reason = DENIALS.has(cause.error)
      ? "denied"
      : cause.error === "temporarily_unavailable"
        ? "unavailable"
        : "refused";
    return new UpstreamError(reason, "the provider refused the request", named(cause.error, cause));
  }
  if (cause instanceof oauth.ResponseBodyError)
    return new UpstreamError("refused", `the provider refused ${sent}`, named(cause.error, cause));
  // RFC 6749 §5.2: who authenticated by a header, with a secret that is over, perhaps, is refused by a challenge.
  if (cause instanceof oauth.WWWAuthenticateChallengeError)
    return new UpstreamError(
      "refused",
      `the provider refused ${sent}`,
      named(cause.cause[0]?.parameters["error"], cause),
    );
  return new UpstreamError(reasonOf(cause), "the provider's answer was not accepted", { cause });
}

/** The provider's error code, if it is one: a sentence of its own could hold anything. */
function named(error: unknown, cause: Error) {
  if (typeof error !== "string" || !/^[a-z_]{1,64}$/.test(error)) return { cause };
  return { cause: new Error(error, { cause }), error };
}

function reasonOf(error: unknown): UpstreamReason {
  if (error instanceof errors.JWTExpired) return "expired";
  if (error instanceof errors.JWTClaimValidationFailed) return CLAIMS[error.claim] ?? "token";
  if (error instanceof errors.JOSEError) return "signature";
  if (error instanceof oauth.OperationProcessingError) return blamed(error.cause) ?? "malformed";
  return error instanceof oauth.UnsupportedOperationError && !blamesBody(error.cause)
    ? "signature"
    : "malformed";
}

/** An algorithm that nobody knows is of a signature; a `token_type` that nobody knows is not. */
function blamesBody(cause: unknown): boolean {
  return typeof cause === "object" && cause !== null && "body" in cause;
}

/** oauth4webapi says in the cause what it looked at when it refused. */
function blamed(cause: unknown): UpstreamReason | undefined {
  if (typeof cause !== "object" || cause === null) return undefined;
  if ("claim" in cause && typeof cause.claim === "string") return CLAIMS[cause.claim] ?? "token";
  if ("claims" in cause) return "token";
  if ("header" in cause) return "signature";
  if ("parameters" in cause) return "issuer";
  if ("attribute" in cause) return cause.attribute === "sub" ? "subject" : "issuer";
  return undefined;
}
