/** Other sites, other people and other workspaces at a person's own page. */
import { beforeAll, describe, expect, it } from "vitest";
import { exports } from "cloudflare:workers";
import { PORTAL } from "../../src/config/portal.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { told } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool", { config: { enable_stateful_ctx: true } });
  app = await world.client("app");
});

async function signedIn(person: string) {
  const browser = new Browser(person);
  const tokens = await app.signIn(browser, { scope: "openid offline_access" });
  await browser.open(`${world.issuer}/me`);
  const [, session = ""] = /sessions\/([\w-]+)\/end/.exec(browser.page.html) ?? [];
  return { browser, tokens, session };
}

const FORMS = ["clients/app/revoke", "sessions/{session}/end", "sessions/end", "erase"];

describe.each(FORMS)("the form %s", (form) => {
  it.each(["https://evil.example", "null", undefined])("sent from %s does nothing", async (origin) => {
    const { browser, tokens, session } = await signedIn("ada");
    const url = new URL(`${world.issuer}/me/${form.replace("{session}", session)}`);
    // With the cookie, as a browser without SameSite would send it.
    const headers = new Headers({
      cookie: browser.jar.header({ to: url, crossSite: false, navigation: true }),
      "content-type": "application/x-www-form-urlencoded",
      ...(origin !== undefined && { origin }),
    });
    const request = new Request(url, { method: "POST", headers, body: "action=erase", redirect: "manual" });
    const answer = await exports.default.fetch(request);
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("cross_site")]);
    expect(await app.introspect(tokens.access_token)).toMatchObject({ active: true });
    await browser.open(`${world.issuer}/me`);
    expect(browser.title).toBe("Hello, Ada Lovelace");
  });

  it("does nothing by GET, whoever sends the browser", async () => {
    const { browser, tokens, session } = await signedIn("ada");
    await browser.open(`${world.issuer}/me/${form.replace("{session}", session)}`, {
      from: "https://evil.example",
    });
    expect(await app.introspect(tokens.access_token)).toMatchObject({ active: true });
    await browser.open(`${world.issuer}/me`);
    expect(browser.title).toBe("Hello, Ada Lovelace");
  });
});

describe("no form of a page for people is taken from another site, whoever is signed in:", () => {
  it.each([
    "consent/handle",
    "sign-out",
    ...FORMS.map((form) => `me/${form}`),
    "me/identities/pool/add",
    "me/identities/pool/remove",
    "me/link/handle",
    "demo",
  ])("%s", async (form) => {
    const headers = { origin: "https://evil.example", "content-type": "application/x-www-form-urlencoded" };
    const request = new Request(`${world.issuer}/${form}`, { method: "POST", headers, body: "action=yes" });
    const answer = await exports.default.fetch(request);
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("cross_site")]);
  });
});

it("another person's session is not ended, whatever its id", async () => {
  const [ada, mallory] = [await signedIn("ada"), await signedIn("mallory")];
  const origin = new URL(world.issuer).origin;
  const body = new URLSearchParams({ action: "end" });
  await mallory.browser.open(`${world.issuer}/me/sessions/${ada.session}/end`, {
    method: "POST",
    body,
    from: origin,
  });
  await ada.browser.open(`${world.issuer}/me`);
  expect(ada.browser.title).toBe("Hello, Ada Lovelace");
});

it("a session of one workspace is nobody at the page of another", async () => {
  const other = await makeWorld();
  const { browser } = await signedIn("ada");
  const value = browser.jar.value(`__Host-${world.id}-s`)!;
  browser.jar.set(`__Host-${other.id}-s`, value);
  await browser.open(`${other.issuer}/me`);
  expect(browser.title).toBe("Welcome to Test");
});

it("what a browser or an app calls itself is text", async () => {
  const evil = '<img src="x" onerror="alert(1)">';
  const client = await world.client("evil", { client_name: evil });
  const browser = new Browser("ada", (request) => {
    const named = new Request(request);
    named.headers.set("user-agent", `${evil} Firefox/1`);
    return exports.default.fetch(named);
  });
  browser.person.claims = { name: evil };
  await client.signIn(browser);
  await browser.open(`${world.issuer}/me`);
  expect(browser.page.html).not.toContain("<img");
  expect(browser.page.html).toContain("Firefox");
});

describe("the client of the page itself", () => {
  it("has no code or token to give: nobody can be it at the token endpoint", async () => {
    const tries: Record<string, string>[] = [
      { client_id: PORTAL },
      { client_id: PORTAL, client_secret: "x" },
      {
        client_id: PORTAL,
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion:
          `${btoa('{"alg":"EdDSA"}')}.${btoa(`{"iss":"${PORTAL}","sub":"${PORTAL}"}`)}.AA`.replaceAll(
            "=",
            "",
          ),
      },
    ];
    for (const credentials of tries) {
      const body = new URLSearchParams({
        grant_type: "authorization_code",
        code: "c",
        redirect_uri: "x",
        ...credentials,
      });
      const answer = await exports.default.fetch(
        new Request(`${world.issuer}/oauth2/token`, { method: "POST", body }),
      );
      expect([answer.status, await answer.json()]).toMatchObject([401, { error: "invalid_client" }]);
    }
  });

  it("answers to its own page only, however it is asked", async () => {
    const url = new URL(`${world.issuer}/oauth2/authorize`);
    const params = {
      response_type: "code",
      client_id: PORTAL,
      redirect_uri: `${world.issuer}/me`,
      scope: "openid",
    };
    const variants: Record<string, string>[] = [
      {},
      { response_mode: "form_post" },
      { prompt: "consent" },
      { state: "s" },
    ];
    for (const changed of variants) {
      url.search = new URLSearchParams({ ...params, ...changed }).toString();
      const page = await new Browser("ada").open(url);
      expect(page.url.href).toBe(`${world.issuer}/me`);
      expect(told(page)).toEqual({});
    }
    url.search = new URLSearchParams({ ...params, redirect_uri: "https://evil.example/me" }).toString();
    const page = await new Browser("ada").open(url);
    expect(page.status).toBe(400);
  });
});
