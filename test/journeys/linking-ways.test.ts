/** Linking through every way to sign in: a SAML provider, a form of an OpenID Provider, and a sign-in that a provider begins. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { link } from "../../src/steps/link.ts";
import { must } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { pass } from "../clock.ts";
import { Operator } from "../console.ts";
import { atPortal, linkable, proveBoth, subjectBy } from "../linking.ts";
import { honest } from "../saml/forge.ts";
import { arrive, type ForgedIdp, forgedIdp, inflated, saying, signIn } from "../saml/forged-idp.ts";
import { makeWorld, type World } from "../world.ts";

const LOGIN = "https://app.example.com/login";
let world: World;
let app: RelyingParty;
let idp: ForgedIdp;

beforeAll(async () => {
  world = await makeWorld();
  app = await world.client("app", { trusted: true, initiate_login_uri: LOGIN });
  await world.connection("customers");
  await world.oidc("form", { settings: { response_mode: "form_post" } });
  idp = await forgedIdp(world, "saml", {
    settings: { idp_initiated_client_id: "app" },
    config: { enable_stateful_ctx: true },
  });
  await world.put("linking-rules/all", { connections: ["customers", "form", "saml"] });
});

/** From the portal to the SAML provider, whose answer the browser brings. */
async function proveBySaml(browser: Browser, name: string) {
  await atPortal(world, browser, "customers");
  const { url } = await browser.submit("add-saml");
  const xml = await inflated(url.searchParams.get("SAMLRequest") ?? "");
  const [, id = ""] = /\bID="([^"]*)"/.exec(xml) ?? [];
  const relay = url.searchParams.get("RelayState") ?? "";
  await arrive(browser, idp, { relay }, honest(saying(idp, { id }, { name }), idp.by));
  return xml;
}

it("a SAML provider: it is asked to authenticate anew, and its form brings the session's own proof", async () => {
  const ada = new Browser("ada");
  const home = await subjectBy(app, ada, "customers");
  expect(await proveBySaml(ada, "ada-at-work")).toContain('ForceAuthn="true"');
  expect(ada.title).toBe("Make these two accounts one?");
  await ada.submit("link");
  expect(ada.page.html).toContain('id="remove-saml"');
  const { id_token = "" } = await signIn(new Browser("ada"), app, idp, { told: { name: "ada-at-work" } });
  expect(decodeJwt(id_token)).toMatchObject({ sub: home, idp: "saml", idp_sub: "ada-at-work" });
});

it("a sign-in that the SAML provider begins is the linked subject's, and its own again once that is removed", async () => {
  const zoe = new Browser("zoe");
  const home = await subjectBy(app, zoe, "customers");
  await proveBySaml(zoe, "zoe");
  await zoe.submit("link");
  const begins = async () => {
    const browser = new Browser("zoe");
    await arrive(browser, idp, { relay: "" }, honest(saying(idp, { id: "" }, { name: "zoe" }), idp.by));
    expect(browser.page.url.href).toBe(`${LOGIN}?iss=${encodeURIComponent(world.issuer)}`);
    return { browser, claims: decodeJwt((await app.signIn(browser)).id_token ?? "") };
  };
  const { browser, claims } = await begins();
  expect(claims).toMatchObject({ sub: home, idp: "saml", idp_sub: "zoe" });
  // The session is of the link: it ends with it.
  await browser.open(`${world.issuer}/me`);
  await browser.submit("remove-saml");
  expect(browser.links.has("sign-in")).toBe(true);
  pass(1);
  expect((await begins()).claims.sub).not.toBe(home);
});

it("a sign-in that a provider began proves nothing: whoever brought it about would get the next account (login CSRF)", async () => {
  const victim = new Browser("victim");
  const document = honest(saying(idp, { id: "" }, { name: "mallory" }), idp.by);
  await arrive(victim, idp, { relay: "" }, document);
  await victim.open(`${world.issuer}/me`);
  await victim.submit("add-customers");
  expect(victim.title).toBe("First, sign in again");
});

it("an OpenID Provider that answers by a form, whose POST brings no session", async () => {
  const max = new Browser("max");
  const home = await subjectBy(app, max, "customers");
  await atPortal(world, max, "customers");
  await max.submit("add-form");
  await max.submit("continue");
  expect(max.title).toBe("Make these two accounts one?");
  await max.submit("link");
  expect(max.page.html).toContain('id="remove-form"');
  const again = new Browser("max");
  const begun = await app.begin({ idp_hint: "form", prompt: "login" });
  await again.open(begun.url);
  const { id_token = "" } = await app.finish(await again.submit("continue"), begun);
  expect(decodeJwt(id_token).sub).toBe(home);
});

describe("the console", { timeout: 30_000 }, () => {
  it("makes a rule by a form, shows what is linked by it, and removes that", async () => {
    const made = await linkable();
    await made.world.remove("linking-rules/both");
    const operator = await Operator.enter();
    await operator.at(made.world.id, "/account-linking/create");
    await operator.submit("save", { id: "people", connections: ["customers"] });
    expect([operator.page.status, operator.said("field-error").length]).toEqual([422, 1]);
    await operator.submit("save", { connections: ["customers", "staff"] });
    expect(operator.said("notice-title")).toEqual(["Created."]);
    expect(await must("GET", `workspaces/${made.world.id}/linking-rules/people`)).toMatchObject({
      connections: ["customers", "staff"],
    });
    pass(11);
    const ada = new Browser("ada");
    const home = await subjectBy(made.app, ada, "customers");
    await proveBoth(made.world, ada);
    await ada.submit("link");
    await runDurableObjectAlarm(env.SUBJECT.getByName(`${made.world.id}/${home}`));
    await operator.at(made.world.id, `/people/${home}`);
    expect(operator.page.html).toContain("Linked identities");
    await operator.open(`${operator.page.url.href}/identities/staff`);
    await operator.submit("confirm", { name: "wrong" });
    expect(operator.page.status).toBe(422);
    await operator.submit("confirm", { name: home.slice(0, 8) });
    expect(operator.page.html).not.toContain("Linked identities");
    pass(1);
    expect(await subjectBy(made.app, "ada", "staff")).not.toBe(home);
    await operator.at(made.world.id, "/account-linking/people/delete");
    expect(operator.page.html).toContain("come apart");
  });
});

describe("is refused, and the audit says why:", () => {
  const TYPE = "linking_refused";

  /** @returns reasons of the account's refusals, in order */
  async function reasons(at: World, subject: string): Promise<unknown[]> {
    await runDurableObjectAlarm(env.SUBJECT.getByName(`${at.id}/${subject}`));
    const { items } = await must("GET", `workspaces/${at.id}/audit-events?subject=${subject}&type=${TYPE}`);
    return (items as unknown as { connection: string; reason: string }[]).map(
      ({ connection, reason }) => `${connection}: ${reason}`,
    );
  }
  const ENDED = [403, "Nothing was changed"];

  it("the account has another identity of the connection; the identity is another account's", async () => {
    const { world: at, app: known } = await linkable();
    const one = new Browser("one");
    const home = await subjectBy(known, one, "customers");
    await proveBoth(at, one);
    const first = one.page.url;
    await proveBoth(at, one, "one-too");
    const second = one.page.url;
    await one.open(first);
    await one.submit("link");
    await one.open(second);
    expect([one.page.status, one.title]).toEqual(ENDED);
    expect(await reasons(at, home)).toEqual(["staff: taken"]);

    const other = new Browser("other");
    const others = await subjectBy(known, other, "customers");
    await proveBoth(at, other, "one");
    expect([other.page.status, other.title]).toEqual(ENDED);
    expect(await reasons(at, others)).toEqual(["staff: elsewhere"]);
  });

  it("no rule allows it any more; it was linked in another tab", async () => {
    const { world: at, app: known } = await linkable();
    const one = new Browser("one");
    const home = await subjectBy(known, one, "customers");
    await proveBoth(at, one);
    const first = one.page.url;
    await proveBoth(at, one);
    await one.submit("link");
    await one.open(first);
    expect([one.page.status, one.title]).toEqual(ENDED);
    const other = new Browser("other");
    const others = await subjectBy(known, other, "customers");
    await proveBoth(at, other);
    await at.remove("linking-rules/both");
    pass(11);
    await other.submit("link");
    expect([other.page.status, other.title]).toEqual(ENDED);
    expect(await reasons(at, home)).toEqual(["staff: linked"]);
    expect(await reasons(at, others)).toEqual(["staff: no_rule"]);
  });

  it("both accounts have linked identities already", async () => {
    const { world: at, app: known } = await linkable();
    for (const id of ["partners", "guests"]) await at.connection(id);
    await at.put("linking-rules/all", { connections: ["customers", "staff", "partners", "guests"] });
    pass(11);
    const one = new Browser("one");
    await proveBoth(at, one, "one", ["staff", "guests"]);
    await one.submit("link");
    const two = new Browser("two");
    const home = await subjectBy(known, two, "customers");
    await proveBoth(at, two, "two", ["customers", "partners"]);
    await two.submit("link");
    await proveBoth(at, two, "one", ["customers", "staff"]);
    expect([two.page.status, two.title]).toEqual(ENDED);
    expect(await reasons(at, home)).toEqual(["staff: has_identities"]);
  });

  it("what two tabs decide at once is decided by the object: one identity of a connection, one account of an identity", async () => {
    const { world: at, app: known } = await linkable();
    const home = await subjectBy(known, "races", "customers");
    const object = (subject: string) => env.SUBJECT.getByName(`${at.id}/${subject}`);
    const about = (subject: string) => ({ workspace: at.id, subject, request_id: "r" });
    const rules = [{ id: "both", connections: ["customers", "staff"], not_before: 0 }];
    const proven = (connection: string, subject: string, link: string) =>
      object(home).adopt({ connection, subject, issuer: "i", link, visitor: "v" as never }, rules);
    const refused = (reason: string) => ({ as: "refused", reason });
    expect(await proven("staff", "one", "l1")).toEqual({ as: "adopted", link: "l1" });
    expect(await proven("staff", "one", "l2")).toEqual({ as: "adopted", link: "l1" });
    expect(await proven("staff", "two", "l3")).toEqual(refused("taken"));
    expect(await proven("customers", "two", "l3")).toEqual(refused("taken"));
    expect(await proven("partners", "two", "l3")).toEqual(refused("no_rule"));
    const to = (link: string) => ({ subject: home, link });
    expect(await object("one").giveWay(about("one"), to("l1"), false)).toEqual({
      as: "gave way",
      link: "l1",
    });
    expect(await object("one").giveWay(about("one"), to("l1"), false)).toEqual({
      as: "gave way",
      link: "l1",
    });
    expect(await object("one").giveWay(about("one"), to("l9"), true)).toEqual(refused("elsewhere"));
    expect(await object(home).giveWay(about(home), to("l9"), true)).toEqual(refused("has_identities"));
    // A pointer of an earlier link leads nowhere, and neither does one of another identity.
    const holds = (identity: string, link: string) =>
      object(home).holds(about(home), "staff", { identity, link }, rules);
    expect(await holds("one", "l1")).toBe(true);
    expect(await holds("one", "l0")).toBe(false);
    expect(await holds("two", "l1")).toBe(false);
  });

  it("apps know the account that would be closed and nobody was asked; the account that stays is gone", async () => {
    const { world: at, app: known } = await linkable();
    const [home, alone] = [await subjectBy(known, "a", "customers"), await subjectBy(known, "a", "staff")];
    const object = (subject: string) => env.SUBJECT.getByName(`${at.id}/${subject}`);
    const about = { workspace: at.id, subject: alone, request_id: "r" };
    const to = { subject: home, link: "l" };
    expect(await object(alone).giveWay(about, to, false)).toEqual({ as: "refused", reason: "in_use" });
    const proven = { connection: "staff", subject: alone, issuer: "i", link: "l", visitor: "v" as never };
    expect(await object("nobody").adopt(proven, [])).toEqual({ as: "refused", reason: "gone" });

    // Both steps, where an app came to know the other account after the person was asked.
    const broker = {
      workspace: { linking_rules: [{ id: "both", connections: ["customers", "staff"], not_before: 0 }] },
      subject: object,
      about: (subject: string) => ({ ...about, subject }),
    };
    expect(await link(broker as never, home, proven, false)).toBe("in_use");
    expect((await object(alone).standing()).linked_to).toBeUndefined();
  });
});
