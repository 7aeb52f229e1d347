/** What is done twice, at the wrong moment, by the wrong person or in words that are none, where a person decides something. */
import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { told } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

const BYE = "https://app.example.com/bye";
const scope = "openid email";
let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool", { config: { enable_stateful_ctx: true } });
  app = await world.client("app", { trusted: false, post_logout_redirect_uris: [BYE] });
});

const session = () => `__Host-${world.id}-s`;
const post = (browser: Browser, url: string | URL, fields: Record<string, string>) =>
  browser.open(url, {
    method: "POST",
    body: new URLSearchParams(fields),
    from: new URL(world.issuer).origin,
  });

async function asked(person: string, browser = new Browser(person), params = {}) {
  browser.person.name = person;
  const begun = await app.begin({ scope, ...params });
  await browser.open(begun.url);
  expect(browser.title).toBe("Client app asks for access");
  return { browser, begun, url: browser.page.url };
}

describe("consent to another person's pending request", () => {
  it("is not given by whoever signs in at the same browser next, nor do they see what it shows", async () => {
    const { browser, url } = await asked("ada");
    await asked("zoe", browser, { prompt: "login" });
    const zoe = browser.jar.value(session());
    await browser.open(url);
    expect([browser.page.status, browser.facts["Code"]]).toEqual([400, "expired"]);
    expect(browser.page.html).not.toContain("ada@example.com");
    expect(told(await post(browser, url, { action: "allow", scopes: "email" }))).toMatchObject({
      error: "access_denied",
      error_description: "the session of this consent page is not this browser's any more",
    });
    expect(browser.jar.value(session())).toBe(zoe);
  });

  it("is not shown after a sign-out, by the back button of whoever comes next", async () => {
    const { browser, url } = await asked("leaves");
    await browser.open(`${world.issuer}/oidc/logout`);
    await browser.submit("sign-out");
    const { html, status } = await browser.open(url);
    expect([status, browser.facts["Code"]]).toEqual([400, "expired"]);
    expect(html).not.toContain("leaves@example.com");
  });
});

describe("two tabs", () => {
  it("each with a consent page of its own give each app what was chosen there, whichever is answered first", async () => {
    const one = await asked("tabs");
    const other = await asked("tabs", one.browser, { scope: "openid profile" });
    for (const [{ url, begun }, given] of [
      [other, "profile"],
      [one, "email"],
    ] as const) {
      const page = await post(one.browser, url, { action: "allow", scopes: given });
      expect((await app.finish(page, begun)).scope).toBe(`openid ${given}`);
    }
  });
});

describe("the back button", () => {
  it("leads to a consent page that was answered: it says so, and shows nothing any more", async () => {
    const { browser, url } = await asked("back");
    await browser.submit("allow");
    const { html, status } = await browser.open(url);
    expect([status, browser.title]).toEqual([400, "This sign-in is over"]);
    expect(html).not.toContain("back@example.com");
  });

  it("leads to pages that no browser keeps", async () => {
    const { browser, begun } = await asked("keeps");
    expect(browser.page.headers.get("cache-control")).toBe("no-store");
    await app.finish(await browser.submit("allow"), begun);
    for (const path of ["me", "me/erase", "me/export", "oidc/logout"])
      expect((await browser.open(`${world.issuer}/${path}`)).headers.get("cache-control")).toBe("no-store");
  });
});

describe("a form that is sent twice", () => {
  it.each([
    ["revokes once, and again comes to nothing", "me/clients/app/revoke", [303, 303]],
    ["ends a session once, and again comes to nothing", "me/sessions/unknown/end", [303, 303]],
    ["ends all sessions once; then nobody is signed in", "me/sessions/end", [303, 403]],
    ["erases once; then nobody is signed in", "me/erase", [200, 403]],
    ["signs out once, and again says so", "sign-out", [200, 200]],
  ])("%s", async (_, path, statuses) => {
    const { browser, begun } = await asked(`twice-${path.replaceAll("/", "-")}`);
    await app.finish(await browser.submit("allow"), begun);
    const headers = {
      cookie: browser.jar.header({ to: begun.url, crossSite: false, navigation: true }),
      origin: new URL(world.issuer).origin,
      "content-type": "application/x-www-form-urlencoded",
    };
    const seen: number[] = [];
    for (const _ of statuses) {
      const request = new Request(`${world.issuer}/${path}`, {
        method: "POST",
        headers,
        body: "action=sign-out",
        redirect: "manual",
      });
      seen.push((await exports.default.fetch(request)).status);
    }
    expect(seen).toEqual(statuses);
  });
});

describe("a button that no page of ours has", () => {
  it("agrees to nothing", async () => {
    const { browser } = await asked("no-button");
    for (const action of ["", "ALLOW", "allow ", "yes"]) {
      const { url } = await asked("no-button", browser);
      expect(told(await post(browser, url, { action, scopes: "email" }))).toMatchObject({
        error: "access_denied",
        error_description: "the person did not agree",
      });
    }
  });

  it("signs nobody out", async () => {
    const { browser } = await asked("stays");
    for (const action of ["", "SIGN-OUT", "stay", "yes"]) {
      const { url } = await post(browser, `${world.issuer}/sign-out`, { action, client_id: "app" });
      expect([url.href, browser.title]).toEqual([`${world.issuer}/me`, "Hello, stays"]);
    }
  });
});

describe("open redirect by sign-out", () => {
  const leave = (browser: Browser, params: Record<string, string>) =>
    browser.open(`${world.issuer}/oidc/logout?${new URLSearchParams(params).toString()}`);

  it("the ID token of another issuer is no hint, though its client is called the same and has the address", async () => {
    const other = await makeWorld();
    await other.connection("pool");
    const theirs = await other.client("app", { post_logout_redirect_uris: [BYE] });
    const browser = new Browser("ada");
    const { id_token = "" } = await theirs.signIn(browser);
    const page = await leave(browser, { id_token_hint: id_token, post_logout_redirect_uri: BYE });
    expect([page.status, page.url.origin]).toEqual([400, new URL(world.issuer).origin]);
    expect(browser.facts["Reason"]).toBe("id_token_hint is not ours");
  });

  it.each([
    `${BYE}?next=https://evil.example`,
    `${BYE}#x`,
    "https://app.example.com.evil.example/bye",
    "https://app.example.com@evil.example/bye",
    "//evil.example/bye",
    "javascript:alert(1)",
    `${BYE}\r\nLocation: https://evil.example`,
  ])("%j is not the address that the app registered", async (post_logout_redirect_uri) => {
    const browser = new Browser("ada");
    const page = await leave(browser, { client_id: "app", post_logout_redirect_uri });
    expect([page.status, page.url.origin]).toEqual([400, new URL(world.issuer).origin]);
  });

  it("a state cannot change where the browser goes", async () => {
    const state = "&post_logout_redirect_uri=https://evil.example\r\nx: y#";
    const page = await leave(new Browser("ada"), {
      client_id: "app",
      post_logout_redirect_uri: BYE,
      state,
    });
    expect([page.url.origin + page.url.pathname, told(page)]).toEqual([BYE, { state }]);
  });
});

describe("language injection", () => {
  const HOSTILE = `"><script>alert(1)</script>`;

  it.each([
    HOSTILE,
    `de-${HOSTILE}`,
    "../../../etc/passwd",
    "__proto__",
    "constructor",
    "de;q=1e999",
    "de,".repeat(5_000),
  ])("a header of %j chooses one of our languages, and nothing of it is in the page", async (languages) => {
    const headers = { "accept-language": languages.slice(0, 16_000) };
    const page = await exports.default.fetch(new Request(`${world.issuer}/me`, { headers }));
    expect(["en", "de"]).toContain(page.headers.get("content-language"));
    const html = await page.text();
    expect(html).toMatch(/^<!doctype html><html lang="(en|de)" dir="ltr"/);
    expect(html).not.toContain("alert(1)");
  });

  it.each([HOSTILE, "__proto__", "x".repeat(5_000)])(
    "ui_locales of %j choose none, and travel on as text only",
    async (ui_locales) => {
      const { browser } = await asked("speaks");
      const query = new URLSearchParams({ ui_locales });
      const { html } = await browser.open(`${world.issuer}/oidc/logout?${query.toString()}`);
      expect(html).toContain('<html lang="en"');
      expect(html).not.toContain("<script");
    },
  );
});
