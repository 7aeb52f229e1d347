/** `error_description` holds %x20-21 / %x23-5B / %x5D-7E only, whatever was sent (RFC 6749 §4.1.2.1 and §5.2, RFC 6750 §3). */
import fc from "fast-check";
import { STANDARD_CLAIMS } from "../../src/config/claim.ts";
import { describe, expect, it } from "vitest";
import { Client } from "../../src/config/client.ts";
import { STANDARD_SCOPES } from "../../src/config/scope.ts";
import { clientCredentials } from "../../src/oauth/client-auth.ts";
import { OAuthError } from "../../src/oauth/error.ts";
import { once } from "../../src/oauth/parameters.ts";
import { challengeOf } from "../../src/oauth/pkce.ts";
import { authorizationRequest, returnAddress } from "../../src/oauth/request.ts";
import { narrowedResources, requestedResources } from "../../src/oauth/resource.ts";
import { clientScope } from "../../src/oauth/scope.ts";

const ALLOWED = /^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/;
const REDIRECT = "https://app.example.com/cb";
const client = Client.parse({
  client_id: "app",
  client_name: "App",
  token_endpoint_auth_method: "none",
  redirect_uris: [REDIRECT],
});
const rules = { claims: STANDARD_CLAIMS, scopes: STANDARD_SCOPES, resources: [] };

/** A word that is known, or anything at all. */
const value = fc.oneof(
  fc.constantFrom("code", "S256", "none login", "openid", "form_post", REDIRECT, "A".repeat(43)),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 30 }).map((text) => `"\\${text}`),
);
const params = (names: readonly string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 12 })
    .map((pairs) => new URLSearchParams(pairs));

async function check(run: () => unknown, sent: readonly string[]): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const { error_description } = error.toJSON();
    expect(error_description).toMatch(ALLOWED);
    expect(error_description).not.toMatch(/\.$/);
    // No value comes back: whoever sees the error must not be shown what a stranger wrote (design §5.4).
    for (const text of sent)
      if (text.length > 25 && !/^A+$/.test(text)) expect(error_description).not.toContain(text);
  }
}

describe("an error of", () => {
  it("an authorization request", async () => {
    const names = (
      "response_type redirect_uri response_mode state scope nonce prompt max_age code_challenge " +
      "code_challenge_method request request_uri registration resource login_hint idp_hint acr_values claims"
    ).split(" ");
    await fc.assert(
      fc.asyncProperty(params(names), (sent) =>
        check(
          () => authorizationRequest(once(sent), client, returnAddress(sent, client), rules, 0),
          [...sent.values()],
        ),
      ),
      { numRuns: 300 },
    );
  });

  it("client authentication", async () => {
    const names = ["client_id", "client_secret", "client_assertion", "client_assertion_type"];
    const header = fc.option(
      fc.oneof(
        value,
        value.map((text) => `Basic ${btoa(encodeURIComponent(text))}`),
      ),
    );
    await fc.assert(
      fc.asyncProperty(header, params(names), (authorization, sent) =>
        check(() => clientCredentials(authorization, once(sent)), [...sent.values()]),
      ),
      { numRuns: 300 },
    );
  });

  it("a verifier, a resource or a scope", async () => {
    await fc.assert(
      fc.asyncProperty(value, async (text) => {
        const sent = new URLSearchParams({ resource: text });
        await check(() => challengeOf(text), [text]);
        await check(() => requestedResources(sent, []), [text]);
        await check(() => narrowedResources(sent, []), [text]);
        await check(() => clientScope(text, client, rules), [text]);
      }),
    );
  });
});
