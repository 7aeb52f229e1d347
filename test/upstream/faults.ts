/** Ways to misbehave that an app client's id names: `app.wrong-nonce.no-auth-time`. */
const FAULTS = [
  // The authorization response
  "access-denied",
  "server-error",
  "unknown-error",
  "unavailable",
  "wrong-state",
  "no-code",
  "two-codes",
  "wrong-iss",
  // The person
  "ignores-prompt",
  "no-auth-time",
  "mfa",
  // The token response
  "token-500",
  "token-html",
  "token-redirects",
  "token-refuses",
  "no-id-token",
  "no-access-token",
  // The ID token
  "wrong-issuer",
  "wrong-tid",
  "wrong-audience",
  "further-audience",
  "wrong-nonce",
  "no-nonce",
  "expired",
  "no-exp",
  "not-yet",
  "future-iat",
  "future-auth-time",
  "no-sub",
  "huge-sub",
  "alg-none",
  "hs256",
  "rs384",
  "unknown-kid",
  "wrong-key",
  "tampered",
  "rotated",
  "wrong-token-use",
  "no-token-use",
  "good-at-hash",
  "bad-at-hash",
  // The access token
  "access-other-client",
  "access-other-sub",
  "access-other-issuer",
  "access-expired",
  "access-no-exp",
  "access-wrong-key",
  "access-token-use",
  "jwt-access",
  // Userinfo
  "userinfo-other-sub",
  "userinfo-null",
  "userinfo-500",
  "userinfo-html",
] as const;
export type Fault = (typeof FAULTS)[number];

export type Has = (fault: Fault) => boolean;

export function faultsOf(clientId: string): Has {
  const named = clientId.split(".").slice(1);
  const unknown = named.find((name) => !FAULTS.some((fault) => fault === name));
  if (unknown) throw new Error(`no such fault: ${unknown}`);
  return (fault) => named.includes(fault);
}
