/** Access tokens for APIs: resource indicators (RFC 8707), audience, algorithm and lifetime by API. */
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import * as oauth from "oauth4webapi";
import { expect, it } from "vitest";
import { Browser } from "../browser.ts";
import { get, told } from "../raw.ts";
import { refused } from "../refused.ts";
import { makeWorld } from "../world.ts";

const ORDERS = "https://orders.example.com";
const STOCK = "https://stock.example.com/v1";

const world = await makeWorld();
await world.connection("pool");
for (const name of ["orders:read", "stock:read"]) await world.put(`scopes/${encodeURIComponent(name)}`, {});
await world.put("apis/orders", {
  identifier: ORDERS,
  name: "Orders",
  scopes: ["orders:read"],
  access_token_lifetime: 120,
  access_token_signing_alg: "ES256",
});
await world.put("apis/stock", {
  identifier: STOCK,
  name: "Stock",
  scopes: ["stock:read"],
  access_token_lifetime: 600,
});
const scope = "openid orders:read stock:read offline_access";
const app = await world.client("app", { scope });
const robot = await world.client("robot", {
  grant_types: ["client_credentials"],
  redirect_uris: [],
  scope: "orders:read stock:read",
});

it("a token for one API has its audience, algorithm, lifetime and scopes", async () => {
  const tokens = await app.signIn(new Browser("ada"), { scope, resource: ORDERS });
  const claims = decodeJwt(tokens.access_token);
  expect(claims).toMatchObject({ aud: ORDERS, scope: "orders:read", scp: ["orders:read"] });
  expect([tokens.expires_in, claims.exp! - claims.iat!]).toEqual([120, 120]);
  expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ alg: "ES256", typ: "at+jwt" });
});

it("an API verifies it with our key set alone, as RFC 9068 §4 says", async () => {
  const { access_token } = await app.signIn(new Browser("ada"), { scope, resource: ORDERS });
  const request = new Request(ORDERS, { headers: { authorization: `Bearer ${access_token}` } });
  const options = {
    [oauth.allowInsecureRequests]: true,
    [oauth.customFetch]: (url: string, init: RequestInit) => app.via(new Request(url, init)),
    signingAlgorithms: ["ES256"],
  };
  const claims = await oauth.validateJwtAccessToken(app.server, request, ORDERS, options);
  expect(claims).toMatchObject({ client_id: "app", aud: ORDERS });
});

it("a token for two APIs has both audiences and the shorter lifetime", async () => {
  const { access_token, expires_in } = await app.signIn(new Browser("ada"), {
    scope,
    resource: [ORDERS, STOCK],
  });
  expect(decodeJwt(access_token)).toMatchObject({ aud: [ORDERS, STOCK], scope: "orders:read stock:read" });
  expect(expires_in).toBe(120);
});

it("a token for two APIs is signed as the one that says how wants it", async () => {
  const plain = "https://a.example.com";
  await world.put("apis/a-plain", { identifier: plain, name: "Says nothing", scopes: ["stock:read"] });
  const { access_token } = await app.signIn(new Browser("ada"), { scope, resource: [plain, ORDERS] });
  expect(decodeProtectedHeader(access_token).alg).toBe("ES256");
});

it("the same resource twice is one", async () => {
  const { access_token } = await app.signIn(new Browser("ada"), { scope, resource: [STOCK, STOCK] });
  expect(decodeJwt(access_token).aud).toBe(STOCK);
});

it("without resource the audience is the issuer, which is what userinfo accepts", async () => {
  const plain = await app.signIn(new Browser("ada"), { scope });
  expect(decodeJwt(plain.access_token).aud).toBe(world.issuer);
  await app.userinfo(plain.access_token);
  const forApi = await app.signIn(new Browser("ada"), { scope, resource: ORDERS });
  expect(await refused(app.userinfo(forApi.access_token))).toEqual({
    status: 401,
    error: "invalid_token",
    error_description: "the access token is for another API",
  });
});

const INVALID_TARGET = {
  error: "invalid_target",
  error_description: "resource is not an API of this workspace",
};

it.each(["https://nobody.example.com", `${ORDERS}/`, "https://ORDERS.example.com", "orders"])(
  "resource %s is no API of the workspace",
  async (resource) => {
    const { url, state } = await app.begin({ resource });
    expect(told(await new Browser("ada").open(url))).toEqual({ ...INVALID_TARGET, state, iss: world.issuer });
    expect(await refused(robot.clientCredentials({ resource }))).toEqual({ ...INVALID_TARGET, status: 400 });
  },
);

it("one of two that is unknown is enough to refuse", async () => {
  const { url } = await app.begin({ resource: [ORDERS, "https://nobody.example.com"] });
  expect(told(await new Browser("ada").open(url))).toMatchObject(INVALID_TARGET);
});

it("the token request may narrow the resources, and not widen them (RFC 8707 §2.2)", async () => {
  const ada = new Browser("ada");
  const both = await app.begin({ scope, resource: [ORDERS, STOCK] });
  const answer = app.code(await ada.open(both.url), both);
  const { access_token } = await app.redeem(answer, both, { resource: STOCK });
  expect(decodeJwt(access_token)).toMatchObject({ aud: STOCK, scope: "stock:read" });
  const one = await app.begin({ scope, resource: STOCK });
  const wider = app.redeem(app.code(await ada.open(one.url), one), one, { resource: ORDERS });
  expect(await refused(wider)).toEqual({
    status: 400,
    error: "invalid_target",
    error_description: "resource was not authorized",
  });
});

it("a refresh may choose one of the resources", async () => {
  const { refresh_token } = await app.signIn(new Browser("ada"), { scope, resource: [ORDERS, STOCK] });
  const narrow = await app.refresh(refresh_token!, { resource: STOCK });
  expect(decodeJwt(narrow.access_token).aud).toBe(STOCK);
  const all = await app.refresh(narrow.refresh_token!);
  expect(decodeJwt(all.access_token).aud).toEqual([ORDERS, STOCK]);
  expect(await refused(app.refresh(all.refresh_token!, { resource: world.issuer }))).toMatchObject({
    error: "invalid_target",
    error_description: "resource was not authorized",
  });
});

it("an API that was removed is no target of a refresh any more", async () => {
  await world.put("apis/old", { identifier: "https://old.example.com", name: "Old" });
  const { refresh_token } = await app.signIn(new Browser("ada"), {
    scope,
    resource: "https://old.example.com",
  });
  await world.remove("apis/old");
  expect(await refused(app.refresh(refresh_token!))).toMatchObject({ status: 400, error: "invalid_target" });
});

it("a program asks for an API too", async () => {
  const { access_token, expires_in } = await robot.clientCredentials({ resource: STOCK });
  expect(decodeJwt(access_token)).toMatchObject({ aud: STOCK, sub: "robot", scope: "stock:read" });
  expect(expires_in).toBe(600);
});

it("the key of an ES256 token is in the key set, and verifies as ES256 only", async () => {
  const { json } = await get(`${world.issuer}/.well-known/jwks.json`);
  const keys = createLocalJWKSet(json as never);
  const { access_token } = await robot.clientCredentials({ resource: ORDERS });
  await jwtVerify(access_token, keys, { algorithms: ["ES256"], issuer: world.issuer, audience: ORDERS });
});
