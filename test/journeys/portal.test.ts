/** A person at their own page: what apps may do, where they are signed in, what is held on them; and the end of each. */
import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { directoryShard, subjectObject } from "../../src/store/shards.ts";
import { EXPORTED } from "../../src/store/subject/export.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { DAY, HOUR, now, pass } from "../clock.ts";
import { refused } from "../refused.ts";
import { told } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
const scope = "openid email offline_access";

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool", { config: { enable_stateful_ctx: true } });
  app = await world.client("app", { trusted: false, client_name: "Photo Book" });
});

const me = (browser: Browser) => browser.open(`${world.issuer}/me`);
const words = (browser: Browser) => browser.page.html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

async function allowed(person: string, client = app, params: Record<string, string> = {}) {
  const browser = new Browser(person);
  const begun = await client.begin({ scope, ...params });
  await browser.open(begun.url);
  const tokens = await client.finish(await browser.submit("allow"), begun);
  return { browser, tokens, refresh: tokens.refresh_token! };
}

const isDead = async ({ tokens, refresh }: Awaited<ReturnType<typeof allowed>>, client = app) => {
  expect(await client.introspect(tokens.access_token)).toEqual({ active: false });
  expect(await client.introspect(refresh)).toEqual({ active: false });
  expect(await refused(client.userinfo(tokens.access_token))).toMatchObject({ error: "invalid_token" });
  expect(await refused(client.refresh(refresh))).toMatchObject({ error: "invalid_grant" });
};

it("says of an app that is trusted what a revocation comes to: access again with the next sign-in", async () => {
  const trusted = await world.client("trusted-app", { trusted: true });
  const { browser } = await allowed("trusting");
  await trusted.signIn(browser, { scope });
  await me(browser);
  const said = "Test trusts this app, so it does not ask you: if you revoke it, it gets access again";
  expect(words(browser).split(said)).toHaveLength(2);
  await browser.submit("revoke-trusted-app");
  expect(words(browser)).not.toContain(said);
  const { access_token } = await trusted.signIn(browser, { scope });
  expect(await trusted.introspect(access_token)).toMatchObject({ active: true });
});

describe("signing in to it", () => {
  it("is a sign-in as to any app, and gives nobody a code", async () => {
    const browser = new Browser("visits");
    await me(browser);
    expect(browser.title).toBe("Welcome to Test");
    const page = await browser.click("sign-in");
    expect([page.url.href, browser.title]).toEqual([`${world.issuer}/me`, "Hello, visits"]);
    expect(words(browser)).toContain("No app has access to your data.");
  });

  it("is not needed in a browser that signed in to an app, whether or not its context is cached", async () => {
    await world.connection("plain", { hidden: true });
    const { browser } = await allowed("known", app, { idp_hint: "plain" });
    await me(browser);
    expect(browser.title).toBe("Hello, known");
  });

  it("that comes to nothing is said", async () => {
    const browser = new Browser("denies");
    await browser.open(`${world.issuer}/me?error=access_denied`);
    expect(words(browser)).toContain("You were not signed in. Try once more.");
  });

  it("ends with the session: after a day, after a day without use, and when an operator says so", async () => {
    const other = await makeWorld({ session_idle_lifetime: 2 * HOUR });
    await other.connection("pool");
    const client = await other.client("app");
    const browser = new Browser("late");
    const title = async () => (await browser.open(`${other.issuer}/me`), browser.title);
    await client.signIn(browser);
    pass(2 * HOUR - 1);
    expect(await title()).toBe("Hello, late");
    pass(2 * HOUR - 1);
    expect(await title()).toBe("Hello, late");
    pass(2 * HOUR + 1);
    expect(await title()).toBe("Welcome to Test");
    await client.signIn(browser);
    for (let hours = 0; hours < 23; hours++) {
      pass(HOUR);
      expect(await title()).toBe("Hello, late");
    }
    pass(HOUR + 1);
    expect(await title()).toBe("Welcome to Test");
    await client.signIn(browser);
    pass(1);
    await other.patch("connections/pool", { not_before: now() });
    expect(await title()).toBe("Welcome to Test");
    await client.signIn(browser);
    await other.patch("connections/pool", { disabled: true });
    expect(await title()).toBe("Welcome to Test");
  });

  it.each(["session_lifetime", "session_idle_lifetime"])(
    "ends sooner when the operator lowers %s",
    async (limit) => {
      const other = await makeWorld();
      await other.connection("pool", { config: { enable_stateful_ctx: true } });
      const client = await other.client("app");
      const [browser, there] = [new Browser("lowered"), new Browser("lowered")];
      await client.signIn(browser);
      await client.signIn(there);
      pass(HOUR - 1);
      await other.settings({ [limit]: 1_800 });
      await browser.open(`${other.issuer}/me`);
      expect(browser.title).toBe("Welcome to Test");
      expect(told(await there.open((await client.begin({ prompt: "none" })).url))["error"]).toBe(
        "login_required",
      );
    },
  );
});

describe("apps with access", () => {
  it("are listed with when, through what, and what was shared", async () => {
    const { browser } = await allowed("lists");
    await me(browser);
    expect(words(browser)).toMatch(
      /Photo Book Through Connection pool , since .* UTC Know who you are on this site Your e-mail address Stay signed in What was shared E-mail E-mail confirmed/,
    );
    expect(words(browser)).toContain("An app that does not check with us can use what it has until");
  });

  it("lose everything at once when they are revoked, and ask again", async () => {
    const given = await allowed("revokes");
    const { browser } = given;
    await me(browser);
    await browser.submit("revoke-app");
    expect(browser.page.url.href).toBe(`${world.issuer}/me`);
    expect(words(browser)).toContain("You revoked the access of Photo Book");
    await isDead(given);
    await browser.open((await app.begin({ scope })).url);
    expect(browser.title).toBe("Photo Book asks for access");
  });

  it("that asked elsewhere lose it too: another browser, a code on its way, a page that waits", async () => {
    const given = await allowed("elsewhere");
    const there = new Browser("elsewhere");
    const begun = await app.begin({ scope });
    const code = app.code(await there.open(begun.url), begun);
    const waits = new Browser("elsewhere");
    await waits.open((await app.begin({ scope: "openid profile" })).url);
    await me(given.browser);
    await given.browser.submit("revoke-app");
    expect(await refused(app.redeem(code, begun))).toMatchObject({ error: "invalid_grant" });
    expect(told(await waits.submit("allow"))).toMatchObject({ error: "access_denied" });
    await isDead(given);
  });

  it("leave other apps alone", async () => {
    const other = await world.client("other-app", { trusted: false });
    const [mine, theirs] = [await allowed("two"), await allowed("two", other)];
    await me(mine.browser);
    await mine.browser.submit("revoke-app");
    await isDead(mine);
    expect(await other.introspect(theirs.tokens.access_token)).toMatchObject({ active: true });
  });

  it("are not said to be able to read tokens that only we can read", async () => {
    const opaque = await makeWorld({ access_token_strategy: "opaque" });
    await opaque.connection("pool");
    const browser = new Browser("opaque");
    await (await opaque.client("app")).signIn(browser, { scope });
    await browser.open(`${opaque.issuer}/me`);
    expect(words(browser)).toContain("Client app");
    expect(words(browser)).not.toContain("does not check with us");
  });
});

describe("browsers", () => {
  it("are listed with what they are, where they were and when; one is ended, or all", async () => {
    const [here, there, third] = [await allowed("many"), new Browser("many"), new Browser("many")];
    await app.signIn(there, { scope });
    await app.signIn(third, { scope });
    await me(here.browser);
    expect(words(here.browser).match(/Signed in through Connection pool/g)).toHaveLength(3);
    expect(words(here.browser).match(/This browser/g)).toHaveLength(1);
    await me(there);
    const own = there.page.html.match(/id="browser-([\w-]+)"[^>]*><bdi>[^<]*<\/bdi><span/)![1]!;
    await me(here.browser);
    await here.browser.submit(`end-${own}`);
    await me(there);
    expect(there.title).toBe("Welcome to Test");
    await me(here.browser);
    await here.browser.submit("end-all");
    expect(here.browser.title).toBe("Welcome to Test");
    await me(third);
    expect(third.title).toBe("Welcome to Test");
    expect((await app.refresh(here.refresh)).access_token).toBeDefined();
  });

  it.each(["end-own", "end-all", "erase"])("keep no cookie of a session that they end: %s", async (end) => {
    const { browser, tokens } = await allowed(`cookie-${end}`);
    const cookie = `__Host-${world.id}-s`;
    if (end === "end-all") await app.signIn(new Browser(browser.person.name), { scope });
    await me(browser);
    expect(browser.jar.names()).toContain(cookie);
    if (end === "erase") await browser.click("erase-me");
    await browser.submit(end === "end-own" ? `end-${String(decodeJwt(tokens.id_token!)["sid"])}` : end);
    expect(browser.jar.names()).not.toContain(cookie);
  });

  it("sign out with the button at the top", async () => {
    const { browser } = await allowed("leaves");
    await me(browser);
    await browser.submit("sign-out");
    expect(browser.title).toBe("You are signed out");
    await me(browser);
    expect(browser.title).toBe("Welcome to Test");
  });
});

describe("the person's data", () => {
  it("can be taken away as one file, with everything and without a secret", async () => {
    const { browser, tokens } = await allowed("exports");
    const page = await browser.open(`${world.issuer}/me/export`);
    expect(page.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(page.headers.get("cache-control")).toBe("no-store");
    const data = JSON.parse(page.html) as Record<string, object[] & object>;
    const { sub, sid } = decodeJwt(tokens.id_token!);
    expect(data).toMatchObject({
      issuer: world.issuer,
      subject: sub,
      exported_at: now(),
      person: { connection: "pool", first_seen: now(), clients: ["app"] },
      sessions: [{ id: sid, connection: "pool", name: "exports" }],
      cached_contexts: [
        { id: sid, authentication: { context: { email: { value: "exports@example.com" } } } },
      ],
      grants: [{ client_id: "app", scope: scope.split(" "), authentication: { connection: "pool" } }],
      consents: [{ id: "app", scopes: { email: now() } }],
    });
    expect(page.html).not.toMatch(/"k1\.|secret/);
  });

  it("holds every kind of row that the object has, opened, and the events about the person", async () => {
    await world.settings({ lineage_values_until: now() + HOUR });
    pass(11);
    const { browser, tokens } = await allowed("holds");
    await app.revoke(tokens.access_token);
    const { sub = "", sid } = decodeJwt(tokens.id_token!);
    const object = env.SUBJECT.getByName(subjectObject(world.id, sub));
    await runDurableObjectAlarm(object);
    await browser.open((await app.begin({ scope: `${scope} profile` })).url);
    expect(browser.title).toBe("Photo Book asks for access");
    const kinds = await runInDurableObject(object, (_, { storage }) =>
      storage.sql
        .exec<{ kind: keyof typeof EXPORTED }>("SELECT DISTINCT kind FROM row")
        .toArray()
        .map(({ kind }) => kind),
    );
    expect(kinds).toEqual(
      expect.arrayContaining(["lineage", "values", "release", "outbox", "revoked", "login"]),
    );
    const page = await browser.open(`${world.issuer}/me/export`);
    const data = JSON.parse(page.html) as Record<string, object>;
    const names: Record<string, string> = { contexts: "cached_contexts", logins: "waiting_for_consent" };
    for (const kind of kinds) {
      const member = EXPORTED[kind] ?? "nowhere";
      const name = names[member] ?? member;
      expect([kind, Object.keys(data[name] ?? {}).length], kind).not.toEqual([kind, 0]);
    }
    expect(data).toMatchObject({
      sign_ins: [
        {
          session: sid,
          connection: "pool",
          lineage: { read: expect.anything(), mapped: expect.anything() },
          values: { context: { email: "holds@example.com" } },
          releases: [{ client_id: "app", scope: scope.split(" ") }],
        },
      ],
      events: { complete: true, since: now() - 31 * DAY },
    });
    const { items } = data["events"] as unknown as { items: { type: string; subject: string }[] };
    expect(items.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["sign_in", "consent_given", "code_redeemed", "token_revoked", "consent_asked"]),
    );
    expect(new Set(items.map(({ subject }) => subject))).toEqual(new Set([sub]));
    expect(page.html).not.toMatch(/"k1\.|"by"/);
  });

  it("is gone from the directory with the answer, before anything is delivered", async () => {
    const { browser, tokens } = await allowed("unlisted");
    const { sub = "" } = decodeJwt(tokens.id_token!);
    await runDurableObjectAlarm(env.SUBJECT.getByName(subjectObject(world.id, sub)));
    const directory = env.DIRECTORY.getByName(directoryShard(world.id, sub));
    const listed = async () => (await directory.list(1_000, "", {})).map(({ subject }) => subject);
    expect(await listed()).toContain(sub);
    await browser.open(`${world.issuer}/me/erase`);
    await browser.submit("erase");
    expect(await listed()).not.toContain(sub);
  });

  it("is erased with everything that rests on it, after one more question", async () => {
    const given = await allowed("forgets");
    const { browser, tokens } = given;
    await me(browser);
    await browser.click("erase-me");
    expect(browser.title).toBe("Erase what Test holds on you?");
    await browser.submit("erase");
    expect(browser.title).toBe("Your data has been erased");
    await isDead(given);
    await me(browser);
    expect(browser.title).toBe("Welcome to Test");
    await browser.click("sign-in");
    expect(words(browser)).toContain("No app has access to your data.");
    const begun = await app.begin({ scope });
    await browser.open(begun.url);
    expect(browser.title).toBe("Photo Book asks for access");
    const again = await app.finish(await browser.submit("allow"), begun);
    expect(decodeJwt(again.id_token!).sub).toBe(decodeJwt(tokens.id_token!).sub);
  });
});

it("a page that stayed open after the session ended does nothing", async () => {
  const { browser, tokens } = await allowed("stale");
  await me(browser);
  pass(DAY + 1);
  const page = await browser.submit("revoke-app");
  expect([page.status, browser.title]).toEqual([403, "You are not signed in any more"]);
  expect(tokens).toBeDefined();
});
