/** What becomes of each spoiled answer: what the app is told, and how the reason in the audit begins. */
import type { FaultName } from "../local/op/misbehave.ts";

type Answer = readonly [error: string, error_description: string];
export type Outcome = readonly [told: Answer, reason: string];

const DISTRUSTED: Answer = ["access_denied", "the identity provider's answer was not accepted"];
const UNREADABLE: Answer = ["server_error", "the identity provider's answer could not be read"];
const REFUSED: Answer = ["server_error", "the identity provider refused the request"];
const UNREACHABLE: Answer = ["temporarily_unavailable", "the identity provider does not answer"];
const DENIED: Answer = ["access_denied", "the person did not sign in at the identity provider"];

const NOT = "the provider's answer was not accepted";

/** An answer with another state belongs to no sign-in of the browser, so nobody is told anything: it has a test of its own. */
export const OUTCOMES: Readonly<Record<Exclude<FaultName, "state-of-another">, Outcome>> = {
  "iss-of-another": [DISTRUSTED, `issuer: ${NOT}: unexpected "iss" (issuer) response parameter value`],
  "iss-of-another-by-form": [
    DISTRUSTED,
    `issuer: ${NOT}: unexpected "iss" (issuer) response parameter value`,
  ],
  "iss-missing": [DISTRUSTED, `issuer: ${NOT}: response parameter "iss" (issuer) missing`],
  "code-missing": [UNREADABLE, "malformed: the provider sent no code"],
  "code-of-another": [REFUSED, "refused: the provider refused the code: invalid_grant"],
  denies: [DENIED, "denied: the provider refused the request: access_denied"],
  "id-token-iss": [DISTRUSTED, `issuer: ${NOT}: unexpected JWT "iss" (issuer) claim value`],
  "id-token-aud": [DISTRUSTED, `audience: ${NOT}: unexpected JWT "aud" (audience) claim value`],
  "id-token-aud-and-another": [DISTRUSTED, `audience: ${NOT}: ID Token "aud" (audience) claim includes`],
  "id-token-azp": [DISTRUSTED, `audience: ${NOT}: unexpected ID Token "azp" (authorized party) claim value`],
  "id-token-nonce": [DISTRUSTED, `nonce: ${NOT}: unexpected ID Token "nonce" claim value`],
  "id-token-no-nonce": [DISTRUSTED, `token: ${NOT}: JWT "nonce" (nonce) claim missing`],
  "id-token-expired": [DISTRUSTED, `expired: ${NOT}: unexpected JWT "exp" (expiration time) claim value`],
  "id-token-no-exp": [DISTRUSTED, `token: ${NOT}: JWT "exp" (expiration time) claim missing`],
  "id-token-not-yet": [DISTRUSTED, `expired: ${NOT}: unexpected JWT "nbf" (not before) claim value`],
  "id-token-iat-in-the-future": [DISTRUSTED, "expired: iat of the ID token is in the future"],
  "id-token-auth-time-in-milliseconds": [DISTRUSTED, "expired: auth_time of the ID token is in the future"],
  "id-token-no-sub": [DISTRUSTED, `token: ${NOT}: JWT "sub" (subject) claim missing`],
  "id-token-at-hash": [DISTRUSTED, "token: at_hash does not fit the access token"],
  "id-token-alg-none": [DISTRUSTED, `signature: ${NOT}: unexpected JWT "alg" header parameter`],
  "id-token-hs256": [DISTRUSTED, `signature: ${NOT}: unexpected JWT "alg" header parameter`],
  "id-token-unknown-kid": [DISTRUSTED, `signature: ${NOT}: no applicable key found in the JSON Web Key Set`],
  "id-token-wrong-key": [DISTRUSTED, `signature: ${NOT}: signature verification failed`],
  "id-token-tampered": [DISTRUSTED, `signature: ${NOT}: signature verification failed`],
  "id-token-missing": [UNREADABLE, `malformed: ${NOT}: "response" body "id_token" property`],
  "id-token-garbage": [UNREADABLE, `malformed: ${NOT}: failed to parse JWT Header body`],
  "token-500": [UNREADABLE, `malformed: ${NOT}: "response" is not a conform Token Endpoint response`],
  "token-html": [UNREADABLE, `malformed: ${NOT}: "response" content-type must be application/json`],
  "token-huge": [UNREACHABLE, "unreachable: the provider did not answer: the answer is too large"],
  "token-no-access-token": [UNREADABLE, `malformed: ${NOT}: "response" body "access_token" property`],
  "token-type": [UNREADABLE, `malformed: ${NOT}: unsupported \`token_type\` value`],
  "userinfo-sub": [DISTRUSTED, `subject: ${NOT}: unexpected "response" body "sub" property value`],
  "userinfo-no-sub": [UNREADABLE, `malformed: ${NOT}: "response" body "sub" property`],
  "userinfo-500": [UNREADABLE, `malformed: ${NOT}: "response" is not a conform UserInfo Endpoint response`],
  "userinfo-html": [UNREADABLE, `malformed: ${NOT}: "response" content-type must be application/json`],
  "par-500": [UNREADABLE, `malformed: ${NOT}: "response" is not a conform`],
  "par-html": [UNREADABLE, `malformed: ${NOT}: "response" content-type must be application/json`],
  "par-no-request-uri": [UNREADABLE, `malformed: ${NOT}: "response" body "request_uri" property`],
  "par-refused": [REFUSED, "refused: the provider refused the request: invalid_request"],
  // The last: it takes ten seconds, while the others are asked.
  "token-slow": [UNREACHABLE, "unreachable: the provider did not answer"],
};
