/** `response_mode=form_post`: the answer is a cross-site POST, and only what must come along with it does (threat 4). */
import { beforeAll, expect, it } from "vitest";
import { ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { asked } from "../seen.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
let provider: string;

beforeAll(async () => {
  world = await makeWorld();
  app = await world.client("app");
  provider = await world.oidc("form", { settings: { response_mode: "form_post" } });
  await world.oidc("query");
});

/** To the provider's page, whose form has not been sent. */
async function waiting() {
  const browser = new Browser("ada");
  const begun = await app.begin({ idp_hint: "form" });
  await browser.open(begun.url);
  const name = browser.jar.names().find((cookie) => cookie.includes("-p-"))!;
  return { browser, begun, name };
}

it("a pending cookie that were SameSite=Lax would not come along: the sign-in could not go on", async () => {
  const { browser, name } = await waiting();
  browser.jar.set(name, browser.jar.value(name)!, new URL(ORIGIN).host);
  const page = await browser.submit("continue");
  expect([page.status, browser.facts["Code"]]).toEqual([400, "other_browser"]);
});

it("only the pending cookie of such a connection is SameSite=None", async () => {
  const cookies = async (idp_hint: string) => {
    const { url } = await app.begin({ idp_hint });
    const { exports } = await import("cloudflare:workers");
    const response = await exports.default.fetch(new Request(url, { redirect: "manual" }));
    return response.headers.getSetCookie().map((line) => /SameSite=(\w+)/.exec(line)?.[1]);
  };
  expect([await cookies("form"), await cookies("query")]).toEqual([["None"], ["Lax"]]);
});

it("the answer of another browser is refused before it is in any address", async () => {
  const { browser: victim } = await waiting();
  const { browser: attacker } = await waiting();
  const stolen = attacker.page.html;
  const fields = Object.fromEntries(
    [...stolen.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]),
  );
  const before = (await asked(provider, "/token")).length;
  const page = await victim.submit("continue", fields);
  expect([page.status, victim.facts["Code"]]).toEqual([400, "other_browser"]);
  expect(page.url.search).toBe("");
  expect((await asked(provider, "/token")).length).toBe(before);
});

it("an answer that is too long for an address is refused, not cut", async () => {
  const { browser } = await waiting();
  const page = await browser.submit("continue", { code: "x".repeat(8_001) });
  expect([page.status, browser.facts["Code"]]).toEqual([400, "too_large"]);
});
