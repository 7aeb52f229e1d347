import { createHash } from "node:crypto";

const VERIFIER = "v".repeat(43);

/** An authorization request of the demo's command-line client, which may have its answer on any port of 127.0.0.1. */
export function request(
  issuer: string,
  appOrigin: string,
  change: Readonly<Record<string, string>> = {},
): string {
  const code_challenge = createHash("sha256").update(VERIFIER).digest("base64url");
  const query = new URLSearchParams({
    response_type: "code",
    client_id: "demo-cli",
    redirect_uri: `${appOrigin}/callback`,
    scope: "openid profile",
    code_challenge,
    code_challenge_method: "S256",
    ...change,
  });
  return `${issuer}/oauth2/authorize?${query}`;
}
