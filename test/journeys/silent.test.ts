/** prompt=none and cached authentication contexts: answered without a page, or with the error that says which page it would be. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { subjectObject } from "../../src/store/shards.ts";
import { api } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { HOUR, now, pass } from "../clock.ts";
import { told } from "../raw.ts";
import { asked } from "../seen.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
let pool: string;

beforeAll(async () => {
  world = await makeWorld();
  pool = await world.connection("cached", {
    config: { enable_stateful_ctx: true, stateful_ctx_duration: 600 },
  });
  await world.connection("plain", { hidden: true });
  app = await world.client("app");
});

const silently = async (browser: Browser, params: Record<string, string> = {}) => {
  const begun = await app.begin({ prompt: "none", ...params });
  return { begun, page: await browser.open(begun.url) };
};

async function refusal(browser: Browser, params: Record<string, string> = {}) {
  const { begun, page } = await silently(browser, params);
  const { state, iss, ...rest } = told(page);
  expect([state, iss]).toEqual([begun.state, world.issuer]);
  return rest;
}

const LOGIN = { error: "login_required", error_description: "the person has to sign in first" };

describe("prompt=none (OpenID Connect Core §3.1.2.6)", () => {
  it("is login_required in a browser that nobody signed in with", async () => {
    expect(await refusal(new Browser("ada"))).toEqual(LOGIN);
  });

  it("is login_required where the connection does not cache, and no page is shown", async () => {
    const ada = new Browser("ada");
    await app.signIn(ada, { idp_hint: "plain" });
    expect(await refusal(ada)).toEqual(LOGIN);
  });

  it("gives tokens of the same sign-in where the connection caches: same sub, sid and auth_time", async () => {
    const ada = new Browser("ada");
    const first = decodeJwt((await app.signIn(ada)).id_token!);
    pass(60);
    const trips = (await asked(pool, "/authorize")).length;
    const { begun, page } = await silently(ada);
    const again = decodeJwt((await app.finish(page, begun)).id_token!);
    for (const claim of ["sub", "sid", "auth_time"]) expect(again[claim]).toBe(first[claim]);
    expect((await asked(pool, "/authorize")).length).toBe(trips);
  });

  it("is login_required once the cached context is older than the connection allows", async () => {
    const ada = new Browser("ada");
    await app.signIn(ada);
    pass(599);
    expect(told((await silently(ada)).page)["code"]).toBeDefined();
    pass(2);
    expect(await refusal(ada)).toEqual(LOGIN);
  });

  it("is login_required when the session is older than max_age", async () => {
    const ada = new Browser("ada");
    await app.signIn(ada);
    pass(100);
    expect(told((await silently(ada, { max_age: "101" })).page)["code"]).toBeDefined();
    expect(await refusal(ada, { max_age: "99" })).toEqual(LOGIN);
  });

  it("is consent_required where the person has not agreed yet", async () => {
    const asks = await world.client("asks", { trusted: false });
    const ada = new Browser("consents");
    await app.signIn(ada);
    const begun = await asks.begin({ prompt: "none", scope: "openid email" });
    expect(told(await ada.open(begun.url))).toEqual({
      error: "consent_required",
      error_description: "the person has to agree first",
      state: begun.state,
      iss: world.issuer,
    });
  });

  it("is login_required for idp_hint of another connection than the session's", async () => {
    const ada = new Browser("ada");
    await app.signIn(ada);
    expect(await refusal(ada, { idp_hint: "plain" })).toEqual(LOGIN);
    expect(told((await silently(ada, { idp_hint: "cached" })).page)["code"]).toBeDefined();
  });

  it("is login_required in a frame of another site, where no Lax cookie comes", async () => {
    const ada = new Browser("ada");
    await app.signIn(ada);
    const begun = await app.begin({ prompt: "none" });
    const page = await ada.open(begun.url, { frame: "https://app.example.com" });
    expect(told(page)).toMatchObject(LOGIN);
  });

  it.each(["none login", "consent none"])("cannot be combined: prompt=%s", async (prompt) => {
    expect(await refusal(new Browser("ada"), { prompt })).toEqual({
      error: "invalid_request",
      error_description: "prompt none cannot be combined with another",
    });
  });
});

describe("a cached context", () => {
  it("answers a plain request without a trip to the provider", async () => {
    const ada = new Browser("ada");
    const first = decodeJwt((await app.signIn(ada)).id_token!);
    const trips = (await asked(pool, "/authorize")).length;
    const again = decodeJwt((await app.signIn(ada)).id_token!);
    expect([again.sub, again["sid"]]).toEqual([first.sub, first["sid"]]);
    expect((await asked(pool, "/authorize")).length).toBe(trips);
  });

  it.each([["login"], ["select_account"]])("is not used for prompt=%s", async (prompt) => {
    const ada = new Browser("ada");
    await app.signIn(ada);
    const trips = (await asked(pool)).length;
    await app.signIn(ada, { prompt });
    expect((await asked(pool)).length).toBeGreaterThan(trips);
  });

  it("ends with the session, however long the connection would keep it", async () => {
    const short = await makeWorld({ session_lifetime: 300 });
    await short.connection("pool", { config: { enable_stateful_ctx: true } });
    const client = await short.client("app");
    const ada = new Browser("ada");
    await client.signIn(ada);
    pass(301);
    const begun = await client.begin({ prompt: "none" });
    expect(told(await ada.open(begun.url))).toMatchObject(LOGIN);
  });

  it("is not used any more when the connection stops to cache", async () => {
    const other = await makeWorld();
    await other.connection("pool", { config: { enable_stateful_ctx: true } });
    const client = await other.client("app");
    const ada = new Browser("ada");
    await client.signIn(ada);
    await other.patch("connections/pool", { config: { enable_stateful_ctx: false } });
    const begun = await client.begin({ prompt: "none" });
    expect(told(await ada.open(begun.url))).toMatchObject(LOGIN);
  });

  it.each(["workspace", "connection"])("from before not_before of its %s is not used", async (place) => {
    const other = await makeWorld();
    await other.connection("pool", { config: { enable_stateful_ctx: true } });
    const client = await other.client("app");
    const ada = new Browser("ada");
    await client.signIn(ada);
    pass(10);
    if (place === "workspace") await other.settings({ not_before: now() });
    else await other.patch("connections/pool", { not_before: now() });
    const begun = await client.begin({ prompt: "none" });
    expect(told(await ada.open(begun.url))).toMatchObject(LOGIN);
  });

  it("of one person is not another's: a second person in the same browser gets a session of their own", async () => {
    const browser = new Browser("ada");
    const ada = decodeJwt((await app.signIn(browser)).id_token!);
    browser.person.name = "zoe";
    const zoe = decodeJwt((await app.signIn(browser, { prompt: "login" })).id_token!);
    expect(zoe.sub).not.toBe(ada.sub);
    expect(zoe["sid"]).not.toBe(ada["sid"]);
  });
});

it("a session cookie lives as long as the workspace says", async () => {
  const ada = new Browser("ada");
  await app.signIn(ada);
  expect(ada.jar.names()).toContain(`__Host-${world.id}-s`);
  pass(24 * HOUR + 1);
  expect(ada.jar.names()).toEqual([]);
});

describe("what a cached context is used for", () => {
  const trips = async () => (await asked(pool, "/authorize")).length;

  it("more scopes, and other clients of the workspace, with the original auth_time and amr", async () => {
    const ada = new Browser("ada");
    const other = await world.client("other");
    const first = decodeJwt((await app.signIn(ada, { scope: "openid" })).id_token!);
    const before = await trips();
    pass(60);
    const more = decodeJwt((await app.signIn(ada, { scope: "openid email" })).id_token!);
    const theirs = decodeJwt((await other.signIn(ada, { scope: "openid profile" })).id_token!);
    expect(await trips()).toBe(before);
    expect(more["email"]).toBe("ada@example.com");
    expect(theirs["name"]).toBe("Ada Lovelace");
    for (const claims of [more, theirs])
      for (const claim of ["sub", "sid", "auth_time", "amr", "idp"])
        expect(claims[claim]).toEqual(first[claim]);
  });

  it.each<[string, object, boolean]>([
    ["its mappings", { mappings: [] }, true],
    ["its attributes", { attributes: [], mappings: [] }, true],
    ["its static_amr", { static_amr: ["pwd"] }, true],
    ["its name and place on the chooser", { name: "Another name", display_order: 7 }, false],
  ])("a connection that changed meanwhile: %s", async (_, change, anew) => {
    const other = await makeWorld();
    const theirs = await other.connection("pool", { config: { enable_stateful_ctx: true } });
    const client = await other.client("app");
    const ada = new Browser("ada");
    await client.signIn(ada);
    await other.patch("connections/pool", change);
    pass(11);
    await client.signIn(ada);
    expect((await asked(theirs, "/authorize")).length).toBe(anew ? 2 : 1);
  });

  it("what is implicit, where an app asks for no scope", async () => {
    await world.put("scopes/orders", { implicit: true });
    const orders = await world.client("orders", { scope: "openid orders" });
    const ada = new Browser("ada");
    await app.signIn(ada);
    const before = await trips();
    const begun = await orders.begin({ scope: "", nonce: "" });
    const answer = orders.code(await ada.open(begun.url), begun);
    const { scope } = await orders.redeem(answer, { ...begun, nonce: undefined as never });
    expect([scope, await trips()]).toEqual(["orders", before]);
  });

  it("no request with a max_age that has passed: the provider is asked, without a page of ours", async () => {
    const ada = new Browser("ada");
    const first = decodeJwt((await app.signIn(ada)).id_token!);
    const before = await trips();
    pass(100);
    await app.signIn(ada, { max_age: "100" });
    expect(await trips()).toBe(before);
    pass(1);
    const anew = decodeJwt((await app.signIn(ada, { max_age: "100" })).id_token!);
    expect(await trips()).toBeGreaterThan(before);
    expect([anew["sid"], anew["auth_time"]]).toEqual([first["sid"], now()]);
  });

  it("no request with an idp_hint for another connection: its provider is asked, and its person is here from then on", async () => {
    const ada = new Browser("ada");
    const first = decodeJwt((await app.signIn(ada)).id_token!);
    const other = decodeJwt((await app.signIn(ada, { idp_hint: "plain" })).id_token!);
    expect([other["idp"], other.sub === first.sub]).toEqual(["plain", false]);
    expect(await refusal(ada, { idp_hint: "cached" })).toEqual(LOGIN);
  });

  it("no request through a connection that was switched off: one that is switched on again finds it", async () => {
    const other = await makeWorld();
    await other.connection("pool", { config: { enable_stateful_ctx: true } });
    const client = await other.client("app");
    const ada = new Browser("ada");
    await client.signIn(ada);
    const silent = async () => told(await ada.open((await client.begin({ prompt: "none" })).url));
    await other.patch("connections/pool", { disabled: true });
    expect(await silent()).toMatchObject(LOGIN);
    await ada.open((await client.begin()).url);
    expect([ada.page.status, ada.title]).toEqual([404, "No way to sign in yet"]);
    expect(told(await ada.click("back"))).toMatchObject({ error: "access_denied" });
    await other.patch("connections/pool", { disabled: false });
    expect(await silent()).toHaveProperty("code");
    pass(1);
    await other.patch("connections/pool", { not_before: now() });
    expect(await silent()).toMatchObject(LOGIN);
  });

  it("no request of a client that was switched off", async () => {
    const off = await world.client("off");
    const ada = new Browser("ada");
    await off.signIn(ada);
    await world.patch("clients/off", { disabled: true });
    expect((await ada.open((await off.begin({ prompt: "none" })).url)).status).toBe(400);
    expect(ada.facts).toMatchObject({ Code: "unknown_client" });
  });

  it("is gone after sign-out, also for a copy of the cookie", async () => {
    const ada = new Browser("ada");
    const { id_token } = await app.signIn(ada);
    const name = `__Host-${world.id}-s`;
    const kept = ada.jar.value(name)!;
    await ada.open(`${world.issuer}/oidc/logout?id_token_hint=${id_token!}`);
    ada.jar.set(name, kept);
    expect(await refusal(ada)).toEqual(LOGIN);
  });

  it("lives with the person: it is gone when its time is up, by alarm, and at once when an operator says so", async () => {
    const kinds = (subject: string) =>
      runInDurableObject(env.SUBJECT.getByName(subjectObject(world.id, subject)), (_, { storage }) =>
        storage.sql
          .exec<{ kind: string }>("SELECT DISTINCT kind FROM row")
          .toArray()
          .map(({ kind }) => kind),
      );
    const ada = new Browser("kept");
    const { sub = "" } = decodeJwt((await app.signIn(ada)).id_token!);
    expect(await kinds(sub)).toContain("context");
    pass(601);
    await runDurableObjectAlarm(env.SUBJECT.getByName(subjectObject(world.id, sub)));
    expect(await kinds(sub)).not.toContain("context");
    expect(await kinds(sub)).toContain("session");
    await app.signIn(ada);
    const path = `workspaces/${world.id}/subjects/${sub}`;
    expect((await api("DELETE", `${path}/contexts`)).status).toBe(204);
    expect(await kinds(sub)).not.toContain("context");
    expect(await refusal(ada)).toEqual(LOGIN);
    await ada.open(`${world.issuer}/me`);
    expect(ada.title).toBe("Hello, kept");
  });

  it("is not kept at all where the connection does not cache", async () => {
    const { sub = "" } = decodeJwt((await app.signIn(new Browser("plain"), { idp_hint: "plain" })).id_token!);
    const rows = await runInDurableObject(
      env.SUBJECT.getByName(subjectObject(world.id, sub)),
      (_, { storage }) => storage.sql.exec("SELECT id FROM row WHERE kind = 'context'").toArray(),
    );
    expect(rows).toEqual([]);
  });
});
