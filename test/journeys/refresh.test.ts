/** Refresh tokens: for whom, how they rotate, and when their family ends (RFC 6749 §6, RFC 9700 §4.14, design §5.3). */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { DAY, now, pass } from "../clock.ts";
import { basic, post } from "../raw.ts";
import { refused } from "../refused.ts";
import { makeWorld, SECRET, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
const OFFLINE = { scope: "openid profile email offline_access" };
const INVALID = {
  error: "invalid_grant",
  error_description: "the refresh token is not valid any more",
  status: 400,
};

beforeAll(async () => {
  world = await makeWorld({ refresh_token_lifetime: 7 * DAY });
  await world.connection("pool");
  app = await world.client("app");
});

async function family(client = app, person = "ada") {
  const { refresh_token, ...tokens } = await client.signIn(new Browser(person), OFFLINE);
  return { token: refresh_token!, ...tokens };
}

describe("a refresh token is given", () => {
  it("for offline_access, and not without it (OpenID Connect Core §11)", async () => {
    expect((await app.signIn(new Browser("ada"), { scope: "openid" })).refresh_token).toBeUndefined();
    expect((await family()).token).toMatch(/^rt\./);
  });

  it("only to a client with that grant type", async () => {
    const without = await world.client("without", { grant_types: ["authorization_code"] });
    expect((await without.signIn(new Browser("ada"), OFFLINE)).refresh_token).toBeUndefined();
  });

  it("and only while it has it: a code from before gives none", async () => {
    const loses = await world.client("loses");
    const begun = await loses.begin(OFFLINE);
    const page = await new Browser("ada").open(begun.url);
    await world.patch("clients/loses", { grant_types: ["authorization_code"] });
    pass(11);
    const tokens = await loses.finish(page, begun);
    expect([tokens.refresh_token, tokens.id_token !== undefined]).toEqual([undefined, true]);
  });
});

describe("a refresh", () => {
  it("gives a new access token, ID token and refresh token of the same sign-in", async () => {
    const first = await family();
    pass(60);
    const second = await app.refresh(first.token);
    expect(second.refresh_token).not.toBe(first.token);
    expect(second.access_token).not.toBe(first.access_token);
    const [a, b] = [decodeJwt(first.id_token!), decodeJwt(second.id_token!)];
    for (const claim of ["sub", "sid", "auth_time", "idp", "name"]) expect(b[claim]).toEqual(a[claim]);
    // OpenID Connect Core §12.2: a nonce of an old request says nothing about this one.
    expect(b).not.toHaveProperty("nonce");
    expect(b.iat).toBeGreaterThanOrEqual(a.iat! + 60);
  });

  it("may narrow scope for this one token, never widen it (RFC 6749 §6)", async () => {
    const { token } = await family();
    const narrow = await app.refresh(token, { scope: "openid email" });
    expect(narrow.scope).toBe("openid email");
    expect(decodeJwt(narrow.access_token)["scope"]).toBe("openid email");
    expect(decodeJwt(narrow.id_token!)).not.toHaveProperty("name");
    expect(await refused(app.refresh(narrow.refresh_token!, { scope: "openid phone" }))).toEqual({
      error: "invalid_scope",
      error_description: "scope goes beyond what was granted",
      status: 400,
    });
    expect((await app.refresh(narrow.refresh_token!)).scope).toBe(OFFLINE.scope);
  });

  it("reads claims with today's configuration over the sign-in of then", async () => {
    const { token } = await family();
    await world.put("claims/nick", { name: "nick", type: "id_token", source_path: "given_name" });
    expect(decodeJwt((await app.refresh(token)).id_token!)).toMatchObject({ nick: "Ada" });
    await world.remove("claims/nick");
  });
});

describe("rotation", () => {
  it("takes each token once: a used one ends the family, and its access tokens with it", async () => {
    const first = await family();
    const second = await app.refresh(first.token);
    pass(11);
    expect(await refused(app.refresh(first.token))).toEqual(INVALID);
    expect(await refused(app.refresh(second.refresh_token!))).toEqual(INVALID);
    expect(await refused(app.userinfo(second.access_token))).toMatchObject({
      status: 401,
      error: "invalid_token",
    });
    expect(await app.introspect(first.access_token)).toEqual({ active: false });
  });

  it("gives the same next token to a retry within ten seconds, with a fresh access token", async () => {
    const { token } = await family();
    const [lost, kept] = [await app.refresh(token), (pass(10), await app.refresh(token))];
    expect(kept.refresh_token).toBe(lost.refresh_token);
    expect(kept.access_token).not.toBe(lost.access_token);
    expect((await app.refresh(kept.refresh_token!)).refresh_token).toBeDefined();
  });

  it("counts the ten seconds from the first use: a retry does not prolong them", async () => {
    const { token } = await family();
    const { refresh_token: next } = await app.refresh(token);
    pass(9);
    expect((await app.refresh(token)).refresh_token).toBe(next);
    pass(9);
    expect(await refused(app.refresh(token))).toEqual(INVALID);
    expect(await refused(app.refresh(next!))).toEqual(INVALID);
  });

  it("treats a retry as reuse once the next token was used, ten seconds or not", async () => {
    const { token } = await family();
    const second = await app.refresh(token);
    const third = await app.refresh(second.refresh_token!);
    expect(await refused(app.refresh(token))).toEqual(INVALID);
    expect(await refused(app.refresh(third.refresh_token!))).toEqual(INVALID);
  });

  it("answers twenty at once with one and the same next token", async () => {
    const { token } = await family();
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.refresh(token)));
    expect(new Set(answers.map((answer) => answer.refresh_token)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.access_token)).size).toBe(20);
  });

  it("does not use a token up by asking for too much", async () => {
    const { token } = await family();
    expect(await refused(app.refresh(token, { scope: "nothing" }))).toMatchObject({ error: "invalid_scope" });
    const resource = "https://no.example/";
    expect(await refused(app.refresh(token, { resource }))).toMatchObject({ error: "invalid_target" });
    pass(11);
    expect((await app.refresh(token)).refresh_token).toBeDefined();
  });
});

describe("a family ends", () => {
  it("after the workspace's absolute lifetime, whatever the rotations", async () => {
    let { token } = await family();
    for (let day = 0; day < 6; day++) {
      pass(DAY);
      token = (await app.refresh(token)).refresh_token!;
    }
    pass(DAY);
    expect(await refused(app.refresh(token))).toEqual(INVALID);
  });

  it("when the client is not the one it was given to", async () => {
    const other = await world.client("other");
    const { token } = await family();
    expect(await refused(other.refresh(token))).toEqual(INVALID);
    expect((await app.refresh(token)).refresh_token).toBeDefined();
  });

  it("when the connection is disabled, and nothing is lost when it is enabled again", async () => {
    const changing = await makeWorld();
    await changing.connection("pool");
    const client = await changing.client("app");
    const { token } = await family(client);
    await changing.patch("connections/pool", { disabled: true });
    expect(await refused(client.refresh(token))).toEqual(INVALID);
    await changing.patch("connections/pool", { disabled: false });
    pass(11);
    expect((await client.refresh(token)).refresh_token).toBeDefined();
  });

  it("when the client is disabled", async () => {
    const disabled = await world.client("disabled");
    const { token } = await family(disabled);
    await world.patch("clients/disabled", { disabled: true });
    expect(await refused(disabled.refresh(token))).toEqual({
      error: "invalid_client",
      error_description: "client authentication failed",
      status: 401,
    });
  });

  it("when the client may not use the grant type any more", async () => {
    const changed = await world.client("changed");
    const { token } = await family(changed);
    await world.patch("clients/changed", { grant_types: ["authorization_code"] });
    expect(await refused(changed.refresh(token))).toEqual({
      error: "unauthorized_client",
      error_description: "the client may not use this grant type",
      status: 400,
    });
  });

  it("when offline_access was taken from the client, and nothing is lost when it is given back", async () => {
    const online = await world.client("online");
    const { token } = await family(online);
    await world.patch("clients/online", { scope: "openid profile email" });
    expect(await refused(online.refresh(token))).toEqual(INVALID);
    expect(await online.introspect(token)).toEqual({ active: false });
    await world.patch("clients/online", { scope: OFFLINE.scope });
    expect((await online.refresh(token)).refresh_token).toBeDefined();
  });

  it.each(["workspace", "client", "connection", "scope"])("with not_before of its %s", async (place) => {
    const other = await makeWorld();
    await other.connection("pool");
    const client = await other.client("app");
    const { token, access_token } = await family(client);
    pass(5);
    if (place === "workspace") await other.settings({ not_before: now() });
    if (place === "client") await other.patch("clients/app", { not_before: now() });
    if (place === "connection") await other.patch("connections/pool", { not_before: now() });
    if (place === "scope") await other.patch("scopes/email", { not_before: now() });
    expect(await refused(client.refresh(token))).toEqual(INVALID);
    expect(await refused(client.userinfo(access_token))).toMatchObject({
      status: 401,
      error: "invalid_token",
    });
    pass(5);
    expect((await client.refresh((await family(client)).token)).refresh_token).toBeDefined();
  });

  it.each([
    ["connection", "connections/pool"],
    ["scope", "scopes/email"],
  ])(
    "and with not_before of its %s taken back nothing is lost: the token was not used up",
    async (_, record) => {
      const other = await makeWorld();
      await other.connection("pool");
      const client = await other.client("app");
      const { token } = await family(client);
      pass(5);
      await other.patch(record, { not_before: now() });
      expect(await refused(client.refresh(token))).toEqual(INVALID);
      await other.patch(record, { not_before: 0 });
      pass(11);
      const next = await client.refresh(token);
      expect(await client.introspect(next.refresh_token!)).toMatchObject({ active: true });
    },
  );

  it("when consent does not stand any more: a scope that was free is asked now", async () => {
    const asks = await world.client("asks", { trusted: false });
    const browser = new Browser("consents");
    const begun = await asks.begin({ scope: "openid email offline_access" });
    await browser.open(begun.url);
    const { refresh_token } = await asks.finish(await browser.submit("allow"), begun);
    const less = await asks.begin({ scope: "openid email", prompt: "consent" });
    await browser.open(less.url);
    await browser.submit("allow", { scopes: [] });
    expect(await refused(asks.refresh(refresh_token!))).toEqual(INVALID);
  });
});

it("a refresh without a token says so", async () => {
  const authorization = basic("app", SECRET);
  const answer = await post(`${world.issuer}/oauth2/token`, { grant_type: "refresh_token" }, authorization);
  expect([answer.status, answer.json]).toEqual([
    400,
    { error: "invalid_request", error_description: "refresh_token is missing" },
  ]);
});
