/** RFC 7636 — proof key for code exchange, S256 only. */
import { base64url } from "jose";
import { OAuthError } from "./error.ts";

const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

/**
 * The challenge of an authorization request.
 * @param required for clients that cannot keep a secret (RFC 9700 §2.1.1)
 */
export function codeChallenge(params: URLSearchParams, required: boolean): string | undefined {
  const challenge = params.get("code_challenge");
  const method = params.get("code_challenge_method");
  if (challenge === null) {
    if (method !== null)
      throw new OAuthError("invalid_request", "code_challenge_method comes without code_challenge");
    if (required) throw new OAuthError("invalid_request", "code_challenge is required for this client");
    return undefined;
  }
  // RFC 7636 §4.3: without a method the challenge would be `plain`, which proves nothing to whoever saw the request.
  if (method !== "S256") throw new OAuthError("invalid_request", "code_challenge_method must be S256");
  if (!CHALLENGE.test(challenge))
    throw new OAuthError("invalid_request", "code_challenge must be 43 characters of base64url");
  return challenge;
}

/** What a challenge would have to be for this verifier; undefined where none was sent. */
export async function challengeOf(verifier: string | null): Promise<string | undefined> {
  if (verifier === null) return undefined;
  if (!VERIFIER.test(verifier))
    throw new OAuthError("invalid_request", "code_verifier must be 43 to 128 unreserved characters");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return base64url.encode(new Uint8Array(digest));
}
