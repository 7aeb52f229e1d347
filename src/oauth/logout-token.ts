/** OpenID Connect Back-Channel Logout 1.0 §2.4 — the logout token. */
import type { Seconds } from "../flow.ts";

/** Of a JWT that tells an app who signed out. No other token of ours has it, so none can be taken for another. */
export const LOGOUT_TOKEN_TYPE = "logout+jwt";
const EVENT = "http://schemas.openid.net/event/backchannel-logout";
/** Seconds; §4 recommends two minutes at most. */
const LIFETIME = 120;

export interface SignedOut {
  readonly issuer: string;
  readonly client_id: string;
  readonly subject: string;
  readonly session: string;
}

/** `sub` and `sid` always; a `nonce` never (§2.4 forbids it, so that nobody takes it for an ID token). */
export function logoutClaims({ issuer, client_id, subject, session }: SignedOut, jti: string, now: Seconds) {
  return {
    iss: issuer,
    aud: client_id,
    sub: subject,
    sid: session,
    iat: now,
    exp: now + LIFETIME,
    jti,
    events: { [EVENT]: {} },
  };
}
