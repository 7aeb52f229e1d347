/** A person decides what an app may see. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { subjectObject } from "../../src/store/shards.ts";
import { api } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { HOUR, now, pass } from "../clock.ts";
import { told } from "../raw.ts";
import { refused } from "../refused.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
const scope = "openid profile email offline_access";

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app", {
    trusted: false,
    client_name: "Photo Book",
    policy_uri: "https://app.example.com/policy",
    redirect_uris: ["https://app.example.com/cb", "https://other.example.net/cb"],
  });
});

async function open(person: string, params: Record<string, string> = {}) {
  const browser = new Browser(person);
  const begun = await app.begin({ scope, ...params });
  await browser.open(begun.url);
  return { browser, begun };
}

it("says who asks, who is signed in, where the browser goes, and each scope in people's words", async () => {
  const { browser } = await open("shown");
  expect(browser.title).toBe("Photo Book asks for access");
  expect(browser.page.html).toContain("app.example.com");
  expect(browser.page.html.replaceAll(/<[^>]+>/g, "")).toContain("Signed in as shown");
  expect(browser.page.html).toContain("Your e-mail address");
  expect(browser.form.boxes.toSorted()).toEqual(["email", "offline_access", "profile"]);
  expect(browser.links.get("policy")).toBe("https://app.example.com/policy");
  expect(browser.page.headers.get("cache-control")).toBe("no-store");
  expect(browser.page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
});

it("gives what was allowed, and remembers it", async () => {
  const { browser, begun } = await open("allows");
  const tokens = await app.finish(await browser.submit("allow"), begun);
  expect(tokens.scope).toBe(scope);
  expect(tokens.refresh_token).toBeDefined();
  expect((await app.signIn(browser, { scope: "openid email" })).scope).toBe("openid email");
  expect((await app.signIn(new Browser("allows"), { scope })).scope).toBe(scope);
});

it("honours a partial choice: no scope, claim or refresh token that was left out", async () => {
  const { browser, begun } = await open("picks");
  const tokens = await app.finish(await browser.submit("allow", { scopes: ["email"] }), begun);
  expect(tokens.scope).toBe("openid email");
  expect(tokens.refresh_token).toBeUndefined();
  expect(decodeJwt(tokens.id_token!)).toMatchObject({ email: "picks@example.com" });
  expect(decodeJwt(tokens.id_token!)).not.toHaveProperty("name");
  expect(await app.userinfo(tokens.access_token)).not.toHaveProperty("name");
});

it("asks again only for what was not granted before", async () => {
  const { browser, begun } = await open("grows", { scope: "openid email" });
  await app.finish(await browser.submit("allow"), begun);
  const more = await app.begin({ scope: "openid email profile" });
  await browser.open(more.url);
  expect(browser.form.boxes).toEqual(["profile"]);
  const tokens = await app.finish(await browser.submit("allow"), more);
  expect(tokens.scope).toBe("openid email profile");
});

it("does not give scopes that were not asked for, whatever the form says", async () => {
  const { browser, begun } = await open("widens", { scope: "openid email" });
  const tokens = await app.finish(
    await browser.submit("allow", { scopes: ["email", "profile", "phone"] }),
    begun,
  );
  expect(tokens.scope).toBe("openid email");
});

it("a person who says no is not signed in, and is asked again next time", async () => {
  const { browser, begun } = await open("denies");
  expect(told(await browser.submit("deny"))).toEqual({
    error: "access_denied",
    error_description: "the person did not agree",
    state: begun.state,
    iss: world.issuer,
  });
  await browser.open((await app.begin({ scope })).url);
  expect(browser.title).toBe("Photo Book asks for access");
});

it("prompt=consent asks for everything again, of trusted clients too (OpenID Connect Core §3.1.2.1)", async () => {
  const trusted = await world.client("trusted", { client_name: "Trusted" });
  const browser = new Browser("again");
  await trusted.signIn(browser, { scope: "openid email" });
  const begun = await trusted.begin({ scope: "openid email", prompt: "consent" });
  await browser.open(begun.url);
  expect(browser.form.boxes).toEqual(["email"]);
  const tokens = await trusted.finish(await browser.submit("allow", { scopes: [] }), begun);
  expect(tokens.scope).toBe("openid");
});

it("a scope taken out at prompt=consent is not remembered any more", async () => {
  const { browser, begun } = await open("withdraws", { scope: "openid email" });
  await app.finish(await browser.submit("allow"), begun);
  const less = await app.begin({ scope: "openid email", prompt: "consent" });
  await browser.open(less.url);
  await browser.submit("allow", { scopes: [] });
  await browser.open((await app.begin({ scope: "openid email" })).url);
  expect(browser.form.boxes).toEqual(["email"]);
});

it("scopes that are never asked are not shown, and transient ones are asked every time", async () => {
  await world.put("scopes/free", { display_name: "Free", implicit_grant: true });
  await world.put("scopes/once", { display_name: "Once", transient: true });
  const client = await world.client("scopes", { trusted: false, scope: "openid free once" });
  const browser = new Browser("scopes");
  for (let round = 0; round < 2; round++) {
    const begun = await client.begin({ scope: "openid free once" });
    await browser.open(begun.url);
    expect(browser.form.boxes).toEqual(["once"]);
    const tokens = await client.finish(await browser.submit("allow"), begun);
    expect(tokens.scope).toBe("openid free once");
  }
});

it("a transient scope is not remembered, whatever becomes of the scope later", async () => {
  await world.put("scopes/fleeting", { transient: true });
  const client = await world.client("fleeting", { trusted: false, scope: "openid fleeting" });
  const browser = new Browser("fleeting");
  const begun = await client.begin({ scope: "openid fleeting" });
  await browser.open(begun.url);
  await client.finish(await browser.submit("allow"), begun);
  await world.patch("scopes/fleeting", { transient: false });
  await browser.open((await client.begin({ scope: "openid fleeting" })).url);
  expect(browser.form.boxes).toEqual(["fleeting"]);
});

describe("what was agreed to", () => {
  const agreed = async (name: string) => {
    await world.put(`scopes/${name}`, { display_name: "Read the weather" });
    const client = await world.client(name, { trusted: false, scope: `openid offline_access ${name}` });
    const browser = new Browser(name);
    const wanted = { scope: `openid offline_access ${name}` };
    const begun = await client.begin(wanted);
    await browser.open(begun.url);
    const tokens = await client.finish(await browser.submit("allow"), begun);
    // The directory, by which operators find the person, is told by the alarm.
    const { sub } = await client.userinfo(tokens.access_token);
    await runDurableObjectAlarm(env.SUBJECT.getByName(subjectObject(world.id, sub)));
    pass(5);
    return { client, browser, tokens, begin: () => client.begin(wanted) };
  };
  const listed = async (client_id: string) => {
    const { body } = await api("GET", `workspaces/${world.id}/consents?client_id=${client_id}`);
    const items = body["items"] as unknown as { scopes: object }[];
    return items.flatMap(({ scopes }) => Object.keys(scopes)).toSorted();
  };
  const isOver = async (
    { client, browser, tokens, begin }: Awaited<ReturnType<typeof agreed>>,
    name: string,
  ) => {
    expect(await refused(client.refresh(tokens.refresh_token!))).toMatchObject({ error: "invalid_grant" });
    expect(await client.introspect(tokens.access_token)).toEqual({ active: false });
    expect(await listed(name)).toEqual(["offline_access", "openid"]);
    const begun = await begin();
    await browser.open(begun.url);
    expect(browser.form.boxes).toEqual([name]);
    const anew = await client.finish(await browser.submit("allow"), begun);
    expect(await client.introspect(anew.access_token)).toMatchObject({ active: true });
    const { scope: remembered } = await client.signIn(browser, { scope: `openid ${name}` });
    expect(remembered).toBe(`openid ${name}`);
  };

  it("ends with not_before of a scope, for this scope only, and is asked anew", async () => {
    const made = await agreed("weather");
    await world.patch("scopes/weather", { not_before: now() });
    await isOver(made, "weather");
  });

  it("does not stand for a scope whose name was deleted and given another meaning", async () => {
    const made = await agreed("missiles");
    await world.patch("clients/missiles", { scope: "openid" });
    await world.remove("scopes/missiles");
    await world.put("scopes/missiles", { display_name: "Launch the missiles" });
    await world.patch("clients/missiles", { scope: "openid offline_access missiles" });
    await isOver(made, "missiles");
  });
});

describe("a dynamic scope", () => {
  beforeAll(async () => {
    await world.put("scopes/accounts.read.*", { display_name: "Read an account" });
    await world.put("scopes/accounts.read.secret", { display_name: "Read the secret account" });
    await world.put("claims/accounts", {
      name: "accounts_owner",
      type: "access_token",
      source_path: "name",
      scopes: ["accounts.read.*"],
    });
  });
  const scoped = (id: string, given: string) =>
    world.client(id, { trusted: false, scope: `openid ${given}` });
  const asks = async (client: RelyingParty, browser: Browser, asked: string) => {
    const begun = await client.begin({ scope: asked });
    await browser.open(begun.url);
    return begun;
  };

  it("is asked, granted and remembered under the name that the request gave it, with the claims of the whole", async () => {
    const client = await scoped("accounts", "accounts.read.*");
    const browser = new Browser("accounts");
    const begun = await asks(client, browser, "openid accounts.read.own");
    expect(browser.form.boxes).toEqual(["accounts.read.own"]);
    expect(browser.page.html).toContain("Read an account (accounts.read.own)");
    const tokens = await client.finish(await browser.submit("allow"), begun);
    expect(tokens.scope).toBe("openid accounts.read.own");
    expect(decodeJwt(tokens.access_token)).toMatchObject({ accounts_owner: "accounts" });
    expect((await client.signIn(browser, { scope: "openid accounts.read.own" })).scope).toBe(tokens.scope);
    await asks(client, browser, "openid accounts.read.own accounts.read.joint");
    expect(browser.form.boxes).toEqual(["accounts.read.joint"]);
  });

  it.each([
    "accounts.read.*",
    "accounts.read.",
    "accounts.read",
    "accounts.read.a*",
    // Another scope, to an API that splits at any white space.
    "accounts.read.a\nadmin",
    "accounts.read.a\tadmin",
    // Words of the app's own on the page that asks, and text that is turned around.
    "accounts.read.a),\u00a0which\u00a0shares\u00a0nothing\u00a0(b",
    "accounts.read.\u202ea",
    'accounts.read."',
    "accounts.read.\\",
    `accounts.read.${"a".repeat(115)}`,
  ])("does not stand for %j", async (name) => {
    const client = await scoped("strict", "accounts.read.*");
    const begun = await client.begin({ scope: name });
    expect(told(await new Browser("strict").open(begun.url))).toMatchObject({
      error: "invalid_scope",
      error_description: "scope names nothing that can be granted here",
    });
  });

  it("does not stand for a scope that has a record of its own", async () => {
    const client = await scoped("wide", "accounts.read.*");
    const begun = await client.begin({ scope: "openid accounts.read.secret" });
    expect(told(await new Browser("wide").open(begun.url))).toMatchObject({
      error: "invalid_scope",
      error_description: "scope names something that this client may not ask for",
    });
  });

  it("that is never asked does not make one free that has a record of its own", async () => {
    await world.put("scopes/files.*", { implicit_grant: true });
    await world.put("scopes/files.private", {});
    const client = await scoped("files", "files.* files.private");
    const browser = new Browser("files");
    await asks(client, browser, "openid files.public files.private");
    expect(browser.form.boxes).toEqual(["files.private"]);
  });

  it("may be given to a client in part", async () => {
    const client = await scoped("narrow", "accounts.read.own");
    await asks(client, new Browser("narrow"), "openid accounts.read.own");
    const begun = await client.begin({ scope: "openid accounts.read.joint" });
    expect(told(await new Browser("narrow").open(begun.url))).toMatchObject({ error: "invalid_scope" });
  });
});

describe("the page shows the very values", () => {
  const shown = (browser: Browser) => browser.facts;

  it("of each scope that is asked, and none of the others", async () => {
    const { browser } = await open("values", { scope: "openid email" });
    expect(shown(browser)).toEqual({ "E-mail": "values@example.com", "E-mail confirmed": "Yes" });
    const { browser: zoe } = await open("zoe", { scope: "openid email" });
    expect(shown(zoe)["E-mail confirmed"]).toBe("No");
  });

  it("cut at 80 characters, as text", async () => {
    const browser = new Browser("long");
    browser.person.claims = { name: `<b>${"😀".repeat(100)}` };
    await browser.open((await app.begin({ scope: "openid profile" })).url);
    expect(shown(browser)["Name"]).toBe(`<b>${"😀".repeat(77)}…`);
  });

  it("of claims that every app gets in a group of their own", async () => {
    const other = await makeWorld();
    await other.connection("pool");
    await other.put("claims/department", { name: "department", type: "access_token", source_path: "name" });
    const client = await other.client("app", { trusted: false });
    const browser = new Browser("always");
    await browser.open((await client.begin({ scope: "openid email" })).url);
    const [before, after] = browser.page.html.split("Always shared");
    expect(before).not.toContain("department");
    expect(after).toContain("department");
  });

  it("also where they do not fit the cookie that the sign-in waits in", async () => {
    const other = await makeWorld();
    await other.connection("pool");
    const client = await other.client("app", { trusted: false });
    const browser = new Browser("many");
    const long = "名".repeat(80);
    browser.person.claims = {
      name: "Many",
      given_name: long,
      family_name: long,
      nickname: long,
      gender: long,
    };
    const state = "s".repeat(1_700);
    const begun = { ...(await client.begin({ scope: "openid email profile", state })), state };
    await browser.open(begun.url);
    expect(shown(browser)).toMatchObject({ Name: "Many", Gender: long, "E-mail": "many@example.com" });
    const tokens = await client.finish(await browser.submit("allow"), begun);
    expect(tokens.scope).toBe("openid email profile");
  });
});

it("one client's consent is not another's", async () => {
  const { browser, begun } = await open("separate", { scope: "openid email" });
  await app.finish(await browser.submit("allow"), begun);
  const other = await world.client("other-app", { trusted: false, client_name: "Other" });
  await browser.open((await other.begin({ scope: "openid email" })).url);
  expect(browser.title).toBe("Other asks for access");
});

it("an answer counts once: the page's form sent again is refused", async () => {
  const { browser } = await open("twice", { scope: "openid email" });
  const url = browser.page.url;
  const cookie = browser.jar.names().find((name) => name.includes("-p-"))!;
  const value = browser.jar.value(cookie)!;
  await browser.submit("allow");
  browser.jar.set(cookie, value);
  const body = new URLSearchParams({ action: "allow", scopes: "email" });
  await browser.open(url, { method: "POST", body, from: url.origin });
  expect(told(browser.page)).toMatchObject({
    error: "access_denied",
    error_description: "this consent page was already answered or is too old",
  });
});

it("waits an hour and no longer", async () => {
  const { browser } = await open("slow", { scope: "openid email" });
  pass(HOUR + 1);
  const page = await browser.submit("allow");
  expect(page.status).toBe(400);
  expect(browser.facts).toMatchObject({ Code: "expired" });
});
