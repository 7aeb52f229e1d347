/** Userinfo (OpenID Connect Core §5.3). */
import { decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { get, post } from "../raw.ts";
import { refused } from "../refused.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
let url: string;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app");
  url = `${world.issuer}/userinfo`;
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

it("returns the claims of the granted scopes with the same sub, by GET and by POST", async () => {
  const { access_token, id_token } = await app.signIn(new Browser("ada"), { scope: "openid email" });
  const claims = {
    sub: decodeJwt(id_token!).sub,
    email: "ada@example.com",
    email_verified: true,
    idp: "pool",
    idp_sub: "sub-of-ada",
    idp_method: "cognito",
  };
  const byHeader = await get(url, bearer(access_token));
  expect(byHeader.json).toEqual(claims);
  expect(byHeader.headers.get("cache-control")).toBe("no-store");
  // RFC 9110 §11.1: names of schemes have no case.
  expect((await post(url, {}, { authorization: `bearer ${access_token}` })).json).toEqual(claims);
  expect((await post(url, { access_token })).json).toEqual(claims);
  expect(await app.userinfo(access_token, claims.sub)).toEqual(claims);
});

it("refuses a token in the URL, by which it would reach logs (RFC 9700 §4.3.2)", async () => {
  const { access_token } = await app.signIn(new Browser("ada"));
  const answer = await get(`${url}?access_token=${access_token}`);
  expect([answer.status, answer.json]).toEqual([401, undefined]);
});

it("refuses a token that is sent in two ways (RFC 6750 §2)", async () => {
  const { access_token } = await app.signIn(new Browser("ada"));
  const answer = await post(url, { access_token }, bearer(access_token));
  expect([answer.status, answer.json]).toEqual([
    400,
    { error: "invalid_request", error_description: "the access token is sent in two ways" },
  ]);
});

it("reads a body that is a form, and no other (RFC 6750 §2.2)", async () => {
  const { access_token } = await app.signIn(new Browser("ada"));
  const json = { "content-type": "application/json" };
  const answer = await post(url, { access_token }, json);
  expect([answer.status, answer.text]).toEqual([401, ""]);
  const form = { "content-type": "Application/X-WWW-Form-Urlencoded; charset=UTF-8" };
  expect((await post(url, { access_token }, form)).headers.get("content-type")).toBe("application/json");
  expect((await post(url, {}, { ...json, ...bearer(access_token) })).status).toBe(200);
});

it("tells who comes without a token how to ask, and no error (RFC 6750 §3.1)", async () => {
  const answer = await get(url);
  expect([answer.status, answer.text]).toEqual([401, ""]);
  expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer realm="[^"]*"$/);
});

it.each(["nonsense", "a.b.c", "at.k1.0.AAAA"])("refuses %s with a challenge", async (token) => {
  const answer = await get(url, bearer(token));
  expect([answer.status, answer.json]).toEqual([
    401,
    { error: "invalid_token", error_description: "the access token is not valid" },
  ]);
  expect(answer.headers.get("www-authenticate")).toBe(
    'Bearer realm="http://localhost:8787", error="invalid_token", error_description="the access token is not valid"',
  );
});

it("challenges nobody where the fault is ours: the token is good, and stays it (RFC 6750 §3.1)", async () => {
  const { access_token } = await app.signIn(new Browser("ada"));
  const down = { getByName: () => ({ grant: () => Promise.reject(new Error("out of reach")) }) };
  const { via } = counting({ SUBJECT: down as unknown as Cloudflare.Env["SUBJECT"] });
  const answer = await get(url, bearer(access_token), via);
  expect([answer.status, answer.json?.["error"]]).toEqual([500, "server_error"]);
  expect(answer.headers.has("www-authenticate")).toBe(false);
});

it("refuses an expired token", async () => {
  const { access_token } = await app.signIn(new Browser("ada"));
  pass(3_601);
  expect(await refused(app.userinfo(access_token))).toEqual({
    status: 401,
    error: "invalid_token",
    error_description: "the access token is not valid",
  });
});

it("needs the scope openid (OpenID Connect Core §5.3)", async () => {
  const plain = await world.client("plain", { scope: "email" });
  const begun = await plain.begin({ scope: "email" });
  const page = await new Browser("ada").open(begun.url);
  const { access_token, id_token } = await plain.redeem(plain.code(page, begun), {
    ...begun,
    nonce: undefined as never,
  });
  expect(id_token).toBeUndefined();
  expect(await refused(plain.userinfo(access_token))).toEqual({
    status: 403,
    error: "insufficient_scope",
    error_description: "the access token lacks the scope openid",
  });
  // RFC 6750 §3: what would be enough.
  const { headers } = await get(`${world.issuer}/userinfo`, { authorization: `Bearer ${access_token}` });
  expect(headers.get("www-authenticate")).toMatch(/error="insufficient_scope".*, scope="openid"$/);
});

it("releases what the token's own scopes release, after a refresh that narrowed them", async () => {
  const { refresh_token } = await app.signIn(new Browser("ada"), {
    scope: "openid profile email offline_access",
  });
  const { access_token } = await app.refresh(refresh_token!, { scope: "openid email" });
  expect(Object.keys(await app.userinfo(access_token)).toSorted()).toEqual([
    "email",
    "email_verified",
    "idp",
    "idp_method",
    "idp_sub",
    "sub",
  ]);
});

it("answers apps in browsers on any origin, which send a token and no cookie", async () => {
  const { access_token } = await app.signIn(new Browser("ada"));
  const answer = await get(url, { ...bearer(access_token), origin: "https://spa.example.com" });
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.has("access-control-allow-credentials")).toBe(false);
});
