import * as client from "openid-client";
import type { Person } from "./person.ts";

/** Nothing listens there: the person's browser stops when it is sent to it. */
const APP = "http://127.0.0.1:45678/callback";

/** The demo's command-line client on an independent library. */
export async function discover(issuer: string, secret: string): Promise<client.Configuration> {
  return client.discovery(new URL(issuer), "demo-cli", secret, client.ClientSecretBasic(secret), {
    execute: [client.allowInsecureRequests],
  });
}

/** As far as the answer of the authorization endpoint, and what it has to fit. */
export async function authorize(
  config: client.Configuration,
  person: Person,
  change: Readonly<Record<string, string>> = {},
) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: APP,
    scope: "openid profile email offline_access",
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: expectedState,
    nonce: expectedNonce,
    idp_hint: "customers",
    ...change,
  });
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  return { answer: await person.walk(url, APP), checks };
}

/** The whole authorization code flow with PKCE, state and nonce; every answer is judged by the library. */
export async function signIn(
  config: client.Configuration,
  person: Person,
  change?: Readonly<Record<string, string>>,
) {
  const { answer, checks } = await authorize(config, person, change);
  return client.authorizationCodeGrant(config, answer, checks);
}
