/** DEPLOYMENT_KEY is rotated: a new key in front, later without the old one (design §4, Sealing; threat 27). */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { api, problem } from "../api.ts";
import { bindings } from "../bindings.ts";
import { Browser } from "../browser.ts";
import { relyingParty, type RelyingParty } from "../client.ts";
import { counting } from "../counting.ts";
import { intercept } from "../intercept.ts";
import { basic, get, post, told } from "../raw.ts";
import { refused } from "../refused.ts";
import { ClientSecretBasic } from "oauth4webapi";
import { APP, makeWorld, SECRET, type World } from "../world.ts";

const K2 = `k2:${"B".repeat(43)}`;
const old = counting();
const both = counting({ DEPLOYMENT_KEY: `${K2}, ${bindings.DEPLOYMENT_KEY}` });
const alone = counting({ DEPLOYMENT_KEY: K2 });

let world: World;
let app: RelyingParty;
const scope = "openid email offline_access";

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool", { config: { enable_stateful_ctx: true } });
  app = await world.client("app", { via: old.via });
});
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => undefined));

/** The same app, where the Worker has another key. */
const at = ({ via }: typeof old) =>
  relyingParty(world.issuer, { client_id: "app" }, ClientSecretBasic(SECRET), APP, via);

/** A browser goes on where the Worker has another key. */
function moved(browser: Browser, { via }: typeof old): Browser {
  const next = new Browser(browser.person.name, via);
  for (const name of browser.jar.names()) next.jar.set(name, browser.jar.value(name)!);
  return next;
}

describe("with the new key in front of the old one", () => {
  it("codes, refresh tokens and access tokens from before are good, and new ones are under the new key", async () => {
    const begun = await app.begin({ scope });
    const page = await new Browser("ada", old.via).open(begun.url);
    const now = await at(both);
    const tokens = await now.finish(page, begun);
    expect(told(page)["code"]).toMatch(/^code\.k1\./);
    expect(tokens.refresh_token).toMatch(/^rt\.k2\./);
    const before = await app.signIn(new Browser("ada", old.via), { scope });
    expect(before.refresh_token).toMatch(/^rt\.k1\./);
    expect((await now.refresh(before.refresh_token!)).refresh_token).toMatch(/^rt\.k2\./);
    expect((await now.userinfo(before.access_token))["email"]).toBe("ada@example.com");
    expect(await now.introspect(before.access_token)).toMatchObject({ active: true });
  });

  it("sessions, cached contexts and a sign-in that is under way go on", async () => {
    const browser = new Browser("ada", old.via);
    await app.signIn(browser);
    const now = await at(both);
    const silent = await now.begin({ prompt: "none", scope: "openid email" });
    const tokens = await now.finish(await moved(browser, both).open(silent.url), silent);
    expect((await now.userinfo(tokens.access_token))["email"]).toBe("ada@example.com");
    const away = new Browser("zoe", old.via);
    const begun = await app.begin();
    const callback = await intercept(away, begun.url, old.via);
    const back = moved(away, both);
    expect((await now.finish(await back.open(callback), begun)).id_token).toBeDefined();
    expect(back.jar.value(`__Host-${world.id}-s`)).toMatch(/^session\.k2\./);
  });

  it("a person keeps their sub, and opaque tokens are read", async () => {
    const sub = async (party: RelyingParty, { via }: typeof old) => {
      const { access_token } = await party.signIn(new Browser("ada", via), { prompt: "login" });
      return (await party.userinfo(access_token)).sub;
    };
    expect(await sub(await at(both), both)).toBe(await sub(app, old));
    const opaque = await makeWorld({ access_token_strategy: "opaque" });
    await opaque.connection("pool");
    const { access_token } = await (await opaque.client("app")).signIn(new Browser("ada"));
    const shown = await get(
      `${opaque.issuer}/userinfo`,
      { authorization: `Bearer ${access_token}` },
      both.via,
    );
    expect(shown.status).toBe(200);
  });
});

describe("without the old key", () => {
  it("codes and refresh tokens from before are refused, and wake no object", async () => {
    const begun = await app.begin({ scope });
    const page = await new Browser("ada", old.via).open(begun.url);
    const { refresh_token } = await app.signIn(new Browser("ada", old.via), { scope });
    const now = await at(alone);
    alone.calls.splice(0);
    expect(await refused(now.finish(page, begun))).toMatchObject({ error: "invalid_grant" });
    expect(await refused(now.refresh(refresh_token!))).toMatchObject({ error: "invalid_grant" });
    expect(alone.calls.filter((call) => !call.startsWith("AUDIT."))).toEqual([]);
  });

  it("sessions are nobody, and a sign-in that was under way is over", async () => {
    const browser = new Browser("ada", old.via);
    await app.signIn(browser);
    const silent = await app.begin({ prompt: "none" });
    alone.calls.splice(0);
    expect(told(await moved(browser, alone).open(silent.url))["error"]).toBe("login_required");
    const away = new Browser("zoe", old.via);
    const callback = await intercept(away, (await app.begin()).url, old.via);
    const back = moved(away, alone);
    expect([(await back.open(callback)).status, back.facts["Code"]]).toEqual([400, "other_browser"]);
    expect(alone.calls.filter((call) => !call.startsWith("AUDIT."))).toEqual([]);
  });

  it("credentials of a connection cannot be opened: the app is told of an error of ours, and nobody leaves", async () => {
    const lines: string[] = [];
    vi.spyOn(console, "error").mockImplementation((line: unknown) => void lines.push(String(line)));
    const begun = await app.begin();
    const answer = await get(begun.url, {}, alone.via);
    expect(told(new URL(answer.headers.get("location")!))).toMatchObject({
      error: "server_error",
      error_description: "something went wrong here",
      state: begun.state,
    });
    expect(answer.headers.getSetCookie()).toEqual([]);
    // The operator finds what to do in the log.
    expect(lines.join()).toContain(
      "the credentials of a connection cannot be opened with this DEPLOYMENT_KEY",
    );
  });

  it("how a sign-in ran cannot be opened: operators are told why it is not there", async () => {
    const { sub, sid } = decodeJwt((await app.signIn(new Browser("ada", old.via))).id_token!);
    await runDurableObjectAlarm(env.SUBJECT.getByName(`${world.id}/${sub}`));
    const shown = (session: unknown) =>
      api(
        "GET",
        `workspaces/${world.id}/subjects/${sub}/sign-ins/${String(session)}/lineage`,
        undefined,
        {},
        alone.via,
      );
    expect(problem(await shown(sid))).toEqual([404, "the key that sealed this sign-in is gone"]);
    expect(problem(await shown("none"))).toEqual([404, "there is no such sign-in"]);
  });

  it("an access token that a grant was stored for under the old key tells nothing", async () => {
    const { access_token } = await app.signIn(new Browser("ada", old.via));
    const shown = await get(
      `${world.issuer}/userinfo`,
      { authorization: `Bearer ${access_token}` },
      alone.via,
    );
    expect([shown.status, shown.json]).toEqual([
      401,
      { error: "invalid_token", error_description: "the access token is not valid any more" },
    ]);
  });
});

describe("what was renewed under the new key, of a sign-in that is sealed under the old one", () => {
  it("is a family that ends with the old key, and its access tokens tell nothing", async () => {
    const before = await app.signIn(new Browser("ada", old.via), { scope });
    const { refresh_token, access_token } = await (await at(both)).refresh(before.refresh_token!);
    const now = await at(alone);
    expect(await now.introspect(access_token)).toEqual({ active: false });
    expect(await refused(now.refresh(refresh_token!))).toEqual({
      status: 400,
      error: "invalid_grant",
      error_description: "the refresh token is not valid any more",
    });
  });

  it("is a code that is good for nothing", async () => {
    const browser = new Browser("ada", old.via);
    await app.signIn(browser);
    const silent = await (await at(both)).begin({ prompt: "none" });
    const page = await moved(browser, both).open(silent.url);
    expect(told(page)["code"]).toMatch(/^code\.k2\./);
    expect(await refused((await at(alone)).finish(page, silent))).toMatchObject({ error: "invalid_grant" });
  });
});

it("the client's own secret is no part of it", async () => {
  await world.client("robot", { grant_types: ["client_credentials"], redirect_uris: [] });
  const url = `${world.issuer}/oauth2/token`;
  const answer = await post(url, { grant_type: "client_credentials" }, basic("robot", SECRET), both.via);
  expect(answer.status).toBe(200);
});
