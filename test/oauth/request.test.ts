/** What an authorization request may ask for and where its answer goes, at the edges (RFC 6749 §3.1.2, §3.3, §4.1.2). */
import { expect, it } from "vitest";
import { Client } from "../../src/config/client.ts";
import { STANDARD_SCOPES } from "../../src/config/scope.ts";
import { consentStands } from "../../src/oauth/consent.ts";
import { authorizationRequest, returnAddress } from "../../src/oauth/request.ts";
import { authorizationResponse } from "../../src/oauth/respond.ts";

const registered = (more: object = {}) =>
  Client.parse({
    client_id: "app",
    client_name: "App",
    token_endpoint_auth_method: "none",
    redirect_uris: ["https://app.example.com/cb?a=1", "com.example.app:/cb"],
    scope: "openid offline_access",
    ...more,
  });

const params = (more: Record<string, string> = {}) =>
  new URLSearchParams({
    redirect_uri: "https://app.example.com/cb?a=1",
    response_type: "code",
    scope: "openid offline_access",
    code_challenge: "A".repeat(43),
    code_challenge_method: "S256",
    ...more,
  });

function asked(client: Client) {
  const sent = params();
  const rules = { scopes: STANDARD_SCOPES, claims: [], resources: [] };
  return authorizationRequest(sent, client, returnAddress(sent, client), rules, 0);
}

it("nothing is posted to the app of a phone: its errors go by query", () => {
  const native = params({ redirect_uri: "com.example.app:/cb", response_mode: "form_post" });
  expect(returnAddress(native, registered()).response_mode).toBe("query");
});

it("a client without response types has no code flow", () => {
  expect(() => asked(registered({ response_types: [] }))).toThrow(
    "the client may not use the authorization code grant",
  );
});

it("offline_access means nothing to a client that may not refresh (OpenID Connect Core §11)", () => {
  expect(asked(registered()).scope).toEqual(["openid"]);
  const refreshing = registered({ grant_types: ["authorization_code", "refresh_token"] });
  expect(asked(refreshing).scope).toEqual(["openid", "offline_access"]);
});

it("a registered query is kept, and the answer follows it", () => {
  const answer = authorizationResponse(returnAddress(params(), registered()), "https://o.example", {
    code: "c",
  });
  expect(answer).toEqual({
    by: "redirect",
    to: "https://app.example.com/cb?a=1&code=c&iss=https%3A%2F%2Fo.example",
  });
});

it("a scope that is asked every time is not remembered, and its grant stands all the same", () => {
  const pay = { name: "pay", implicit_grant: false, transient: true };
  const asking = { trusted: false, scopes: [pay], again: false };
  expect(consentStands(["openid", "pay"], ["openid"], asking)).toBe(true);
  expect(consentStands(["openid", "email"], ["openid"], asking)).toBe(false);
});
