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

/** Runs a check and rethrows every failure as an {@link UpstreamError}. */
export async function judged<T>(check: () => T | Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    throw error instanceof UpstreamError ? error : explain(error);
  }
}

function explain(cause: unknown): UpstreamError {
  if (cause instanceof oauth.AuthorizationResponseError) {
    const denied = DENIALS.has(cause.error);
    return new UpstreamError(denied ? "denied" : "refused", "the provider refused the request", { cause });
  }
  if (cause instanceof oauth.ResponseBodyError)
    return new UpstreamError("refused", "the provider refused the code", { cause });
  return new UpstreamError(reasonOf(cause), "the provider's answer was not accepted", { cause });
}

function reasonOf(error: unknown): UpstreamReason {
  if (error instanceof errors.JWTExpired) return "expired";
  if (error instanceof errors.JWTClaimValidationFailed) return CLAIMS[error.claim] ?? "token";
  if (error instanceof errors.JOSEError) return "signature";
  if (error instanceof oauth.OperationProcessingError) {
    const claim = claimOf(error.cause);
    if (claim && CLAIMS[claim]) return CLAIMS[claim];
    return error.code === oauth.JWT_TIMESTAMP_CHECK ? "expired" : "malformed";
  }
  return "malformed";
}

function claimOf(cause: unknown): string | undefined {
  if (typeof cause !== "object" || cause === null || !("claim" in cause)) return undefined;
  return typeof cause.claim === "string" ? cause.claim : undefined;
}
