/** What an operator cannot write about a provider: it is refused when it is saved, and not when somebody signs in. */
import { expect, it } from "vitest";
import { cognito } from "../../src/connectors/cognito.ts";
import { oidc } from "../../src/connectors/oidc.ts";

const POOL = { pool_id: "eu-central-1_AbCdEfGhI", region: "eu-central-1", client_id: "app" };
const OP = { issuer_url: "https://idp.example.com", client_id: "app" };
const many = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`p${n}`, "x"]));
const ISSUER = "must be the issuer itself, without /.well-known/, query or fragment";

it.each<[string, object, string]>([
  ["a pool ID that is none", { pool_id: "eu-central-1_" }, "looks like eu-central-1_AbCdEfGhI"],
  ["a region that is none", { region: "evil", pool_id: "evil_A1" }, "looks like eu-central-1"],
  ["scopes without openid", { scopes: ["email"] }, "must contain openid"],
])("of a user pool %s", (_, changed, says) => {
  expect(cognito.settings.safeParse(POOL).success).toBe(true);
  expect(cognito.settings.safeParse({ ...POOL, ...changed }).error?.issues[0]?.message).toBe(says);
});

it.each<[string, object, string]>([
  ["scopes without openid", { scopes: ["email"] }, "must contain openid"],
  ["a scope that is two", { scopes: ["openid", "a b"] }, "must be a scope"],
  ["an issuer with a query", { issuer_url: `${OP.issuer_url}?a=b` }, ISSUER],
  ["the discovery document's address", { issuer_url: `${OP.issuer_url}/.well-known/x` }, ISSUER],
  ["more than twenty further parameters", { authorization_parameters: many }, "must have at most 20 members"],
  [
    "a claims request that is very long",
    { claims: { id_token: { ["x".repeat(2_000)]: null } } },
    "must have at most 2,000 characters",
  ],
])("of an OpenID Provider %s", (_, changed, says) => {
  expect(oidc.settings.safeParse(OP).success).toBe(true);
  expect(oidc.settings.safeParse({ ...OP, ...changed }).error?.issues[0]?.message).toBe(says);
});
