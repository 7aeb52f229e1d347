/** RFC 7523 §3 and OpenID Connect Core §9 — `private_key_jwt`. */
import { jwtVerify, type JWTVerifyGetKey } from "jose";
import type { Seconds } from "../flow.ts";
import { OAuthError } from "./error.ts";

/** Asymmetric only: with HMAC a public key would be a secret (RFC 8725 §3.1). RFC 9864 calls one of them by a new name. */
export const ASSERTION_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"] as const;

/** Seconds: what libraries make of their own accord. Its `jti` is remembered until then, so a longer life would cost storage. */
const LONGEST_LIFE = 3_600;
const CLOCK_TOLERANCE = 30;

/** A proven assertion: to be used once, until it expires. */
export interface ProvenAssertion {
  readonly jti: string;
  readonly exp: Seconds;
}

/**
 * @param audiences what `aud` may name: the issuer and the endpoints that are ours, and nobody beside them. An assertion that
 *   is good in two places can be used at one by the other (CVE-2025-27370, CVE-2025-27371)
 * @throws OAuthError `invalid_client`
 */
export async function judgeAssertion(
  assertion: string,
  key: JWTVerifyGetKey,
  client_id: string,
  audiences: readonly string[],
  now: Seconds,
): Promise<ProvenAssertion> {
  try {
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: [...ASSERTION_ALGORITHMS],
      issuer: client_id,
      subject: client_id,
      audience: [...audiences],
      requiredClaims: ["jti", "exp"],
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: new Date(now * 1_000),
    });
    const { jti = "", exp = 0, aud = "" } = payload;
    if (![aud].flat().every((one) => audiences.includes(one)))
      throw new OAuthError("invalid_client", "the assertion is addressed to others as well");
    if (exp > now + LONGEST_LIFE + CLOCK_TOLERANCE)
      throw new OAuthError("invalid_client", "the assertion lives longer than an hour");
    if (jti === "" || jti.length > 200)
      throw new OAuthError("invalid_client", "the assertion has no usable jti");
    return { jti, exp: exp + CLOCK_TOLERANCE };
  } catch (cause) {
    if (cause instanceof OAuthError) throw cause;
    // A registered key that cannot be used throws what WebCrypto throws; it proves nothing either.
    const reason = cause instanceof Error ? cause.message : "not a JWT";
    throw new OAuthError("invalid_client", "the assertion was not accepted", { cause, reason });
  }
}
