/** What the consent page says would be shared: the very values, under the scope that releases them. */
import { expect, it } from "vitest";
import { Claim } from "../../src/config/claim.ts";
import type { AuthenticationContext, Json } from "../../src/flow.ts";
import { sharedClaims } from "../../src/steps/shared-claims.ts";

let made = 0;
const claim = (name: string, given: object = {}) =>
  Claim.parse({ id: `c${made++}`, name, type: "id_token", source_path: name, scopes: ["profile"], ...given });
const context = (values: Record<string, Json>): AuthenticationContext =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, lineage: [] }]));

it("values stand under each scope that releases them, and what every app gets under none", () => {
  const claims = [
    claim("name"),
    claim("email", { scopes: ["email", "profile"] }),
    claim("tier", { scopes: [] }),
  ];
  const given = context({ name: "Ada", email: "ada@example.com", tier: "gold" });
  expect(sharedClaims(claims, ["profile", "email", "openid"], given)).toEqual({
    "": [["tier", "gold"]],
    profile: [
      ["name", "Ada"],
      ["email", "ada@example.com"],
    ],
    email: [["email", "ada@example.com"]],
  });
  expect(sharedClaims(claims, ["openid"], context({}))).toEqual({});
});

it("a claim of both tokens is there once, as the ID token says it", () => {
  const claims = [
    claim("mail", { type: "access_token", source_path: "nickname" }),
    claim("mail", { source_path: "email" }),
    claim("only", { type: "access_token", source_path: "nickname" }),
  ];
  const given = context({ email: "ada@example.com", nickname: "ada" });
  expect(sharedClaims(claims, ["profile"], given)["profile"]).toEqual([
    ["mail", "ada@example.com"],
    ["only", "ada"],
  ]);
});

it("the app's own record and what the protocol says are nothing of the person's", () => {
  const claims = [
    claim("site", { source_type: "client", source_path: "client_uri" }),
    claim("who", { source_path: "sub" }),
  ];
  expect(sharedClaims(claims, ["profile"], context({}))).toEqual({});
});

it("lists and objects are words, a truth stays one, and what is long is cut between characters", () => {
  const claims = ["groups", "address", "vip", "long"].map((name) => claim(name));
  const given = context({
    groups: ["a", "b"],
    address: { country: "DE" },
    vip: true,
    long: "👩‍🚀".repeat(100),
  });
  const shown = new Map(sharedClaims(claims, ["profile"], given)["profile"]);
  expect([shown.get("groups"), shown.get("address"), shown.get("vip")]).toEqual([
    "a, b",
    '{"country":"DE"}',
    true,
  ]);
  const long = String(shown.get("long"));
  expect([Array.from(long).length, long.endsWith("…"), long.isWellFormed()]).toEqual([81, true, true]);
});

it("an app that takes one value only does not hide what it may have later: a scope is agreed to with all of its claims", () => {
  const claims = [claim("name"), claim("email")];
  const given = context({ name: "Ada", email: "ada@example.com" });
  const other = { email: { values: ['"nobody@example.com"'] } };
  const requested = { id_token: other, userinfo: other, implied: [] };
  expect(sharedClaims(claims, ["profile"], given, requested)["profile"]).toEqual([
    ["name", "Ada"],
    ["email", "ada@example.com"],
  ]);
  expect(sharedClaims(claims, ["profile"], given, { ...requested, implied: ["profile"] })["profile"]).toEqual(
    [["email", "ada@example.com"]],
  );
});
