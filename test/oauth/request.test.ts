/** What an authorization request may ask for and where its answer goes, at the edges (RFC 6749 §3.1.2, §3.3, §4.1.2). */
import { describe, expect, it } from "vitest";
import { Claim } from "../../src/config/claim.ts";
import { Client } from "../../src/config/client.ts";
import { STANDARD_SCOPES } from "../../src/config/scope.ts";
import { requestedClaims } from "../../src/oauth/claims.ts";
import { judgeCode } from "../../src/oauth/code.ts";
import { consentStands, undecided } from "../../src/oauth/consent.ts";
import { isAssigned } from "../../src/oauth/dynamic-scope.ts";
import { authorizationRequest, returnAddress } from "../../src/oauth/request.ts";
import { narrowedResources } from "../../src/oauth/resource.ts";
import { authorizationResponse } from "../../src/oauth/respond.ts";
import { clientScope, requestedScope } from "../../src/oauth/scope.ts";

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

it("an app of a phone is answered in the fragment if it asks for that", () => {
  const native = params({ redirect_uri: "com.example.app:/cb", response_mode: "fragment" });
  expect(returnAddress(native, registered()).response_mode).toBe("fragment");
});

it("a scope that became one to be asked every time is asked, though it was granted before", () => {
  const pay = { name: "pay", implicit_grant: false, transient: true };
  const asking = { trusted: false, scopes: [pay], again: false };
  expect(undecided(["openid", "pay"], ["openid", "pay"], asking)).toEqual(["pay"]);
});

describe("a code that does not fit says why, to the operator", () => {
  const issued = { client_id: "a", redirect_uri: "r" };
  it.each<[string, object, object]>([
    ["client", {}, { client_id: "b" }],
    ["redirect_uri", {}, { redirect_uri: "R" }],
    ["code_verifier_missing", { code_challenge: "c" }, {}],
    ["code_verifier_unexpected", {}, { code_challenge: "c" }],
    ["code_verifier", { code_challenge: "c" }, { code_challenge: "d" }],
  ])("%s", (reason, more, presented) => {
    expect(judgeCode({ ...issued, ...more }, { ...issued, ...presented })).toBe(reason);
  });
});

describe("a dynamic scope", () => {
  const scopes = [{ name: "accounts.*" }, { name: "accounts.write.*" }, { name: "openid" }];
  it.each<[readonly string[], string, boolean]>([
    [["accounts.*"], "accounts.7", true],
    // The very name, which an operator gave.
    [["accounts.7"], "accounts.7", true],
    [["accounts.7"], "accounts.8", false],
    // The longest name governs, so the wider one is not enough.
    [["accounts.*"], "accounts.write.7", false],
    [["accounts.write.*"], "accounts.write.7", true],
    [["accounts.*"], "accounts.", false],
    [["accounts.*"], "accountsX7", false],
    [["accounts.*"], "xaccounts.7", false],
    [["accounts.*"], "accounts.*", false],
    [["openid"], "openid", true],
    [["openid"], "openid.x", false],
    [["gone"], "gone", false],
  ])("of a client with %j covers %s: %s", (assigned, name, covered) => {
    expect(isAssigned(assigned, scopes, name)).toBe(covered);
  });
});

describe("a client on its own", () => {
  const scopes = STANDARD_SCOPES.concat({ ...STANDARD_SCOPES[0]!, name: "orders" });
  const robot = registered({ scope: "openid email offline_access view_sessions orders gone" });

  it("has by default what it was given, exists and is not about persons", () => {
    expect(clientScope(null, robot, { scopes })).toEqual(["orders"]);
  });

  it("may name nothing else", () => {
    for (const scope of ["view_sessions", "orders openid", "gone", "profile"])
      expect(() => clientScope(scope, robot, { scopes })).toThrow(/^scope names something/);
  });
});

it("without scope only that is asked for which the workspace implies and the client has (RFC 6749 §3.3)", () => {
  const scopes = STANDARD_SCOPES.map((scope) => ({ ...scope, implicit: scope.name !== "openid" }));
  const client = registered({ scope: "openid email" });
  expect(requestedScope(new URLSearchParams(), client, { scopes })).toEqual(["email"]);
});

it("a claim implies no scope that the client may not ask for, so nobody is asked about it", () => {
  const claims = [
    Claim.parse({ id: "x", name: "phone_number", type: "id_token", source_path: "p", scopes: ["phone"] }),
  ];
  const text = JSON.stringify({ id_token: { phone_number: null, unknown: null } });
  const implied = (scope: string) =>
    requestedClaims(text, registered({ scope }), { claims }, ["openid"])?.requested;
  expect(implied("openid")).toEqual({ implied: [], userinfo: {}, id_token: { phone_number: {} } });
  expect(implied("openid phone")?.implied).toEqual(["phone"]);
});

it("several prompts go together, but for none (OpenID Connect Core §3.1.2.1)", () => {
  const prompt = (text: string) => {
    const sent = params({ prompt: text });
    const rules = { scopes: STANDARD_SCOPES, claims: [], resources: [] };
    return authorizationRequest(sent, registered(), returnAddress(sent, registered()), rules, 0).prompt;
  };
  expect(prompt("consent login login")).toEqual(["login", "consent"]);
  expect(prompt("none")).toEqual(["none"]);
  expect(() => prompt("none login")).toThrow("prompt none cannot be combined with another");
});

it("at the token endpoint all that was authorized is meant where nothing is named (RFC 8707 §2.2)", () => {
  const resource = (...names: string[]) => new URLSearchParams(names.map((name) => ["resource", name]));
  expect(narrowedResources(resource(), ["a", "b"])).toEqual(["a", "b"]);
  expect(narrowedResources(resource("b", "b"), ["a", "b"])).toEqual(["b"]);
  expect(() => narrowedResources(resource("a", "c"), ["a", "b"])).toThrow("resource was not authorized");
});
