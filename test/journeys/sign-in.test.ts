/** A person signs in to an app through the one provider of the workspace. */
import { decodeJwt, decodeProtectedHeader } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { now } from "../clock.ts";
import { intercept } from "../intercept.ts";
import { get, told } from "../raw.ts";
import { asked } from "../seen.ts";
import { APP, makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
let pool: string;

beforeAll(async () => {
  world = await makeWorld();
  pool = await world.connection("pool");
  app = await world.client("app");
});

it("goes straight to the provider and comes back with an ID token (OpenID Connect Core §3.1)", async () => {
  const tokens = await app.signIn(new Browser("ada"), { scope: "openid profile email" });
  expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 3_600, scope: "openid profile email" });
  expect(tokens.refresh_token).toBeUndefined();
  const claims = decodeJwt(tokens.id_token!);
  expect(claims).toEqual({
    iss: world.issuer,
    sub: expect.stringMatching(/^[0-9a-f]{64}$/),
    aud: "app",
    exp: claims.iat! + 3_600,
    iat: expect.closeTo(now(), -1),
    nonce: expect.any(String),
    at_hash: expect.stringMatching(/^[\w-]{22}$/),
    sid: expect.stringMatching(/^[\w-]{22}$/),
    auth_time: expect.closeTo(now(), -1),
    idp: "pool",
    idp_sub: "sub-of-ada",
    idp_method: "cognito",
    name: "Ada Lovelace",
    given_name: "Ada",
    family_name: "Lovelace",
    email: "ada@example.com",
    email_verified: true,
  });
  expect(decodeProtectedHeader(tokens.id_token!)).toEqual({
    alg: "RS256",
    kid: expect.any(String),
    typ: "JWT",
  });
});

it("gives an access token as RFC 9068 §2 describes it", async () => {
  const { access_token } = await app.signIn(new Browser("ada"), { scope: "openid email" });
  expect(decodeProtectedHeader(access_token)).toEqual({
    alg: "RS256",
    kid: expect.any(String),
    typ: "at+jwt",
  });
  const claims = decodeJwt(access_token);
  expect(claims).toEqual({
    iss: world.issuer,
    sub: expect.stringMatching(/^[0-9a-f]{64}$/),
    aud: world.issuer,
    exp: claims.iat! + 3_600,
    iat: expect.closeTo(now(), -1),
    jti: expect.stringMatching(/^[\w-]{22}\.[\w-]{22}$/),
    client_id: "app",
    scope: "openid email",
    scp: ["openid", "email"],
    sid: expect.any(String),
    auth_time: expect.any(Number),
    idp: "pool",
    idp_sub: "sub-of-ada",
    idp_method: "cognito",
  });
});

it("asks the provider for no more than it was told to: its userinfo stays unread", async () => {
  await app.signIn(new Browser("ada"));
  expect(await asked(pool, "/oauth2/userInfo")).toEqual([]);
  expect(await asked(pool, "/logout")).toEqual([]);
});

it("sends PKCE, state and nonce to the provider, and the redirect URL of the connection (RFC 9700 §2.1.1)", async () => {
  await app.signIn(new Browser("ada"));
  const request = (await asked(pool, "/oauth2/authorize")).at(-1)!;
  expect(Object.fromEntries(request.params)).toEqual({
    response_type: "code",
    client_id: "app",
    redirect_uri: `${world.issuer}/callback/pool`,
    scope: "openid email profile",
    state: expect.stringMatching(/^[\w-]{22}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: "S256",
  });
});

it("keeps the sub of a person for ever, and gives two people two", async () => {
  const sub = async (person: string) => decodeJwt((await app.signIn(new Browser(person))).id_token!).sub;
  const [ada, again, zoe] = [await sub("ada"), await sub("ada"), await sub("zoe")];
  expect(again).toBe(ada);
  expect(zoe).not.toBe(ada);
});

it("leaves no pending cookie behind, and a session cookie that no script can read", async () => {
  const ada = new Browser("ada");
  await app.signIn(ada);
  expect(ada.jar.names()).toEqual([`__Host-${world.id}-s`]);
  expect(ada.jar.dropped).toEqual([]);
});

it("says of each cookie that it is ours alone: host only, https, no script, no other site (RFC 6265bis §4.1.3)", async () => {
  const answer = await get((await app.begin()).url);
  const pending = answer.headers.getSetCookie();
  expect(pending).toHaveLength(1);
  expect(pending[0]).toMatch(
    new RegExp(
      `^__Host-${world.id}-p-[\\w-]{22}=[^;]+; Max-Age=3600; Path=/; HttpOnly; Secure; SameSite=Lax$`,
    ),
  );
  const ada = new Browser("ada");
  const { url } = await app.begin();
  const callback = await intercept(ada, url);
  const cookie = ada.jar.header({ to: callback, crossSite: true, navigation: true });
  const lines = (await get(callback, { cookie })).headers.getSetCookie();
  expect(lines.find((line) => line.startsWith(`__Host-${world.id}-s=`))).toMatch(
    /; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
});

it("reads names that are not ASCII", async () => {
  const { id_token } = await app.signIn(new Browser("zoe"), { scope: "openid profile" });
  expect(decodeJwt(id_token!)).toMatchObject({ name: "Zoë Ångström 李" });
});

describe("the answer to the client", () => {
  it("has code, state and iss, and nothing else (RFC 6749 §4.1.2, RFC 9207 §2)", async () => {
    const begun = await app.begin();
    const page = await new Browser("ada").open(begun.url);
    expect(`${page.url.origin}${page.url.pathname}`).toBe(APP);
    expect(told(page)).toEqual({
      code: expect.stringMatching(/^code\./),
      state: begun.state,
      iss: world.issuer,
    });
  });

  it("has no state where none was sent", async () => {
    const { url } = await app.begin({ state: "" });
    expect(told(await new Browser("ada").open(url))).toEqual({ code: expect.any(String), iss: world.issuer });
  });

  it("returns state byte by byte", async () => {
    const state = `a b+c%20&=?#/ü李"'<>\\`;
    const { url } = await app.begin({ state });
    expect(told(await new Browser("ada").open(url))["state"]).toBe(state);
  });

  it("keeps the query of the redirect URI (RFC 6749 §3.1.2)", async () => {
    const query = await world.client("query", { redirect_uris: [`${APP}?tenant=a%2Fb&x`] });
    const { url } = await query.begin();
    const page = await new Browser("ada").open(url);
    expect(page.url.href).toMatch(/^https:\/\/app\.example\.com\/cb\?tenant=a%2Fb&x&code=code\./);
  });

  it("comes in the fragment when asked (OAuth 2.0 Multiple Response Types §2.1)", async () => {
    const begun = await app.begin({ response_mode: "fragment" });
    const page = await new Browser("ada").open(begun.url);
    expect(page.url.search).toBe("");
    expect((await app.finish(page, begun)).id_token).toBeDefined();
  });

  it("comes by form_post when asked, with a button and a policy that stops no redirect of the app", async () => {
    const begun = await app.begin({ response_mode: "form_post" });
    const ada = new Browser("ada");
    const page = await ada.open(begun.url);
    expect(page.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; .*script-src 'nonce-[\w-]{22}'; frame-ancestors 'none'; base-uri 'none'$/,
    );
    expect(page.headers.get("cache-control")).toBe("no-store");
    const posted = await ada.submit("continue");
    expect(posted.url.href).toBe(APP);
    expect(told(posted)).toEqual({ code: expect.any(String), state: begun.state, iss: world.issuer });
    expect((await app.finish(posted, begun)).id_token).toBeDefined();
  });
});

it("takes an authorization request by POST and answers 303 to the same by GET (OpenID Connect Core §3.1.2.1)", async () => {
  const begun = await app.begin({ resource: [] });
  const body = begun.url.searchParams;
  const ada = new Browser("ada");
  const page = await ada.open(`${world.issuer}/oauth2/authorize`, {
    method: "POST",
    body,
    from: "https://app.example.com",
  });
  expect((await app.finish(page, begun)).id_token).toBeDefined();
});
