/** What an operator may write: each rule at its edge. */
import { describe, expect, it } from "vitest";
import { Api } from "../../src/config/api.ts";
import { Claim } from "../../src/config/claim.ts";
import { Client } from "../../src/config/client.ts";
import { fits } from "../../src/config/data-type.ts";
import { ClientId, RecordId, ScopeName, WorkspaceId } from "../../src/config/ids.ts";
import { Path } from "../../src/config/path.ts";
import { RESERVED_CLAIMS } from "../../src/config/reserved-claims.ts";
import { RedirectUri, ResourceUri, WebUrl } from "../../src/config/url.ts";
import { WorkspaceSettings } from "../../src/config/workspace.ts";
import { Connection } from "../../src/connectors/index.ts";
import type * as z from "zod";

const takes = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe.each<[string, z.ZodType, readonly unknown[], readonly unknown[]]>([
  [
    "a workspace id",
    WorkspaceId,
    ["ab", "a-b", "0".repeat(40), "demo"],
    [
      "a",
      "0".repeat(41),
      "A-B",
      "a_b",
      "a.b",
      "a/b",
      "",
      "admin",
      "api",
      "assets",
      "callback",
      "healthz",
      "portal",
      "system",
    ],
  ],
  ["a record id", RecordId, ["a", "A_-9", "x".repeat(64)], ["", "a.b", "a/b", "a~b", "a b", "x".repeat(65)]],
  [
    "a client id",
    ClientId,
    ["a", "A.b_c~d-9", "x".repeat(128), "f".repeat(63), "F".repeat(64), "g".repeat(64)],
    ["", "a:b", "a b", "a/b", "ä", "x".repeat(129), "0123456789abcdef".repeat(4)],
  ],
  [
    "a scope name (RFC 6749 §3.3)",
    ScopeName,
    ["a", "!", "https://a.example/x#y", "x".repeat(128)],
    ["", "a b", 'a"b', "a\\b", "ä", "a\n", "x".repeat(129), "a*", "a.*.b", ".*", "*", "a.*.*", "a*.*"],
  ],
  [
    "a redirect URI (RFC 6749 §3.1.2, RFC 8252 §7.1)",
    RedirectUri,
    [
      "https://a.example",
      "http://127.0.0.1/cb",
      "http://[::1]:8/cb",
      "http://localhost/cb",
      "com.example.app:/cb",
    ],
    [
      "https://a.example/#x",
      "https://a.example/#",
      "https://u@a.example/",
      "https://u:p@a.example/",
      "https://:p@a.example/",
      "http://a.example/",
      "myapp:/cb",
      "javascript:alert(1)",
      "data:text/html,x",
      "file:///x",
      "/cb",
      "",
      "https://a.example/ä",
      "https://a.example/a b",
      " https://a.example/",
      `https://a.example/${"x".repeat(2_000)}`,
    ],
  ],
  [
    "a link (threat 22)",
    WebUrl,
    ["https://a.example/x#y", "http://localhost:3000/"],
    ["http://a.example/", "javascript:alert(1)", "data:,x", "ftp://a.example/", "//a.example", ""],
  ],
  [
    "a resource (RFC 8707 §2)",
    ResourceUri,
    ["https://a.example/x", "urn:a:b"],
    ["https://a.example/#x", "a", "/x", ""],
  ],
  [
    "a path",
    Path,
    ["a", "a.b", "a\\.b", "a\\\\"],
    ["", ".", "a.", ".a", "a..b", "a\\b", "a\\", "x".repeat(501)],
  ],
])("%s", (_, schema, good, bad) => {
  it.each(good.map((value) => [value]))("may be %j", (value) => expect(takes(schema, value)).toBe(true));
  it.each(bad.map((value) => [value]))("may not be %j", (value) => expect(takes(schema, value)).toBe(false));
});

describe("a claim", () => {
  const claim = { id: "x", type: "id_token", source_path: "x" };
  it.each([...RESERVED_CLAIMS].flatMap((name) => [[name], [`${name}.x`]]))(
    "may not be named %s: the protocol sets it (design §5.5)",
    (name) => expect(takes(Claim, { ...claim, name })).toBe(false),
  );
  it.each(["subject", "x.sub", "sub\\.x"])("may be named %s", (name) => {
    expect(takes(Claim, { ...claim, name })).toBe(true);
  });
});

describe("a client", () => {
  const client = {
    client_id: "app",
    client_name: "App",
    client_secret_hash: "h".repeat(43),
    redirect_uris: ["https://app.example.com/cb"],
  };
  const issues = (changed: object) =>
    Client.safeParse({ ...client, ...changed }).error?.issues.map(({ path, message }) => [
      path[0],
      message,
    ]) ?? [];
  const jwks = { keys: [{ kty: "RSA", n: "x", e: "AQAB" }] };
  const by = { token_endpoint_auth_method: "private_key_jwt", client_secret_hash: undefined };

  it.each<[string, object, string, string]>([
    [
      "that is public and works for itself",
      { token_endpoint_auth_method: "none", grant_types: ["client_credentials"] },
      "grant_types",
      "a public client has no credentials of its own",
    ],
    [
      "without its secret",
      { client_secret_hash: undefined },
      "client_secret",
      "this authentication method needs a secret",
    ],
    ["that signs without keys", by, "jwks", "private_key_jwt needs either jwks or jwks_uri"],
    [
      "that signs with keys in two places",
      { ...by, jwks, jwks_uri: "https://app.example.com/keys" },
      "jwks",
      "private_key_jwt needs either jwks or jwks_uri",
    ],
    [
      "with codes and nowhere to send them",
      { redirect_uris: [] },
      "redirect_uris",
      "the authorization code grant needs a redirect URI",
    ],
  ])("%s is refused", (_, changed, field, message) => {
    expect(issues(changed)).toEqual([[field, message]]);
  });

  it.each<[string, object]>([
    ["a private key", { ...by, jwks: { keys: [{ ...jwks.keys[0], d: "x" }] } }],
    ["a secret key (threat 16)", { ...by, jwks: { keys: [{ kty: "oct", k: "x" }] } }],
    ["no key", { ...by, jwks: { keys: [] } }],
    ["a field that nobody knows", { request_object_signing_alg: "none" }],
    ["an ID token without signature", { id_token_signed_response_alg: "none" }],
    ["an ID token with HMAC", { id_token_signed_response_alg: "HS256" }],
    ["implicit grants", { grant_types: ["implicit"] }],
    ["implicit responses", { response_types: ["token"] }],
  ])("with %s is refused", (_, changed) => {
    expect(issues(changed)).not.toEqual([]);
  });

  it.each<[string, object]>([
    ["a secret", {}],
    ["keys", { ...by, jwks }],
    ["a place for its keys", { ...by, jwks_uri: "https://app.example.com/keys" }],
    ["no secret, being public", { token_endpoint_auth_method: "none", client_secret_hash: undefined }],
  ])("with %s is fine", (_, changed) => {
    expect(issues(changed)).toEqual([]);
  });
});

describe("a Cognito connection", () => {
  const settings = { pool_id: "eu-central-1_AbC123", region: "eu-central-1", client_id: "app" };
  const accepts = (changed: object) =>
    takes(Connection, { id: "x", name: "X", method: "cognito", settings: { ...settings, ...changed } });

  it.each([
    {},
    { region: "cn-north-1", pool_id: "cn-north-1_AbC" },
    { region: "us-gov-west-1", pool_id: "us-gov-west-1_AbC" },
  ])("takes %j", (changed) => expect(accepts(changed)).toBe(true));

  it.each([
    { region: "us-east-1" },
    { pool_id: "eu-central-1" },
    { pool_id: "eu-central-1_a/b" },
    { region: "evil.example/#", pool_id: "evil.example/#_A" },
    { region: "eu-central-1.evil", pool_id: "eu-central-1.evil_A" },
    { scopes: ["email"] },
    { scopes: [] },
    { client_id: "" },
  ])("does not take %j", (changed) => expect(accepts(changed)).toBe(false));
});

describe("a workspace", () => {
  it.each([
    { access_token_lifetime: 59 },
    { access_token_lifetime: 86_401 },
    { id_token_lifetime: 86_401 },
    { refresh_token_lifetime: 365 * 86_400 + 1 },
    { session_lifetime: 299 },
    { access_token_strategy: "none" },
    { not_before: -1 },
    { logo_uri: "http://a.example/x" },
    { logo_uri: "javascript:alert(1)" },
    { name: "" },
    { unknown: 1 },
  ])("does not take %j", (changed) => {
    expect(takes(WorkspaceSettings, { name: "x", ...changed })).toBe(false);
  });

  it("gives no API a longer token than a key is published for", () => {
    const api = { id: "x", identifier: "https://a.example", name: "x" };
    expect(takes(Api, { ...api, access_token_lifetime: 86_400 })).toBe(true);
    expect(takes(Api, { ...api, access_token_lifetime: 86_401 })).toBe(false);
    expect(takes(Api, { ...api, access_token_signing_alg: "HS256" })).toBe(false);
  });
});

describe("a value of the type", () => {
  it.each<[Parameters<typeof fits>[0], unknown, unknown]>([
    ["string", "x", 1],
    ["number", 1, Number.NaN],
    ["number", 1.5, Infinity],
    ["bool", false, "false"],
    ["string_array", ["x"], ["x", 1]],
    ["number_array", [], "1"],
    ["bool_array", [true], [null]],
    ["object", {}, []],
    ["object", { x: 1 }, null],
    ["object_array", [{}], [[]]],
    ["object_array", [], [null]],
  ])("%s may be %j and not %j", (type, good, bad) => {
    expect([fits(type, good), fits(type, bad)]).toEqual([true, false]);
  });
});
