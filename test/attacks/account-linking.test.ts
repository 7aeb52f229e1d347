/** Account takeover by linking (threats 4 and 9; Keycloak CVE-2026-15571): nobody gets into an account that they did not prove. */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { MINUTE, now, pass } from "../clock.ts";
import { forms } from "../html.ts";
import { atPortal, linkable, proveBoth, subjectBy } from "../linking.ts";
import { post } from "../raw.ts";
import { refused } from "../refused.ts";
import type { World } from "../world.ts";

const WRONG_SITTING = "Nothing was changed: the sign-in was not finished.";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  ({ world, app } = await linkable());
});

/** Their accounts are two, as before. */
async function areApart(one: string, other = one, by: readonly [string, string] = ["customers", "staff"]) {
  const subjects = [await subjectBy(app, one, by[0]), await subjectBy(app, other, by[1])];
  expect(new Set(subjects).size).toBe(2);
}

async function linked(person: string) {
  const browser = new Browser(person);
  await proveBoth(world, browser);
  await browser.submit("link");
  // What was proven is used up.
  expect(browser.jar.names()).toEqual([`__Host-${world.id}-s`]);
  expect(browser.page.html).toContain('id="remove-staff"');
  return browser;
}

describe("link by CSRF", () => {
  it("a form of another site neither begins it nor says yes to it", async () => {
    const browser = new Browser("csrf");
    await atPortal(world, browser, "customers");
    const add = `${world.issuer}/me/identities/staff/add`;
    const body = new URLSearchParams({ action: "link" });
    const begun = await browser.open(add, { method: "POST", body, from: "https://evil.example" });
    expect([begun.status, browser.facts["Code"]]).toEqual([403, "cross_site"]);
    await proveBoth(world, browser);
    const { action } = browser.form;
    const page = await browser.open(new URL(action, browser.page.url), {
      method: "POST",
      body,
      from: "https://evil.example",
    });
    expect([page.status, browser.facts["Code"]]).toEqual([403, "cross_site"]);
    await areApart("csrf");
  });

  it("nor does a link: it takes a form", async () => {
    const browser = new Browser("csrf-by-get");
    await atPortal(world, browser, "customers");
    for (const path of ["add", "remove"])
      expect((await browser.open(`${world.issuer}/me/identities/staff/${path}`)).status).not.toBe(200);
  });
});

describe("a callback of another browser", () => {
  it("links nothing, wherever it is opened", async () => {
    const mallory = new Browser("mallory");
    await atPortal(world, mallory, "customers");
    const to = await leaving(mallory);
    const callback = await answered(mallory, to);
    const victim = new Browser("victim");
    await atPortal(world, victim, "customers");
    const page = await victim.open(callback, { from: "https://evil.example" });
    expect([page.status, victim.facts["Code"]]).toEqual([400, "other_browser"]);
    await areApart("victim", "mallory");
  });

  it("links nothing when somebody else signed in in the same browser in between", async () => {
    const browser = new Browser("first-user");
    await atPortal(world, browser, "customers");
    const callback = await answered(browser, await leaving(browser));
    browser.person.name = "second-user";
    await atPortal(world, browser, "customers");
    await browser.open(callback);
    expect(browser.page.url.searchParams.get("error")).toBe("access_denied");
    expect(browser.page.html).toContain(WRONG_SITTING);
    await areApart("second-user", "first-user");
  });
});

describe("someone else's pending state", () => {
  it("is no page and no answer in a session that did not begin it", async () => {
    const browser = new Browser("owner");
    await proveBoth(world, browser);
    const { url } = browser.page;
    browser.person.name = "next-user";
    await atPortal(world, browser, "customers");
    expect((await browser.open(url)).status).toBe(400);
    expect(browser.facts["Code"]).toBe("other_browser");
    const answered = await browser.open(url, {
      method: "POST",
      body: new URLSearchParams({ action: "link", stays: "this" }),
      from: world.issuer,
    });
    expect([answered.status, browser.facts["Code"]]).toEqual([400, "other_browser"]);
    await areApart("next-user", "owner");
  });

  it("is nothing in a later session of the same person at the same browser", async () => {
    const browser = new Browser("later");
    await proveBoth(world, browser);
    const { url } = browser.page;
    browser.jar.clear(`__Host-${world.id}-s`);
    await atPortal(world, browser, "customers");
    expect([(await browser.open(url)).status, browser.facts["Code"]]).toEqual([400, "other_browser"]);
    await areApart("later");
  });

  it("is nothing in a later session of the same person: the first proof was the other one's", async () => {
    const browser = new Browser("comes-back");
    await proveBoth(world, browser);
    const { url } = browser.page;
    await atPortal(world, browser, "customers");
    const later = await answered(browser, await leaving(browser));
    await browser.open(`${world.issuer}/oidc/logout`);
    await browser.submit("sign-out");
    await atPortal(world, browser, "customers");
    expect((await browser.open(url)).status).toBe(400);
    expect(browser.facts["Code"]).toBe("other_browser");
    await browser.open(later);
    expect(browser.page.html).toContain(WRONG_SITTING);
    await areApart("comes-back");
  });

  it("is nothing in another browser, nor after the session ended", async () => {
    const browser = new Browser("signs-out");
    await proveBoth(world, browser);
    const { url } = browser.page;
    const elsewhere = new Browser("signs-out");
    await atPortal(world, elsewhere, "customers");
    expect((await elsewhere.open(url)).status).toBe(400);
    await elsewhere.open(`${world.issuer}/me`);
    await elsewhere.submit("end-all");
    await browser.submit("link");
    expect(browser.facts["Code"]).toBe("signed_out");
    await areApart("signs-out");
  });
});

describe("account pre-hijacking", () => {
  it.each([true, false])(
    "the same e-mail address at two connections never links, verified or not: %s",
    async (email_verified) => {
      const email = `ceo-${email_verified}@example.com`;
      const sub = async (person: string, by: string) => {
        const browser = new Browser(person);
        browser.person.claims = { email, email_verified };
        return subjectBy(app, browser, by);
      };
      // Whoever comes first has made ready nothing that the other one comes into.
      const first = await sub(`mallory-as-${email}`, "staff");
      const own = await sub(email, "customers");
      expect(own).not.toBe(first);
      expect(await sub(email, "customers")).toBe(own);
      expect(await sub(`mallory-as-${email}`, "staff")).toBe(first);
    },
  );

  it("nor is an identity that another one holds ready in a session of theirs: the page is the session's", async () => {
    const mallory = new Browser("prepares");
    await proveBoth(world, mallory, "prepares-too");
    const { url } = mallory.page;
    const cookie = mallory.jar.names().find((name) => name.includes("-p-")) ?? "";
    const victim = new Browser("prepared");
    await atPortal(world, victim, "customers");
    victim.jar.set(cookie, mallory.jar.value(cookie) ?? "");
    await victim.open(url);
    expect(victim.facts["Code"]).toBe("other_browser");
    await areApart("prepared", "prepares-too");
  });
});

it("across workspaces nothing is linked: what waits in one is nothing in another, under either name", async () => {
  const other = await linkable();
  const browser = new Browser("two-workspaces");
  await proveBoth(world, browser);
  const { url } = browser.page;
  const cookie = browser.jar.names().find((name) => name.includes("-p-")) ?? "";
  const waiting = browser.jar.value(cookie) ?? "";
  await atPortal(other.world, browser, "customers");
  browser.jar.set(cookie.replace(world.id, other.world.id), waiting);
  await browser.open(url.href.replace(world.id, other.world.id));
  expect(browser.facts["Code"]).toBe("expired");
  const subjects = [
    await subjectBy(other.app, "two-workspaces", "customers"),
    await subjectBy(other.app, "two-workspaces", "staff"),
  ];
  expect(new Set(subjects).size).toBe(2);
});

it("the last way in cannot be removed: it is the account", async () => {
  const browser = await linked("last-way");
  const home = await subjectBy(app, "last-way", "customers");
  const remove = (connection: string) =>
    browser.open(`${world.issuer}/me/identities/${connection}/remove`, {
      method: "POST",
      body: new URLSearchParams(),
      from: world.issuer,
    });
  for (const connection of ["customers", "staff", "customers"]) await remove(connection);
  expect(browser.page.html).not.toContain('id="remove-staff"');
  expect(browser.title).not.toBe("");
  expect(await subjectBy(app, "last-way", "customers")).toBe(home);
});

it("a proof links once: what was removed since is not brought back by it", async () => {
  const browser = new Browser("once");
  await proveBoth(world, browser);
  const { url } = browser.page;
  const cookie = browser.jar.names().find((name) => name.includes("-p-")) ?? "";
  const waiting = browser.jar.value(cookie) ?? "";
  await browser.submit("link");
  const answer = async () => {
    browser.jar.set(cookie, waiting);
    await browser.open(url);
    return browser.submit("link");
  };
  await browser.submit("remove-staff");
  // A second later the session is still the one that proved it, and its proof is minutes old.
  pass(1);
  await answer();
  expect([browser.page.status, browser.title]).toEqual([403, "Nothing was changed"]);
  expect(browser.page.html).toContain("took them apart since");
  await areApart("once");
});

describe("without a rule", () => {
  it("nothing is offered, nothing begins, and nothing that began comes to its end", async () => {
    const other = await linkable();
    const browser = new Browser("no-rule");
    await proveBoth(other.world, browser);
    await other.world.remove("linking-rules/both");
    pass(11);
    await browser.submit("link");
    expect([browser.page.status, browser.title]).toEqual([403, "Nothing was changed"]);
    await atPortal(other.world, browser, "customers");
    expect(browser.page.html).not.toContain("add-staff");
    const { status } = await browser.open(`${other.world.issuer}/me/identities/staff/add`, {
      method: "POST",
      body: new URLSearchParams(),
      from: other.world.issuer,
    });
    expect([status, browser.facts["Code"]]).toEqual([403, "connection_off"]);
    const subjects = [
      await subjectBy(other.app, "no-rule", "customers"),
      await subjectBy(other.app, "no-rule", "staff"),
    ];
    expect(new Set(subjects).size).toBe(2);
  });

  it("that allowed it, a link leads nowhere, and what came by it ends; a rule made later does not bring it back", async () => {
    const other = await linkable();
    await other.world.patch("connections/staff", { config: { enable_stateful_ctx: true } });
    const browser = new Browser("withdrawn");
    const home = await subjectBy(other.app, browser, "customers");
    await proveBoth(other.world, browser);
    await browser.submit("link");
    const tokens = await other.app.signIn(new Browser("withdrawn"), {
      idp_hint: "staff",
      scope: "openid offline_access",
    });
    expect(decodeJwt(tokens.id_token ?? "").sub).toBe(home);
    const came = new Browser("withdrawn");
    await other.app.signIn(came, { idp_hint: "staff" });
    const silently = async () =>
      came.open((await other.app.begin({ prompt: "none" })).url).then(({ url }) => url.searchParams);
    expect((await silently()).has("code")).toBe(true);
    await other.world.remove("linking-rules/both");
    pass(11);
    expect((await silently()).get("error")).toBe("login_required");
    await came.open(`${other.world.issuer}/me`);
    expect(came.links.has("sign-in")).toBe(true);
    expect(await other.app.introspect(tokens.access_token)).toEqual({ active: false });
    expect(await refused(other.app.refresh(tokens.refresh_token ?? ""))).toMatchObject({
      error: "invalid_grant",
    });
    pass(1);
    await other.world.put("linking-rules/both", { connections: ["customers", "staff"] });
    pass(11);
    expect(await other.app.introspect(tokens.access_token)).toEqual({ active: false });
    expect(await subjectBy(other.app, "withdrawn", "staff")).not.toBe(home);
    expect(await subjectBy(other.app, "withdrawn", "customers")).toBe(home);
  });
});

describe("a stale proof", () => {
  it("of the first account: the person signs in again before they go on", async () => {
    const browser = new Browser("stale");
    await atPortal(world, browser, "customers");
    pass(10 * MINUTE + 1);
    await browser.open(`${world.issuer}/me`);
    await browser.submit("add-staff");
    expect(browser.title).toBe("First, sign in again");
    await browser.click("again");
    await browser.submit("add-staff");
    expect(browser.title).toBe("Make these two accounts one?");
  });

  it("of the first account: a provider that does not say when is no proof that it was just now", async () => {
    await world.connection("undated", { faults: ["no-auth-time"] });
    await world.put("linking-rules/undated", { connections: ["undated", "staff"] });
    pass(11);
    const browser = new Browser("undated");
    await browser.open(`${world.issuer}/me`);
    await browser.click("sign-in");
    await browser.click("connection-undated");
    await browser.submit("add-staff");
    expect(browser.title).toBe("First, sign in again");
    await world.remove("linking-rules/undated");
  });

  it("of the first account at its provider: a silent trip there is none", async () => {
    const browser = new Browser("stale-at-provider");
    browser.person.signedInFor = 11 * MINUTE;
    await browser.open(`${world.issuer}/me`);
    await browser.click("sign-in");
    await browser.click("connection-customers");
    expect(browser.page.url.pathname).toBe(`/${world.id}/me`);
    await browser.submit("add-staff");
    expect(browser.title).toBe("First, sign in again");
  });

  it("of the second: the answer of a provider that did not authenticate anew is refused", async () => {
    await world.connection("lazy", { faults: ["ignores-prompt"] });
    await world.put("linking-rules/lazy", { connections: ["customers", "lazy"] });
    pass(11);
    const browser = new Browser("stale-second");
    await atPortal(world, browser, "customers");
    browser.person.signedInFor = 5 * MINUTE;
    await browser.submit("add-lazy");
    expect(browser.page.html).toContain(WRONG_SITTING);
    await areApart("stale-second", "stale-second", ["customers", "staff"]);
  });

  it("of both: the answer comes too late, or the page is answered too late", async () => {
    const browser = new Browser("late");
    await atPortal(world, browser, "customers");
    const to = await leaving(browser);
    pass(10 * MINUTE + 1);
    await browser.open(to);
    expect(browser.page.html).toContain(WRONG_SITTING);
    await proveBoth(world, browser);
    pass(10 * MINUTE + 1);
    await browser.submit("link");
    expect(browser.facts["Code"]).toBe("expired");
    await areApart("late");
  });
});

describe("loops and chains", () => {
  it("two browsers that link each to the other at once make at most one account, and no circle", async () => {
    const [one, other] = [new Browser("circle"), new Browser("circle")];
    await proveBoth(world, one, "circle", ["customers", "staff"]);
    await proveBoth(world, other, "circle", ["staff", "customers"]);
    await Promise.all([one.submit("link"), other.submit("link")]);
    const subjects = await Promise.all(
      ["customers", "staff"].map((connection) => subjectBy(app, "circle", connection)),
    );
    expect(new Set(subjects).size).toBeLessThanOrEqual(2);
    for (const connection of ["customers", "staff"])
      expect(subjects).toContain(await subjectBy(app, "circle", connection));
  });

  it("twenty that say yes at once are one link, and one event", async () => {
    const browser = new Browser("twenty");
    const home = await subjectBy(app, "twenty", "customers");
    await proveBoth(world, browser);
    const cookie = browser.jar.header({ to: browser.page.url, crossSite: false, navigation: true }) ?? "";
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        post(browser.page.url, { action: "link" }, { cookie, origin: new URL(world.issuer).origin }),
      ),
    );
    expect(answers.filter(({ status }) => status === 303).length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect(await subjectBy(app, "twenty", "staff")).toBe(home);
  });

  it("an identity that is linked cannot be linked to another account", async () => {
    await linked("taken");
    const mallory = new Browser("takes");
    await proveBoth(world, mallory, "taken");
    expect([mallory.page.status, mallory.title]).toEqual([403, "Nothing was changed"]);
    expect(mallory.page.html).toContain("already leads to another account");
  });

  it("an account with a linked identity gives way to nobody", async () => {
    await world.connection("partners");
    await world.put("linking-rules/all", { connections: ["customers", "staff", "partners"] });
    await linked("has-two");
    await subjectBy(app, "has-two", "customers");
    const third = new Browser("has-two");
    await subjectBy(app, third, "partners");
    await proveBoth(world, third, "has-two", ["partners", "customers"]);
    // The account of the session is the only one that can be closed.
    expect(forms(third.page.html)[0]?.fields).toContainEqual(["stays", "other"]);
    await third.submit("link");
    expect(third.title).toBe("Your accounts are one now");
    const subjects = await Promise.all(
      ["customers", "staff", "partners"].map((connection) => subjectBy(app, "has-two", connection)),
    );
    expect(new Set(subjects).size).toBe(1);
    await world.remove("linking-rules/all");
  });
});

describe("a disabled connection", () => {
  it("is not offered, and what was proven there before links nothing", async () => {
    const other = await linkable();
    const browser = new Browser("disabled");
    await proveBoth(other.world, browser);
    await other.world.patch("connections/staff", { disabled: true });
    pass(11);
    await browser.submit("link");
    expect([browser.page.status, browser.title]).toEqual([403, "Nothing was changed"]);
    await atPortal(other.world, browser, "customers");
    expect(browser.page.html).not.toContain("add-staff");
  });

  it("lets nobody in by a link, and ends what came by it; the other way still leads to the account", async () => {
    const other = await linkable();
    const browser = new Browser("disabled");
    const home = await subjectBy(other.app, browser, "customers");
    await proveBoth(other.world, browser);
    await browser.submit("link");
    const { access_token } = await other.app.signIn(new Browser("disabled"), { idp_hint: "staff" });
    await other.world.patch("connections/staff", { disabled: true });
    pass(11);
    expect(await other.app.introspect(access_token)).toEqual({ active: false });
    const begun = await other.app.begin({ idp_hint: "staff" });
    const page = await new Browser("disabled").open(begun.url);
    expect(page.url.searchParams.get("error")).toBe("invalid_request");
    await other.world.patch("connections/staff", { disabled: false });
    await other.world.patch("connections/customers", { disabled: true });
    pass(11);
    expect(await subjectBy(other.app, "disabled", "staff")).toBe(home);
  });
});

describe("a closed account", () => {
  it("has no session, grant, code or token left, whatever was kept of it", async () => {
    const scope = "openid offline_access";
    const victim = new Browser("closed");
    const old = await app.signIn(victim, { idp_hint: "staff", scope });
    const begun = await app.begin({ idp_hint: "staff", prompt: "login" });
    const unspent = await victim.open(begun.url);
    const home = await subjectBy(app, "closed", "customers");
    const browser = new Browser("closed");
    await proveBoth(world, browser);
    // Both are known to an app: without a choice nothing happens.
    await browser.submit("link");
    expect(browser.page.html).toContain("Choose which account stays.");
    await browser.submit("link", { stays: "this" });
    expect(browser.page.html).toContain('id="remove-staff"');
    expect(await app.introspect(old.access_token)).toEqual({ active: false });
    expect(await app.introspect(old.refresh_token ?? "")).toEqual({ active: false });
    expect(await refused(app.userinfo(old.access_token))).toMatchObject({ error: "invalid_token" });
    expect(await refused(app.refresh(old.refresh_token ?? ""))).toMatchObject({ error: "invalid_grant" });
    expect(await refused(app.finish(unspent, begun))).toMatchObject({ error: "invalid_grant" });
    await victim.open(`${world.issuer}/me`);
    expect(victim.links.has("sign-in")).toBe(true);
    expect(await subjectBy(app, "closed", "staff")).toBe(home);
  });

  it("may be the one of this session: it is signed out, and the other one stays", async () => {
    const home = await subjectBy(app, "closes-this", "staff");
    const browser = new Browser("closes-this");
    await subjectBy(app, browser, "customers");
    await proveBoth(world, browser);
    await browser.submit("link", { stays: "other" });
    expect(browser.title).toBe("Your accounts are one now");
    await browser.open(`${world.issuer}/me`);
    expect(browser.links.has("sign-in")).toBe(true);
    expect(await subjectBy(app, "closes-this", "customers")).toBe(home);
  });
});

it("a removed identity is out: its sessions and grants end, and its old subject is its own again", async () => {
  const own = await subjectBy(app, "removed", "customers");
  const before = await subjectBy(app, "removed-2", "staff");
  const browser = new Browser("removed");
  await subjectBy(app, browser, "customers");
  await proveBoth(world, browser, "removed-2");
  await browser.submit("link", { stays: "this" });
  const intruder = new Browser("removed-2");
  const scope = "openid offline_access";
  const got = await app.signIn(intruder, { idp_hint: "staff", scope });
  expect(decodeJwt(got.id_token ?? "").sub).toBe(own);
  await browser.open(`${world.issuer}/me`);
  await browser.submit("remove-staff");
  expect(await app.introspect(got.access_token)).toEqual({ active: false });
  expect(await refused(app.refresh(got.refresh_token ?? ""))).toMatchObject({ error: "invalid_grant" });
  await intruder.open(`${world.issuer}/me`);
  expect(intruder.links.has("sign-in")).toBe(true);
  expect(await subjectBy(app, "removed-2", "staff")).toBe(before);
});

it("a removed identity takes along the browser that removed it, if that came by it", async () => {
  const own = await linked("removes-own");
  await own.open(`${world.issuer}/me`);
  await own.submit("remove-staff");
  expect(own.jar.names()).toEqual([`__Host-${world.id}-s`]);
  await linked("removes-both");
  const browser = new Browser("removes-both");
  await atPortal(world, browser, "staff");
  await browser.submit("remove-staff");
  expect(browser.jar.names()).toEqual([]);
});

it("a removed identity does not come in by a consent page that it left open", async () => {
  const asks = await world.client("asks", { trusted: false });
  const browser = await linked("consents");
  const intruder = new Browser("consents");
  const begun = await asks.begin({ idp_hint: "staff", scope: "openid email" });
  await intruder.open(begun.url);
  await browser.submit("remove-staff");
  await intruder.submit("allow");
  expect(intruder.page.url.searchParams.has("code")).toBe(false);
  expect(intruder.page.url.searchParams.get("error") ?? intruder.facts["Code"]).toBeTruthy();
});

it("a cached context proves nothing: the second provider is asked whatever is cached", async () => {
  const other = await linkable();
  for (const connection of ["customers", "staff"])
    await other.world.patch(`connections/${connection}`, { config: { enable_stateful_ctx: true } });
  const browser = new Browser("cached");
  await subjectBy(other.app, browser, "staff");
  await atPortal(other.world, browser, "customers");
  const to = await leaving(browser, other.world);
  expect([to.hostname.endsWith(".amazoncognito.com"), to.searchParams.get("prompt")]).toEqual([
    true,
    "login",
  ]);
});

/** Where the browser is sent to prove the second account, without going there. */
async function leaving(browser: Browser, at = world): Promise<URL> {
  const cookie = browser.jar.header({ to: browser.page.url, crossSite: false, navigation: true }) ?? "";
  const reply = await post(
    `${at.issuer}/me/identities/staff/add`,
    { action: "add" },
    { cookie, origin: new URL(at.issuer).origin },
  );
  browser.jar.take(browser.page.url, reply.headers.getSetCookie());
  const [, to = ""] = /http-equiv="refresh" content="0;url=([^"]+)"/.exec(reply.text) ?? [];
  return new URL(to.replaceAll("&amp;", "&"));
}

/** The callback that the browser is about to open, with code and state. */
async function answered({ person }: Browser, to: URL): Promise<URL> {
  const headers = { "x-person": person.name, "x-now": String(now()) };
  let at = to;
  while (!at.pathname.includes("/callback/")) {
    const reply = await fetch(at, { redirect: "manual", headers });
    at = new URL(reply.headers.get("location") ?? "", at);
  }
  return at;
}
