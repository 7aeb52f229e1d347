/** Login CSRF, session fixation and swapped flows (threat 4; Hydra #770, better-auth #9334, Dex #4928). */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { HOUR, MINUTE, pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { intercept } from "../intercept.ts";
import { told } from "../raw.ts";
import { asked } from "../seen.ts";
import { makeWorld, type World } from "../world.ts";

const { via, calls } = counting();
let world: World;
let app: RelyingParty;
let pool: string;

beforeAll(async () => {
  world = await makeWorld();
  pool = await world.connection("pool");
  app = await world.client("app", { via });
});
beforeEach(() => void calls.splice(0));

async function pending(person = "ada") {
  const browser = new Browser(person, via);
  const begun = await app.begin();
  const callback = await intercept(browser, begun.url, via);
  calls.splice(0);
  return { browser, begun, callback };
}

/** A page of ours, no code was redeemed upstream, no object of a person was called. */
async function isStopped(browser: Browser, url: URL) {
  const redeemed = (await asked(pool, "/token")).length;
  const page = await browser.open(url, { from: "https://evil.example" });
  expect([page.status, page.url.origin]).toEqual([400, url.origin]);
  expect(browser.facts).toMatchObject({
    Code: "other_browser",
    Reason: "this browser has no such sign-in, or it is over",
  });
  expect((await asked(pool, "/token")).length).toBe(redeemed);
  expect(calls.filter((call) => !call.startsWith("AUDIT."))).toEqual([]);
}

describe("a callback is stopped", () => {
  it("with the state of another browser: an attacker cannot sign a victim in as themselves", async () => {
    const { callback } = await pending("mallory");
    await isStopped(new Browser("victim", via), callback);
  });

  it("with the state of another browser that has a sign-in of its own pending", async () => {
    const [attacker, victim] = [await pending("mallory"), await pending("victim")];
    await isStopped(victim.browser, attacker.callback);
  });

  it("without state", async () => {
    const { browser, callback } = await pending();
    callback.searchParams.delete("state");
    await isStopped(browser, callback);
  });

  it.each(["", "x", "A".repeat(22), "../../x", "A".repeat(5_000)])("with the state %j", async (state) => {
    const { browser, callback } = await pending();
    callback.searchParams.set("state", state);
    await isStopped(browser, callback);
  });

  it("with the cookie of one sign-in under the name of another", async () => {
    const [one, other] = [await pending(), await pending()];
    const [from] = one.browser.jar.names();
    const [name] = other.browser.jar.names();
    other.browser.jar.set(name!, one.browser.jar.value(from!)!);
    await isStopped(other.browser, other.callback);
  });

  it("an hour after the sign-in began, though the cookie were kept", async () => {
    const { browser, callback } = await pending();
    const [name] = browser.jar.names();
    const value = browser.jar.value(name!)!;
    pass(HOUR);
    expect(browser.jar.names()).toEqual([]);
    browser.jar.set(name!, value);
    await isStopped(browser, callback);
  });

  it("a second time: a sign-in that was finished is over", async () => {
    const { browser, callback } = await pending();
    await browser.open(callback);
    calls.splice(0);
    await isStopped(browser, callback);
  });
});

it("59 minutes are not too long", async () => {
  const { browser, callback } = await pending();
  pass(59 * MINUTE);
  expect(told(await browser.open(callback))["code"]).toBeDefined();
});

it("a sign-in that began before midnight ends after it", async () => {
  const midnight = 86_400 - (Math.floor(Date.now() / 1_000) % 86_400);
  pass(midnight - MINUTE);
  const { browser, callback } = await pending();
  pass(2 * MINUTE);
  expect(told(await browser.open(callback))["code"]).toBeDefined();
});

it("two tabs keep two sign-ins apart, whichever comes back first", async () => {
  const browser = new Browser("ada", via);
  const tabs = [await app.begin(), await app.begin()];
  const callbacks = [
    await intercept(browser, tabs[0]!.url, via),
    await intercept(browser, tabs[1]!.url, via),
  ];
  for (const n of [1, 0]) {
    const page = await browser.open(callbacks[n]!);
    expect(told(page)["state"]).toBe(tabs[n]!.state);
    expect((await app.finish(page, tabs[n]!)).id_token).toBeDefined();
  }
});

it("a sign-in does not take over the session of another person in the browser", async () => {
  const browser = new Browser("ada", via);
  await app.signIn(browser);
  const session = browser.jar.value(`__Host-${world.id}-s`);
  browser.person.name = "zoe";
  await app.signIn(browser);
  expect(browser.jar.value(`__Host-${world.id}-s`)).not.toBe(session);
});

it("a session that an attacker planted is not used for the person who signs in", async () => {
  const attacker = new Browser("mallory", via);
  await app.signIn(attacker);
  const name = `__Host-${world.id}-s`;
  const victim = new Browser("victim", via);
  victim.jar.set(name, attacker.jar.value(name)!);
  await app.signIn(victim);
  expect(victim.jar.value(name)).not.toBe(attacker.jar.value(name));
});

describe("the consent page belongs to one browser (Hydra #770)", () => {
  async function consenting(person: string) {
    const client = await world.client(`asks-${person}`, { via, trusted: false });
    const browser = new Browser(person, via);
    const begun = await client.begin({ scope: "openid email" });
    await browser.open(begun.url);
    return { browser, url: browser.page.url };
  }
  const allow = (browser: Browser, url: URL, from = url.origin) =>
    browser.open(url, {
      method: "POST",
      body: new URLSearchParams({ action: "allow", scopes: "email" }),
      from,
    });

  it("another browser cannot open or answer it", async () => {
    const { url } = await consenting("first");
    const thief = await consenting("thief");
    for (const open of [thief.browser.open(url), allow(thief.browser, url)]) {
      expect((await open).status).toBe(400);
      expect(thief.browser.facts).toMatchObject({ Code: "expired" });
    }
  });

  it("is over when the person signed out meanwhile, whatever cookie is kept", async () => {
    const { browser, url } = await consenting("second");
    const kept = browser.jar.names().map((name) => [name, browser.jar.value(name)!] as const);
    await browser.open(`${world.issuer}/oidc/logout`);
    await browser.submit("sign-out");
    for (const [name, value] of kept) browser.jar.set(name, value);
    expect(told(await allow(browser, url))).toMatchObject({ error: "access_denied" });
  });

  it("a form on another site cannot answer it", async () => {
    const { browser, url } = await consenting("fourth");
    const page = await allow(browser, url, "https://evil.example");
    expect([page.status, browser.facts["Code"]]).toEqual([403, "cross_site"]);
  });

  it("a form without Origin, or with null, cannot either", async () => {
    const { browser, url } = await consenting("fifth");
    const cookie = browser.jar.header({ to: url, crossSite: false, navigation: true });
    for (const headers of [{}, { origin: "null" }] as Record<string, string>[]) {
      const type = { "content-type": "application/x-www-form-urlencoded" };
      const request = new Request(url, {
        method: "POST",
        headers: { cookie, ...type, ...headers },
        body: "action=allow",
      });
      expect((await via(request)).status).toBe(403);
    }
  });
});
