/** OpenID Connect Back-Channel Logout 1.0, and the sign-out at the provider. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createRemoteJWKSet, customFetch, decodeJwt, jwtVerify } from "jose";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { auditShard, subjectObject } from "../../src/store/shards.ts";
import { api, must, problem } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { now, pass } from "../clock.ts";
import { told } from "../raw.ts";
import { refused } from "../refused.ts";
import { asked } from "../seen.ts";
import { makeWorld, random, type World } from "../world.ts";

interface Received {
  readonly body: string;
  readonly status: number;
}
const BYE = "https://app.example.com/bye";
let world: World;
let app: RelyingParty;
let hook: string;

beforeEach(async () => {
  world = await makeWorld();
  hook = `https://hooks.example.com/${random()}`;
  await world.connection("pool", { config: { enable_stateful_ctx: true } });
  app = await world.client("app", {
    backchannel_logout_uri: hook,
    post_logout_redirect_uris: [BYE],
    id_token_signed_response_alg: "ES256",
  });
});

const answers = (status: number) => fetch(hook, { method: "PUT", body: String(status) });
const received = async (at = hook) => (await fetch(at)).json<Received[]>();
const tokens = async (at = hook) =>
  (await received(at)).map(({ body }) => new URLSearchParams(body).get("logout_token")!);
const objectOf = (subject: string) => env.SUBJECT.getByName(subjectObject(world.id, subject));
const deliver = (subject: string) => runDurableObjectAlarm(objectOf(subject));

async function signedIn(person = "ada", party = app) {
  const browser = new Browser(person);
  const { id_token, access_token } = await party.signIn(browser);
  const { sub = "", sid } = decodeJwt(id_token!);
  return { browser, id_token: id_token!, access_token, sub, sid: sid as string };
}

const signOut = (browser: Browser, id_token: string) =>
  browser.open(`${world.issuer}/oidc/logout?id_token_hint=${id_token}`);

it("tells each app of the session, with a token that its library takes: ours, for it, now, and no ID token", async () => {
  const other = `https://hooks.example.com/${random()}`;
  const second = await world.client("second", { backchannel_logout_uri: other });
  const elsewhere = await world.client("elsewhere", { backchannel_logout_uri: `${other}-not` });
  const { browser, id_token, sub, sid } = await signedIn();
  await second.signIn(browser);
  await signedIn("ada", elsewhere);
  await signOut(browser, id_token);
  await deliver(sub);
  const keys = createRemoteJWKSet(new URL(`${world.issuer}/.well-known/jwks.json`), {
    [customFetch]: (url, init) => app.via(new Request(url, init as RequestInit)),
  });
  const [token, ...more] = await tokens();
  expect(more).toEqual([]);
  const { payload, protectedHeader } = await jwtVerify(token!, keys, {
    issuer: world.issuer,
    audience: "app",
    currentDate: new Date(),
  });
  expect(protectedHeader).toMatchObject({ typ: "logout+jwt", alg: "ES256" });
  expect(payload).toEqual({
    iss: world.issuer,
    aud: "app",
    sub,
    sid,
    iat: now(),
    exp: now() + 120,
    jti: expect.any(String),
    events: { "http://schemas.openid.net/event/backchannel-logout": {} },
  });
  expect((await tokens(other)).map((one) => decodeJwt(one).aud)).toEqual(["second"]);
  expect(await tokens(`${other}-not`)).toEqual([]);
});

describe("is sent", () => {
  const ways: [string, (given: Awaited<ReturnType<typeof signedIn>>) => Promise<unknown>][] = [
    [
      "by the person for one browser",
      async ({ browser, sid }) => {
        await browser.open(`${world.issuer}/me`);
        await browser.submit(`end-${sid}`);
      },
    ],
    [
      "by an operator",
      async ({ sub, sid }) => api("DELETE", `workspaces/${world.id}/subjects/${sub}/sessions/${sid}`),
    ],
    ["when the person is erased", async ({ sub }) => api("DELETE", `workspaces/${world.id}/subjects/${sub}`)],
  ];
  it.each(ways)("%s", async (_, end) => {
    const given = await signedIn();
    await deliver(given.sub);
    await end(given);
    await deliver(given.sub);
    expect((await tokens()).map((token) => decodeJwt(token)["sid"])).toEqual([given.sid]);
  });

  it("once for an app that got tokens twice in the same session", async () => {
    const { browser, id_token, sub } = await signedIn();
    await app.signIn(browser);
    await signOut(browser, id_token);
    await deliver(sub);
    expect(await tokens()).toHaveLength(1);
  });

  it("once for a session that is ended twice, and not for a code that was never redeemed", async () => {
    const silent = `https://hooks.example.com/${random()}`;
    const unfinished = await world.client("unfinished", { backchannel_logout_uri: silent });
    const { browser, id_token, sub } = await signedIn();
    await browser.open((await unfinished.begin()).url);
    await signOut(browser, id_token);
    await signOut(browser, id_token);
    await deliver(sub);
    expect([await tokens(silent), (await tokens()).length]).toEqual([[], 1]);
  });
});

it("is tried again after 10 seconds, a minute, ten minutes and an hour; then an event says so", async () => {
  await answers(500);
  const { browser, id_token, sub, sid } = await signedIn();
  await signOut(browser, id_token);
  await deliver(sub);
  for (const delay of [10, 60, 600, 3_600]) {
    const before = (await received()).length;
    pass(delay - 1);
    await deliver(sub);
    expect(await received()).toHaveLength(before);
    pass(1);
    await deliver(sub);
    expect(await received()).toHaveLength(before + 1);
  }
  pass(3_600);
  await deliver(sub);
  expect(await received()).toHaveLength(5);
  const [first, last] = [(await tokens())[0]!, (await tokens())[4]!];
  expect(decodeJwt(last).iat! - decodeJwt(first).iat!).toBe(4_270);
  // An alarm that the runtime runs meanwhile has taken the event along, and may not be through.
  await vi.waitFor(async () => {
    await deliver(sub);
    const events = await env.AUDIT.getByName(auditShard(world.id, now())).list(100, "", { subject: sub });
    expect(events.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({
        type: "logout_undelivered",
        client_id: "app",
        session: sid,
        reason: "the app answered 500",
      }),
    );
  }, 10_000);
});

it("wakes the object for the next try, and not before", async () => {
  await answers(503);
  const { browser, id_token, sub } = await signedIn();
  await signOut(browser, id_token);
  await deliver(sub);
  const at = await runInDurableObject(objectOf(sub), (_, { storage }) => storage.getAlarm());
  expect(at).toBe((now() + 10) * 1_000);
});

it("is sent to fifty apps at once at most, and to the others when the object wakes next", async () => {
  await answers(503);
  const { browser, id_token, sub } = await signedIn();
  await signOut(browser, id_token);
  await deliver(sub);
  await runInDurableObject(objectOf(sub), (_, { storage }) => {
    for (let n = 0; n < 59; n++)
      storage.sql.exec(
        "INSERT INTO row SELECT kind, id || ?, expires, body FROM row WHERE kind = 'logout' AND length(id) < 30",
        "-".repeat(30) + n,
      );
  });
  await answers(200);
  pass(10);
  await deliver(sub);
  expect(await received()).toHaveLength(1 + 50);
  await deliver(sub);
  expect(await received()).toHaveLength(1 + 60);
});

it("is not tried again once it arrived, and nothing is left of it", async () => {
  await answers(503);
  const { browser, id_token, sub } = await signedIn();
  await signOut(browser, id_token);
  await deliver(sub);
  await answers(200);
  pass(10);
  await deliver(sub);
  pass(4_000);
  await deliver(sub);
  expect((await received()).map(({ status }) => status)).toEqual([503, 200]);
});

describe("an address (design §5.7)", () => {
  it.each([
    "http://hooks.example.com/",
    "https://10.0.0.1/",
    "https://[fd00::1]/",
    "https://router.local/",
    "https://user@hooks.example.com/",
    "https://hooks.example.com/#here",
    "javascript:alert(1)",
  ])("%s is refused when it is written", async (backchannel_logout_uri) => {
    const answer = await api("PATCH", `workspaces/${world.id}/clients/app`, { backchannel_logout_uri });
    expect(problem(answer)).toEqual([422, expect.any(String), "backchannel_logout_uri"]);
  });

  it("that answers with a redirect is not followed", async () => {
    await answers(302);
    const { browser, id_token, sub } = await signedIn();
    await signOut(browser, id_token);
    await deliver(sub);
    // `setup.ts` fails the test if internal.example.com was called.
    expect((await received()).map(({ status }) => status)).toEqual([302]);
  });

  it.each([
    ["on this machine, where the deployment does not open it", undefined, "https://localhost/"],
    ["of a private network, also where this machine is open", "on", "https://10.0.0.1/"],
  ])("that another version wrote is judged again: none %s", async (_, LOOPBACK, backchannel_logout_uri) => {
    const party = await world.client("restored", { backchannel_logout_uri: hook });
    const key = `${world.id}/client/restored`;
    const { version, value } = JSON.parse((await env.CONFIG.get(key))!) as { version: number; value: object };
    await env.CONFIG.put(key, JSON.stringify({ version, value: { ...value, backchannel_logout_uri } }));
    const { browser, id_token, sub } = await signedIn("ada", party);
    await runInDurableObject(objectOf(sub), (instance) => {
      const { env: bindings } = instance as unknown as { env: Cloudflare.Env };
      Object.defineProperty(instance, "env", { value: { ...bindings, LOOPBACK } });
    });
    await signOut(browser, id_token);
    const failed = await runInDurableObject(objectOf(sub), async (instance, { storage }) => {
      await instance.alarm();
      const rows = storage.sql.exec<{ body: string }>("SELECT body FROM row WHERE kind = 'logout'").toArray();
      // Not tried again while other tests run.
      storage.sql.exec("DELETE FROM row WHERE kind = 'logout'");
      return rows.map(({ body }) => (JSON.parse(body) as { failed: number }).failed);
    });
    // It was due, and waits for another try; `setup.ts` fails the test if it was called.
    expect(failed).toEqual([1]);
  });

  it("is the one of now, and a client that is switched off is not called", async () => {
    const { browser, id_token, sub } = await signedIn();
    await signOut(browser, id_token);
    await must("PATCH", `workspaces/${world.id}/clients/app`, { disabled: true });
    pass(11);
    await deliver(sub);
    expect(await received()).toEqual([]);
  });
});

describe("a logout token is nothing else (§4)", () => {
  it("no hint, no access token, no client's assertion", async () => {
    const { browser, id_token, sub } = await signedIn();
    await signOut(browser, id_token);
    await deliver(sub);
    const [token] = await tokens();
    await browser.open(`${world.issuer}/oidc/logout?id_token_hint=${token!}`);
    expect(browser.facts).toMatchObject({ Reason: "id_token_hint is not ours" });
    const begun = await app.begin({ id_token_hint: token! });
    expect(told(await browser.open(begun.url))).toMatchObject({ error: "invalid_request" });
    expect(await refused(app.userinfo(token!))).toMatchObject({ error: "invalid_token" });
    expect(await app.introspect(token!)).toEqual({ active: false });
  });
});

describe("sign-out at the provider", () => {
  const cognito = (pool: string) => asked(pool, "/logout");

  it("follows ours where the connection wants it, and then goes where the app asked, with state", async () => {
    const pool = await world.connection("both", { config: { sign_out_upstream: true } });
    const browser = new Browser("ada");
    const { id_token } = await app.signIn(browser, { idp_hint: "both" });
    const params = new URLSearchParams({
      id_token_hint: id_token!,
      post_logout_redirect_uri: BYE,
      state: "s",
    });
    const page = await browser.open(`${world.issuer}/oidc/logout?${params.toString()}`);
    expect([page.url.origin + page.url.pathname, told(page)]).toEqual([BYE, { state: "s" }]);
    const sent = (await cognito(pool)).map(({ params: one }) => Object.fromEntries(one));
    expect(sent).toEqual([
      {
        client_id: "app",
        logout_uri: `${world.issuer}/oidc/logout`,
      },
    ]);
    expect(browser.jar.names()).toEqual([]);
  });

  it("also from our own page, which leaves by itself", async () => {
    const pool = await world.connection("both", { config: { sign_out_upstream: true } });
    const browser = new Browser("ada");
    await app.signIn(browser, { idp_hint: "both" });
    await browser.open(`${world.issuer}/me`);
    await browser.submit("sign-out");
    expect(browser.title).toBe("You are signed out");
    expect(await cognito(pool)).toHaveLength(1);
  });

  /** On the way to the provider, where the browser stops. */
  async function leaving(idp_hint: string) {
    const browser = new Browser("ada");
    const { id_token } = await app.signIn(browser, { idp_hint });
    const params = { id_token_hint: id_token!, post_logout_redirect_uri: BYE, state: "s" };
    const url = new URL(`${world.issuer}/oidc/logout?${new URLSearchParams(params).toString()}`);
    const cookie = browser.jar.header({ to: url, crossSite: false, navigation: true });
    const away = await app.via(new Request(url, { redirect: "manual", headers: { cookie } }));
    browser.jar.take(url, away.headers.getSetCookie());
    return browser;
  }

  it("goes on within ten minutes, and never in place of a later sign-out", async () => {
    await world.connection("both", { config: { sign_out_upstream: true } });
    const back = `${world.issuer}/oidc/logout`;
    const late = await leaving("both");
    const name = `__Host-${world.id}-o`;
    const kept = late.jar.value(name)!;
    // Lax: it comes with the provider's redirect, and with no form or frame of another site.
    expect(late.jar.header({ to: new URL(back), crossSite: true, navigation: true })).toContain(name);
    expect(late.jar.header({ to: new URL(back), crossSite: true, navigation: false })).not.toContain(name);
    pass(600);
    expect(late.jar.names()).not.toContain(name);
    late.jar.set(name, kept);
    await late.open(back);
    expect([late.page.url.href, late.title]).toEqual([back, "You are signed out"]);
    const again = await leaving("both");
    await app.signIn(again, { idp_hint: "pool" });
    await again.open(`${back}?client_id=app`);
    expect(again.title).toBe("Sign out of Test?");
    const forged = new Browser("eve");
    forged.jar.set(`__Host-${world.id}-o`, "k1.0.AAAA");
    await forged.open(back);
    expect(forged.page.url.href).toBe(back);
  });

  it("is left out where the connection was switched off meanwhile", async () => {
    const pool = await world.connection("off", { config: { sign_out_upstream: true } });
    const browser = new Browser("ada");
    const { id_token } = await app.signIn(browser, { idp_hint: "off" });
    await world.patch("connections/off", { disabled: true });
    pass(11);
    await signOut(browser, id_token!);
    expect([browser.title, await cognito(pool)]).toEqual(["You are signed out", []]);
  });

  it("does not happen by itself", async () => {
    const pool = await world.connection("ours");
    const browser = new Browser("ada");
    const { id_token } = await app.signIn(browser, { idp_hint: "ours" });
    await signOut(browser, id_token!);
    expect(await cognito(pool)).toEqual([]);
  });

  it("that cannot be reached keeps nobody signed in here", async () => {
    await world.connection("gone", { config: { sign_out_upstream: true } });
    const browser = new Browser("ada");
    const { id_token } = await app.signIn(browser, { idp_hint: "gone" });
    await world.patch("connections/gone", {
      settings: { pool_id: "eu-central-1_DiscoveryDown0x", region: "eu-central-1" },
      credentials: null,
    });
    pass(11);
    await signOut(browser, id_token!);
    expect(browser.title).toBe("You are signed out");
  });

  it("goes to no other address than the app has registered when the browser is back", async () => {
    await world.connection("both", { config: { sign_out_upstream: true } });
    const browser = new Browser("ada");
    const { id_token } = await app.signIn(browser, { idp_hint: "both" });
    const params = new URLSearchParams({ id_token_hint: id_token!, post_logout_redirect_uri: BYE });
    const url = new URL(`${world.issuer}/oidc/logout?${params.toString()}`);
    const cookie = browser.jar.header({ to: url, crossSite: false, navigation: true });
    const away = await app.via(new Request(url, { redirect: "manual", headers: { cookie } }));
    browser.jar.take(url, away.headers.getSetCookie());
    await world.patch("clients/app", { post_logout_redirect_uris: [] });
    pass(11);
    const page = await browser.open(`${world.issuer}/oidc/logout`);
    expect([page.status, browser.facts["Reason"]]).toEqual([
      400,
      "post_logout_redirect_uri is not registered for this client",
    ]);
  });
});
