/** IdP mix-up and connections chosen by somebody else (threats 1 and 2; supabase/auth #2474, Polis CWE-639, Keycloak CVE-2026-18201). */
import { beforeAll, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import { intercept } from "../intercept.ts";
import type { RelyingParty } from "../client.ts";
import { told } from "../raw.ts";
import { asked } from "../seen.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let other: World;
let app: RelyingParty;
let pools: string[];

beforeAll(async () => {
  world = await makeWorld();
  other = await makeWorld();
  pools = [await world.connection("honest"), await world.connection("evil")];
  await other.connection("foreign");
  app = await world.client("app");
});

/** Starts a sign-in and takes the answer from the provider before it reaches us. */
async function answerOf(connection: string, client = app) {
  const browser = new Browser("ada");
  const { url } = await client.begin({ idp_hint: connection });
  const callback = await intercept(browser, url);
  return { browser, callback };
}

it("every connection has a redirect URL of its own (RFC 9700 §4.4.2)", async () => {
  for (const [n, connection] of ["honest", "evil"].entries()) {
    await app.signIn(new Browser("ada"), { idp_hint: connection });
    const [last] = (await asked(pools[n]!, "/authorize")).slice(-1);
    expect(last!.params.get("redirect_uri")).toBe(`${world.issuer}/callback/${connection}`);
  }
});

it("an answer of one connection is nothing at the callback of another", async () => {
  const { browser, callback } = await answerOf("evil");
  callback.pathname = callback.pathname.replace("/evil", "/honest");
  const trips = (await asked(pools[0]!, "/token")).length;
  const page = await browser.open(callback);
  expect([page.status, browser.facts["Code"]]).toEqual([400, "other_browser"]);
  expect((await asked(pools[0]!, "/token")).length).toBe(trips);
});

it("an answer is nothing at the callback of the same connection in another workspace", async () => {
  await other.connection("honest");
  const { browser, callback } = await answerOf("honest");
  for (const name of browser.jar.names())
    browser.jar.set(name.replace(world.id, other.id), browser.jar.value(name)!);
  callback.pathname = callback.pathname.replace(world.id, other.id);
  const page = await browser.open(callback);
  expect([page.status, browser.facts["Code"]]).toEqual([400, "other_browser"]);
});

it("a callback of a connection that does not exist is a page", async () => {
  const { browser, callback } = await answerOf("honest");
  callback.pathname = callback.pathname.replace("/honest", "/nobody");
  expect((await browser.open(callback)).status).toBe(400);
});

it("idp_hint does not reach a connection of another workspace", async () => {
  const { url } = await app.begin({ idp_hint: "foreign" });
  expect(told(await new Browser("ada").open(url))).toMatchObject({
    error: "invalid_request",
    error_description: "idp_hint names no connection that can be used",
  });
});

it.each(["../honest", "honest/../evil", "HONEST", "__proto__", "constructor", "honest%00"])(
  "idp_hint %s names nothing",
  async (idp_hint) => {
    const { url } = await app.begin({ idp_hint });
    expect(told(await new Browser("ada").open(url))).toMatchObject({ error: "invalid_request" });
  },
);
