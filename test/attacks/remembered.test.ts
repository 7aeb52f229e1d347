/** The remembered choice: whose it is, who may wish it, and where it can lead. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { DAY, pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { makeWorld, type World } from "../world.ts";

const { via, calls } = counting();
let world: World;
let app: RelyingParty;
let ada: Browser;
const cookie = () => `__Host-${world.id}-remembered`;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("staff");
  await world.connection("customers");
  app = await world.client("app", { via });
});
beforeEach(() => void (ada = new Browser("ada", via)));

/** Signs in and asks the browser to remember it. */
async function remember(browser: Browser, client = app) {
  const begun = await client.begin();
  await browser.open(begun.url);
  await browser.click("remember");
  await client.finish(await browser.click("connection-staff"), begun);
}

describe("a person who asked for it", () => {
  beforeEach(() => remember(ada));

  it("is welcomed by name, and goes on in one click", async () => {
    const begun = await app.begin();
    await ada.open(begun.url);
    expect(ada.title).toBe("Welcome back, Ada Lovelace");
    const { token_type } = await app.finish(await ada.click("continue"), begun);
    expect(token_type).toBe("bearer");
    expect(ada.jar.value(cookie())).toBeTruthy();
  });

  it("is remembered from the page that asks for consent on, and from their own page", async () => {
    const asks = await world.client("asks", { via, trusted: false });
    const [bob, zoe] = [new Browser("bob", via), new Browser("zoe", via)];
    await bob.open((await asks.begin({ scope: "openid email" })).url);
    await zoe.open(`${world.issuer}/me`);
    await zoe.click("sign-in");
    for (const browser of [bob, zoe]) {
      await browser.click("remember");
      await browser.click("connection-staff");
      expect(browser.jar.value(cookie())).toBeTruthy();
    }
    expect(bob.page.url.pathname).toMatch(/\/consent\//);
    expect(zoe.page.url.href).toBe(`${world.issuer}/me`);
  });

  it("may use another account, and is remembered still", async () => {
    await ada.open((await app.begin()).url);
    await ada.click("another");
    expect(ada.title).toBe("Choose how to sign in");
    await ada.open((await app.begin()).url);
    expect(ada.title).toBe("Welcome back, Ada Lovelace");
  });

  it("may have it forgotten", async () => {
    await ada.open((await app.begin()).url);
    await ada.click("forget");
    expect([ada.title, ada.jar.value(cookie())]).toEqual(["Choose how to sign in", undefined]);
  });

  it.each<Record<string, string>>([{ prompt: "select_account" }, { login_hint: "eve@example.com" }])(
    "sees the chooser where the app asks for somebody else: %j",
    async (asked) => {
      await ada.open((await app.begin(asked)).url);
      expect(ada.title).toBe("Choose how to sign in");
    },
  );

  it("costs no call of any object, and no write", async () => {
    calls.splice(0);
    await ada.open((await app.begin()).url);
    expect(calls).toEqual([]);
  });

  it("is not led to a connection that was switched off", async () => {
    await world.connection("third");
    await world.patch("connections/staff", { disabled: true });
    await ada.open((await app.begin()).url);
    expect(ada.title).toBe("Choose how to sign in");
    await world.patch("connections/staff", { disabled: false });
  });

  it("is nobody in another workspace, under either name", async () => {
    const other = await makeWorld();
    await other.connection("staff");
    await other.connection("customers");
    ada.jar.set(`__Host-${other.id}-remembered`, ada.jar.value(cookie())!);
    await ada.open((await (await other.client("app", { via })).begin()).url);
    expect(ada.title).toBe("Choose how to sign in");
  });

  it("every way on is this request at our own endpoint", async () => {
    const { url, state } = await app.begin();
    await ada.open(url);
    for (const id of ["continue", "another", "forget"]) {
      const to = new URL(ada.links.get(id)!);
      expect([to.origin + to.pathname, to.searchParams.get("state")]).toEqual([
        `${world.issuer}/oauth2/authorize`,
        state,
      ]);
      for (const name of ["client_id", "redirect_uri", "nonce", "code_challenge"])
        expect(to.searchParams.get(name)).toBe(url.searchParams.get(name));
    }
  });
});

it.each(["x", "k.0.AAAA", "https://evil.example/", '{"connection":"staff","name":"<b>Eve"}'])(
  "what somebody wrote into the cookie opens nothing: %s",
  async (value) => {
    ada.jar.set(cookie(), value);
    await ada.open((await app.begin()).url);
    expect(ada.title).toBe("Choose how to sign in");
  },
);

it("nobody who did not ask for it is remembered", async () => {
  await app.signIn(ada, { idp_hint: "staff" });
  expect(ada.jar.value(cookie())).toBeUndefined();
});

it("an app cannot wish it for a person, neither at once nor by the links of the chooser", async () => {
  const begun = await app.begin({ remember: "true" });
  await ada.open(begun.url, { from: "https://app.example.com" });
  expect(ada.page.html).not.toContain("remember=true&amp;idp_hint");
  await app.finish(await ada.click("connection-staff"), begun);
  const direct = await app.begin({ remember: "true", idp_hint: "staff" });
  await app.finish(await ada.open(direct.url, { from: "https://app.example.com" }), direct);
  expect(ada.jar.value(cookie())).toBeUndefined();
});

it("an app cannot have a person forgotten", async () => {
  await remember(ada);
  await ada.open((await app.begin({ remember: "false" })).url, { from: "https://app.example.com" });
  expect(ada.title).toBe("Welcome back, Ada Lovelace");
});

it("a wish may be taken back before the choice", async () => {
  const begun = await app.begin();
  await ada.open(begun.url);
  await ada.click("remember");
  expect(ada.page.html).toContain("Your choice will be remembered in this browser.");
  await ada.click("remember");
  await app.finish(await ada.click("connection-staff"), begun);
  expect(ada.jar.value(cookie())).toBeUndefined();
});

it("what was remembered is forgotten after 90 days", async () => {
  await remember(ada);
  const kept = ada.jar.value(cookie())!;
  const here = async () => {
    ada.jar.set(cookie(), kept);
    await ada.open((await app.begin()).url);
    return ada.title;
  };
  pass(90 * DAY - 60);
  expect(await here()).toBe("Welcome back, Ada Lovelace");
  pass(61);
  expect(await here()).toBe("Choose how to sign in");
});
