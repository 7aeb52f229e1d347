/** Right assertions in wrong places (threats 3, 4, 6, 13): used twice, in another browser, at another connection, too late. */
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { told } from "../raw.ts";
import { honest, posted, type Said } from "../saml/forge.ts";
import { arrive, depart, type ForgedIdp, forgedIdp, saying } from "../saml/forged-idp.ts";
import { makeWorld, type World } from "../world.ts";

const { via, calls } = counting();
const lines: string[] = [];
let world: World;
let app: RelyingParty;
let idp: ForgedIdp;
let other: ForgedIdp;

beforeAll(async () => {
  world = await makeWorld();
  idp = await forgedIdp(world, "saml");
  other = await forgedIdp(world, "other", { settings: { idp_entity_id: idp.entity_id } });
  app = await world.client("app", { via });
});

beforeEach(() => {
  lines.splice(0);
  vi.spyOn(console, "log").mockImplementation((line: unknown) => void lines.push(String(line)));
});

const person = () => new Browser("ada", via);
const why = () => (JSON.parse(lines.at(-1) ?? "{}") as { reason?: string }).reason;
const DISTRUSTED = {
  error: "access_denied",
  error_description: "the identity provider's answer was not accepted",
};

describe("replay", () => {
  it("the same browser posts its answer a second time: it waits for nothing any more", async () => {
    const ada = person();
    const asked = await depart(ada, app, idp);
    const document = honest(saying(idp, asked), idp.by);
    await arrive(ada, idp, asked, document);
    const page = await arrive(ada, idp, asked, document);
    expect([page.status, ada.facts["Code"]]).toEqual([400, "other_browser"]);
  });

  it("with its cookie kept: the assertion was taken, in a Durable Object (CVE-2026-18967)", async () => {
    const ada = person();
    const asked = await depart(ada, app, idp);
    const name = ada.jar.names().find((cookie) => cookie.includes("-p-")) ?? "";
    const kept = ada.jar.value(name) ?? "";
    const document = honest(saying(idp, asked), idp.by);
    expect(told(await arrive(ada, idp, asked, document))["code"]).toBeDefined();
    ada.jar.set(name, kept);
    // The jar keeps what it is given as Lax, which a form of the provider's site would not bring.
    const body = new URLSearchParams({ SAMLResponse: posted(document), RelayState: asked.relay });
    calls.splice(0);
    const page = await ada.open(idp.acs, { method: "POST", body });
    expect(told(page)).toMatchObject(DISTRUSTED);
    expect(why()).toBe("replay: the assertion was used before");
    expect(calls.filter((call) => call.startsWith("SUBJECT"))).toEqual([]);
  });

  it.each<[string, (said: Said) => Partial<Said>]>([
    ["", () => ({})],
    [
      ", where only its confirmation has an end",
      ({ audience }) => ({
        conditions: `<saml:Conditions><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
      }),
    ],
  ])("in the half minute after its end, while clocks may differ%s", async (_, change) => {
    const ada = person();
    const asked = await depart(ada, app, idp);
    const name = ada.jar.names().find((cookie) => cookie.includes("-p-")) ?? "";
    const kept = ada.jar.value(name) ?? "";
    const said = saying(idp, asked);
    const document = honest({ ...said, ...change(said) }, idp.by);
    expect(told(await arrive(ada, idp, asked, document))["code"]).toBeDefined();
    pass(320);
    ada.jar.set(name, kept);
    const body = new URLSearchParams({ SAMLResponse: posted(document), RelayState: asked.relay });
    expect(told(await ada.open(idp.acs, { method: "POST", body }))).toMatchObject(DISTRUSTED);
    expect(why()).toBe("replay: the assertion was used before");
  });

  it("an ID that another connection's provider gave before is not used up: nobody can use up another's", async () => {
    for (const of of [idp, other]) {
      const ada = person();
      const asked = await depart(ada, app, of);
      const said = saying(of, asked, { assertion_id: "_same", issuer: idp.entity_id });
      expect(told(await arrive(ada, of, asked, honest(said, of.by)))["code"]).toBeDefined();
    }
  });

  it("twenty at once: one signs in", async () => {
    const ada = person();
    const asked = await depart(ada, app, idp);
    const cookie = ada.jar.header({ to: new URL(idp.acs), crossSite: true, navigation: false });
    const document = honest(saying(idp, asked), idp.by);
    const body = new URLSearchParams({ SAMLResponse: posted(document), RelayState: asked.relay }).toString();
    const headers = { cookie, "content-type": "application/x-www-form-urlencoded" };
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const response = await via(new Request(idp.acs, { method: "POST", body, headers }));
        return (await response.text()).includes("code=");
      }),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
  });
});

it("an answer to another browser: InResponseTo is of a request that this one did not make (login CSRF)", async () => {
  const [mallory, ada] = [person(), person()];
  const hers = await depart(mallory, app, idp);
  const asked = await depart(ada, app, idp);
  const page = await arrive(ada, idp, asked, honest(saying(idp, hers), idp.by));
  expect(told(page)).toMatchObject(DISTRUSTED);
  expect(why()).toBe("request: the response answers another request than this browser's");
});

it("the RelayState of another browser opens nothing", async () => {
  const hers = await depart(person(), app, idp);
  const ada = person();
  await arrive(ada, idp, hers, honest(saying(idp, hers), idp.by));
  expect(ada.facts["Code"]).toBe("other_browser");
});

it("an answer for one connection at the address of another, of the same provider (mix-up)", async () => {
  const ada = person();
  const asked = await depart(ada, app, idp);
  await arrive(ada, other, asked, honest(saying(other, asked), idp.by));
  expect(ada.facts["Code"]).toBe("other_browser");
  const next = await depart(ada, app, other);
  const page = await arrive(ada, other, next, honest(saying(idp, next), idp.by));
  expect(told(page)).toMatchObject(DISTRUSTED);
  expect(why()).toBe("destination: the response was sent to another address");
});

it("a pending cookie that is Lax does not come with the provider's form, so nothing is accepted", async () => {
  const ada = person();
  const asked = await depart(ada, app, idp);
  const name = ada.jar.names().find((cookie) => cookie.includes("-p-")) ?? "";
  ada.jar.set(name, ada.jar.value(name) ?? "");
  await arrive(ada, idp, asked, honest(saying(idp, asked), idp.by));
  expect(ada.facts["Code"]).toBe("other_browser");
});

it("a connection that was switched off while the person was away lets nobody in (Keycloak CVE-2026-3009)", async () => {
  const off = await forgedIdp(world, "off");
  const ada = person();
  const asked = await depart(ada, app, off);
  await world.patch("connections/off", { disabled: true });
  const page = await arrive(ada, off, asked, honest(saying(off, asked), off.by));
  expect(told(page)).toMatchObject({
    error: "access_denied",
    error_description: "this way to sign in is switched off",
  });
});

it("nobody asked: an answer that a provider began itself is refused", async () => {
  const ada = person();
  await arrive(ada, idp, { relay: "" }, honest(saying(idp, { id: "" }), idp.by));
  expect(ada.facts["Code"]).toBe("other_browser");
  expect(ada.jar.names()).toEqual([]);
});

it("a response by the redirect binding, where a few bytes become many, is not looked at (SAML Profiles §4.1.2)", async () => {
  const ada = person();
  const asked = await depart(ada, app, idp);
  const document = honest(saying(idp, asked), idp.by);
  const bomb = await deflated("<".repeat(10_000_000));
  expect(bomb.length).toBeLessThan(15_000);
  for (const message of [bomb.slice(0, 8_000), await deflated(document)]) {
    const query = new URLSearchParams({ SAMLResponse: message, RelayState: asked.relay });
    await ada.open(`${idp.acs}?${query.toString()}`);
    expect(ada.page.status).toBe(405);
  }
  // The good one was not taken, either: by its own binding it still signs in.
  expect(told(await arrive(ada, idp, asked, document))["code"]).toBeDefined();
});

/** SAML Bindings §3.4.4.1 */
async function deflated(text: string): Promise<string> {
  const bytes = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return btoa(String.fromCharCode(...new Uint8Array(await new Response(bytes).arrayBuffer())));
}

it("a message of more than the endpoint takes is not read", async () => {
  const body = new URLSearchParams({ SAMLResponse: "A".repeat(70_000), RelayState: "x" }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  expect((await via(new Request(idp.acs, { method: "POST", body, headers }))).status).toBe(400);
});

it("a connection that became SAML while the person was away takes no answer that nobody asked for", async () => {
  await world.connection("turns");
  const begun = await app.begin({ idp_hint: "turns" });
  const leaving = await via(new Request(begun.url, { redirect: "manual" }));
  const [cookie = ""] = leaving.headers.getSetCookie()[0]?.split(";") ?? [];
  const relay = new URL(leaving.headers.get("location") ?? "").searchParams.get("state") ?? "";
  const turned = await forgedIdp(world, "turns", { credentials: {} });
  const unasked = honest(saying(turned, { id: "" }), turned.by);
  const body = new URLSearchParams({ SAMLResponse: posted(unasked), RelayState: relay }).toString();
  const headers = { cookie, "content-type": "application/x-www-form-urlencoded" };
  await via(new Request(turned.acs, { method: "POST", body, headers }));
  expect(why()).toBe("state: the pending sign-in has no request");
});
