/** OpenID Connect RP-Initiated Logout 1.0. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { DAY, pass } from "../clock.ts";
import { told } from "../raw.ts";
import { refused } from "../refused.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
const BYE = "https://app.example.com/bye";

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool", { config: { enable_stateful_ctx: true } });
  app = await world.client("app", { post_logout_redirect_uris: [BYE], client_name: "Photo Book" });
});

function logoutUrl(params: Record<string, string>): URL {
  const url = new URL(`${world.issuer}/oidc/logout`);
  url.search = new URLSearchParams(params).toString();
  return url;
}

async function signedIn(scope = "openid") {
  const browser = new Browser("ada");
  const tokens = await app.signIn(browser, { scope });
  return { browser, hint: tokens.id_token!, ...tokens };
}

const isSignedIn = async (browser: Browser) => {
  const { url } = await app.begin({ prompt: "none" });
  return "code" in told(await browser.open(url));
};

it("signs out at once with the ID token of this very session, and goes where the client registered, with state", async () => {
  const { browser, hint } = await signedIn();
  const url = logoutUrl({ id_token_hint: hint, post_logout_redirect_uri: BYE, state: "s 1" });
  const page = await browser.open(url, { from: "https://app.example.com" });
  expect(page.url.origin + page.url.pathname).toBe(BYE);
  expect(told(page)).toEqual({ state: "s 1" });
  expect(browser.jar.names()).toEqual([]);
  expect(await isSignedIn(browser)).toBe(false);
});

it("ends the session itself, not only the cookie", async () => {
  const { browser, hint } = await signedIn();
  const name = `__Host-${world.id}-s`;
  const kept = browser.jar.value(name)!;
  await browser.open(logoutUrl({ id_token_hint: hint }));
  expect(browser.title).toBe("You are signed out");
  browser.jar.set(name, kept);
  expect(await isSignedIn(browser)).toBe(false);
});

it("ends the grants that last no longer than the session, and leaves offline access", async () => {
  const { browser, hint, access_token } = await signedIn();
  const offline = await app.signIn(browser, { scope: "openid offline_access" });
  await browser.open(logoutUrl({ id_token_hint: hint }));
  expect(await refused(app.userinfo(access_token))).toMatchObject({ status: 401, error: "invalid_token" });
  expect((await app.refresh(offline.refresh_token!)).access_token).toBeDefined();
});

it("leaves the sessions of other browsers, and what was granted in them", async () => {
  const [here, there] = [new Browser("ada"), new Browser("ada")];
  const { id_token } = await app.signIn(here);
  const { access_token } = await app.signIn(there);
  await here.open(`${world.issuer}/oidc/logout?id_token_hint=${id_token}`);
  expect(here.title).toBe("You are signed out");
  expect((await app.userinfo(access_token)).sub).toBeDefined();
});

it("asks first when there is no hint (RP-Initiated Logout §2)", async () => {
  const { browser } = await signedIn();
  await browser.open(logoutUrl({}));
  expect(browser.title).toBe("Sign out of Test?");
  expect(await isSignedIn(browser)).toBe(true);
  await browser.open(logoutUrl({}));
  await browser.submit("sign-out");
  expect(browser.title).toBe("You are signed out");
  expect(await isSignedIn(browser)).toBe(false);
});

it("asks first when the hint is of another session, and names the client", async () => {
  const [one, other] = [await signedIn(), await signedIn()];
  await one.browser.open(logoutUrl({ id_token_hint: other.hint, post_logout_redirect_uri: BYE }));
  expect(one.browser.page.html).toContain("Photo Book");
  const page = await one.browser.submit("sign-out");
  expect(page.url.href).toBe(BYE);
  expect(await isSignedIn(other.browser)).toBe(true);
});

it("a person may stay", async () => {
  const { browser } = await signedIn();
  await browser.open(logoutUrl({ client_id: "app", post_logout_redirect_uri: BYE }));
  const page = await browser.submit("stay");
  expect(page.url.href).toBe(`${world.issuer}/me`);
  expect(await isSignedIn(browser)).toBe(true);
});

it("an expired ID token is a good hint (RP-Initiated Logout §4)", async () => {
  const { browser, hint } = await signedIn();
  pass(3_700);
  await browser.open(logoutUrl({ id_token_hint: hint }));
  expect(browser.title).toBe("You are signed out");
});

it("so is one whose key is not published any more", async () => {
  const { hint } = await signedIn();
  for (const days of [89.5, 3]) {
    pass(days * DAY);
    await runDurableObjectAlarm(env.WORKSPACE.getByName(world.id));
  }
  const page = await new Browser("ada").open(
    logoutUrl({ id_token_hint: hint, post_logout_redirect_uri: BYE }),
  );
  expect(page.url.href).toBe(BYE);
});

it("by POST it works the same (RP-Initiated Logout §2)", async () => {
  const { browser, hint } = await signedIn();
  const body = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: BYE });
  const page = await browser.open(`${world.issuer}/oidc/logout`, {
    method: "POST",
    body,
    from: "https://app.example.com",
  });
  expect(page.url.href).toBe(BYE);
  expect(await isSignedIn(browser)).toBe(false);
});

it.each<[string, Record<string, string>, string]>([
  [
    "an address that is not registered",
    { client_id: "app", post_logout_redirect_uri: `${BYE}/` },
    "post_logout_redirect_uri is not registered for this client",
  ],
  [
    "a redirect URI in place of it",
    { client_id: "app", post_logout_redirect_uri: "https://app.example.com/cb" },
    "post_logout_redirect_uri is not registered for this client",
  ],
  [
    "an address without a client",
    { post_logout_redirect_uri: BYE },
    "post_logout_redirect_uri is not registered for this client",
  ],
  [
    "an address of an unknown client",
    { client_id: "nobody", post_logout_redirect_uri: BYE },
    "post_logout_redirect_uri is not registered for this client",
  ],
  ["a hint that is not ours", { id_token_hint: "a.b.c" }, "id_token_hint is not ours"],
])("%s is a page, never a redirect", async (_, params, reason) => {
  const { browser } = await signedIn();
  const page = await browser.open(logoutUrl(params));
  expect([page.status, page.url.pathname]).toEqual([400, `/${world.id}/oidc/logout`]);
  expect(browser.facts).toMatchObject({ Reason: reason });
  expect(await isSignedIn(browser)).toBe(true);
});

it("who cannot be signed out as an app asked is led to where they do it themselves (RP-Initiated Logout §4)", async () => {
  const { browser } = await signedIn();
  await browser.open(logoutUrl({ post_logout_redirect_uri: BYE }));
  await browser.click("home");
  await browser.submit("sign-out");
  expect(browser.title).toBe("You are signed out");
  expect(await isSignedIn(browser)).toBe(false);
});

it("a hint of one client does not speak for another", async () => {
  const { browser, hint } = await signedIn();
  await world.client("other", { post_logout_redirect_uris: [BYE] });
  await browser.open(logoutUrl({ id_token_hint: hint, client_id: "other", post_logout_redirect_uri: BYE }));
  expect(browser.facts).toMatchObject({ Reason: "client_id is not the hint's" });
  expect(await isSignedIn(browser)).toBe(true);
});

it("an access token is no hint", async () => {
  const { browser, access_token } = await signedIn();
  await browser.open(logoutUrl({ id_token_hint: access_token }));
  expect(browser.facts).toMatchObject({ Reason: "id_token_hint is not ours" });
});

it("a form on another site signs nobody out: no Lax cookie comes with it, and none is taken away", async () => {
  const { browser } = await signedIn();
  await browser.open(`${world.issuer}/oidc/logout`, {
    method: "POST",
    body: new URLSearchParams(),
    from: "https://evil.example",
  });
  expect(await isSignedIn(browser)).toBe(true);
});

it("the answer on our page cannot be given from another site", async () => {
  const { browser } = await signedIn();
  const body = new URLSearchParams({ action: "sign-out" });
  const page = await browser.open(`${world.issuer}/sign-out`, {
    method: "POST",
    body,
    from: "https://evil.example",
  });
  expect([page.status, browser.facts["Code"]]).toEqual([403, "cross_site"]);
  expect(await isSignedIn(browser)).toBe(true);
});

it("who is not signed in is told so", async () => {
  const browser = new Browser("ada");
  const page = await browser.open(logoutUrl({}));
  expect([page.status, browser.title]).toEqual([200, "You are signed out"]);
});

it("a request by POST that would make a very long URL is refused with a page", async () => {
  const body = new URLSearchParams({ state: "s".repeat(9_000) });
  const browser = new Browser("ada");
  const page = await browser.open(`${world.issuer}/oidc/logout`, { method: "POST", body });
  expect([page.status, browser.facts["Code"]]).toEqual([400, "too_large"]);
  expect(browser.facts["Reason"]).toMatch(/^the request has \d+ characters and 8000 fit$/);
});

it("the page that asks passes on what it understands, and nothing else", async () => {
  const { browser } = await signedIn();
  await browser.open(logoutUrl({ client_id: "app", state: "s", action: "x", unknown: "y" }));
  const names = browser.form.fields.map(([name]) => name);
  expect(names.toSorted()).toEqual(["client_id", "state"]);
});

it("an address that was registered with a query keeps it", async () => {
  await world.client("query", { post_logout_redirect_uris: [`${BYE}?from=us`] });
  const params = { client_id: "query", post_logout_redirect_uri: `${BYE}?from=us`, state: "s 1" };
  const page = await new Browser("ada").open(logoutUrl(params));
  expect(page.url.href).toBe(`${BYE}?from=us&state=s+1`);
});

it("a code for offline access that was on its way is good after the sign-out, and joins no session", async () => {
  const browser = new Browser("ada");
  const { id_token } = await app.signIn(browser);
  const begun = await app.begin({ scope: "openid offline_access" });
  const page = await browser.open(begun.url);
  await browser.open(logoutUrl({ id_token_hint: id_token! }));
  expect((await app.finish(page, begun)).refresh_token).toBeDefined();
});
