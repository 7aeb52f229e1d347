/** Checks that another check stands behind, or that only a change at the wrong moment reaches: each holds alone (design §5). */
import { decodeJwt } from "jose";
import * as oauth from "oauth4webapi";
import { beforeAll, describe, expect, it } from "vitest";
import { Browser, OWN } from "../browser.ts";
import { relyingParty, type RelyingParty } from "../client.ts";
import { HOUR, now, pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { basic, get, post, told } from "../raw.ts";
import { refused } from "../refused.ts";
import { APP, makeWorld, random, SECRET, type World } from "../world.ts";

const scope = "openid offline_access";
const GONE = {
  status: 400,
  error: "invalid_grant",
  error_description: "the refresh token is not valid any more",
};

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool", { config: { enable_stateful_ctx: true } });
  app = await world.client("app");
});

describe("a refresh token", () => {
  it("is none for a client that lost the grant between the request and the code's redemption", async () => {
    const party = await world.client("losing");
    const begun = await party.begin({ scope });
    const page = await new Browser("ada").open(begun.url);
    await world.patch("clients/losing", { grant_types: ["authorization_code"] });
    expect((await party.finish(page, begun)).refresh_token).toBeUndefined();
  });

  it("ends with its connection when that is deleted", async () => {
    await world.connection("passing", { hidden: true });
    const tokens = await app.signIn(new Browser("ada"), { scope, idp_hint: "passing" });
    await world.remove("connections/passing");
    expect(await refused(app.refresh(tokens.refresh_token!))).toEqual(GONE);
  });

  it("is not used up by a refusal for a not_before of workspace or client, which may be a mistake", async () => {
    const other = await makeWorld();
    await other.connection("pool");
    const party = await other.client("app");
    const { refresh_token } = await party.signIn(new Browser("ada"), { scope });
    const not_before = now() + HOUR;
    for (const write of [
      (patch: object) => other.settings(patch),
      (patch: object) => other.patch("clients/app", patch),
    ]) {
      await write({ not_before });
      expect(await refused(party.refresh(refresh_token!))).toEqual(GONE);
      await write({ not_before: 0 });
    }
    pass(11);
    expect((await party.refresh(refresh_token!)).refresh_token).toBeDefined();
  });

  it("ends when the workspace shortens the life of all of them", async () => {
    const other = await makeWorld();
    await other.connection("pool");
    const party = await other.client("app");
    const { refresh_token } = await party.signIn(new Browser("ada"), { scope });
    await other.settings({ refresh_token_lifetime: HOUR });
    pass(HOUR);
    expect(await refused(party.refresh(refresh_token!))).toEqual(GONE);
  });

  it("gives no token for an API that was not authorized, nor for one that is gone", async () => {
    const [one, two] = ["https://one.example.com", "https://two.example.com"];
    await world.put("apis/one", { identifier: one, name: "One" });
    await world.put("apis/two", { identifier: two, name: "Two" });
    const { refresh_token } = await app.signIn(new Browser("ada"), { scope, resource: one });
    const target = { status: 400, error: "invalid_target", error_description: "resource was not authorized" };
    expect(await refused(app.refresh(refresh_token!, { resource: two }))).toEqual(target);
    await world.remove("apis/one");
    expect(await refused(app.refresh(refresh_token!))).toEqual(target);
  });

  it("gives what the client may still ask for today", async () => {
    await world.put("scopes/orders", {});
    const party = await world.client("today", { scope: `${scope} orders` });
    const { refresh_token } = await party.signIn(new Browser("ada"), { scope: `${scope} orders` });
    await world.patch("clients/today", { scope });
    expect((await party.refresh(refresh_token!)).scope).toBe(scope);
  });

  it("is inactive at introspection once its client ended everything", async () => {
    const party = await world.client("ending");
    const { refresh_token } = await party.signIn(new Browser("ada"), { scope });
    expect(await party.introspect(refresh_token!)).toMatchObject({ active: true });
    await world.patch("clients/ending", { not_before: now() + 1 });
    expect(await party.introspect(refresh_token!)).toEqual({ active: false });
  });
});

describe("a token of a client on its own", () => {
  const grants = { grant_types: ["client_credentials"], redirect_uris: [] };

  it("ends when the client revokes it, and another client cannot (RFC 7009 §2.1)", async () => {
    const [party] = [await world.client("robot", grants), await world.client("other", grants)];
    const { access_token } = await party.clientCredentials();
    const revoke = (id: string) =>
      post(`${world.issuer}/oauth2/revoke`, { token: access_token }, basic(id, SECRET));
    expect((await revoke("other")).status).toBe(200);
    expect(await party.introspect(access_token)).toMatchObject({ active: true });
    expect((await revoke("robot")).status).toBe(200);
    expect(await party.introspect(access_token)).toEqual({ active: false });
  });
});

describe("who is who", () => {
  it("the same person of the same pool through two connections is two people (design §5.1)", async () => {
    const other = await makeWorld();
    const pool_id = await other.connection("one");
    await other.connection("two", { settings: { pool_id } });
    const party = await other.client("app");
    const sub = async (idp_hint: string) => {
      const { id_token } = await party.signIn(new Browser("ada"), { idp_hint });
      const { sub: subject, idp_sub } = decodeJwt(id_token!);
      return [subject, idp_sub];
    };
    const [one, two] = [await sub("one"), await sub("two")];
    expect(one[1]).toBe(two[1]);
    expect(one[0]).not.toBe(two[0]);
  });

  it("another person in the same browser does not get the first one's session", async () => {
    const browser = new Browser("ada");
    const first = decodeJwt((await app.signIn(browser, { prompt: "login" })).id_token!);
    browser.person.name = "zoe";
    const second = decodeJwt((await app.signIn(browser, { prompt: "login" })).id_token!);
    expect(second.sub).not.toBe(first.sub);
    expect(second["sid"]).not.toBe(first["sid"]);
  });

  it("a cached context of a connection that is switched off is not used", async () => {
    const browser = new Browser("ada");
    await app.signIn(browser);
    const silent = async () => told(await browser.open((await app.begin({ prompt: "none" })).url));
    expect((await silent())["code"]).toBeDefined();
    await world.patch("connections/pool", { disabled: true });
    expect((await silent())["error"]).toBe("login_required");
    await world.patch("connections/pool", { disabled: false });
  });
});

describe("a person who agrees to nothing", () => {
  it("has denied, whichever button they pressed", async () => {
    const party = await world.client("asking", { trusted: false, scope: "email profile" });
    const begun = await party.begin({ scope: "email profile", nonce: "" });
    const browser = new Browser("ada");
    await browser.open(begun.url);
    expect(told(await browser.submit("allow", { scopes: [] }))).toMatchObject({
      error: "access_denied",
      error_description: "the person did not agree",
    });
  });
});

describe("an issuer that was", () => {
  it("signed nothing that is believed: neither access token nor hint, although the keys are the same", async () => {
    const other = await makeWorld();
    await other.connection("pool");
    const tokens = await (await other.client("app")).signIn(new Browser("ada"), { scope });
    const origin = `https://moved-${random()}${OWN}`;
    await other.settings({ origin });
    const party = await relyingParty(origin, { client_id: "app" }, oauth.ClientSecretBasic(SECRET), APP);
    expect(await refused(party.userinfo(tokens.access_token))).toEqual({
      status: 401,
      error: "invalid_token",
      error_description: "the access token is not valid",
    });
    const { url } = await party.begin({ id_token_hint: tokens.id_token! });
    expect(told(await new Browser("ada").open(url))).toMatchObject({
      error: "invalid_request",
      error_description: "id_token_hint is not an ID token of this issuer",
    });
  });
});

describe("at the door", () => {
  it("a body of more than 64 KB is not read", async () => {
    const answer = await post(`${world.issuer}/oauth2/token`, { code: "x".repeat(66_000) });
    expect([answer.status, answer.json]).toEqual([
      400,
      { error: "invalid_request", error_description: "the body is too large" },
    ]);
  });

  it("a bearer header that cannot be read is told so", async () => {
    const answer = await get(`${world.issuer}/userinfo`, { authorization: "Bearer one two" });
    expect([answer.status, answer.json]).toEqual([
      400,
      { error: "invalid_request", error_description: "the authorization header cannot be read" },
    ]);
  });

  it("what cannot be a client's id is looked for nowhere", async () => {
    const { via, calls } = counting();
    for (const id of ["../workspace", "a/b", "x".repeat(129), "é"]) {
      const url = `${world.issuer}/oauth2/authorize?client_id=${encodeURIComponent(id)}`;
      expect((await get(url, {}, via)).status).toBe(400);
    }
    expect(calls.filter((call) => call.startsWith("WORKSPACE"))).toEqual([]);
  });

  it("every cookie is __Host-, Secure, HttpOnly and Lax", async () => {
    const { url } = await app.begin();
    const { headers } = await get(url);
    const [cookie = "", ...more] = headers.getSetCookie();
    expect(more).toEqual([]);
    expect(cookie).toMatch(/^__Host-/);
    for (const member of ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"])
      expect(cookie.split("; ")).toContain(member);
  });

  it("a client that was disabled sends nobody on after signing out", async () => {
    await world.client("left", { post_logout_redirect_uris: ["https://app.example.com/bye"] });
    const query = new URLSearchParams({
      client_id: "left",
      post_logout_redirect_uri: "https://app.example.com/bye",
    });
    const leave = async () => (await get(`${world.issuer}/oidc/logout?${query.toString()}`)).status;
    expect(await leave()).toBe(303);
    await world.patch("clients/left", { disabled: true });
    expect(await leave()).toBe(400);
  });
});

describe("a claim that is opaque", () => {
  it("is at userinfo and introspection, and in no token", async () => {
    for (const type of ["id_token", "access_token"])
      await world.put(`claims/hidden-${type}`, {
        name: `hidden_${type}`,
        type,
        source_path: "email",
        opaque: true,
      });
    const tokens = await app.signIn(new Browser("ada"), { scope });
    expect(decodeJwt(tokens.id_token!)).not.toHaveProperty("hidden_id_token");
    expect(decodeJwt(tokens.access_token)).not.toHaveProperty("hidden_access_token");
    expect(await app.userinfo(tokens.access_token)).toHaveProperty("hidden_id_token", "ada@example.com");
    expect(await app.introspect(tokens.access_token)).toHaveProperty(
      "hidden_access_token",
      "ada@example.com",
    );
  });
});
