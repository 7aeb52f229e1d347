/** IdP mix-up between two generic connections: the code of one is given to the other (threat 1; RFC 9700 §4.4). */
import { beforeAll, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { intercept } from "../intercept.ts";
import { told } from "../raw.ts";
import { asked } from "../seen.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
let honest: string;

beforeAll(async () => {
  world = await makeWorld();
  honest = await world.oidc("honest");
  await world.oidc("evil");
  app = await world.client("app");
});

it("callback of A with the code of B: A's provider does not know it, and nobody is signed in", async () => {
  const browser = new Browser("ada");
  const victim = await app.begin({ idp_hint: "honest" });
  const callback = await intercept(browser, victim.url);
  const stranger = new Browser("eve");
  const theirs = await intercept(stranger, (await app.begin({ idp_hint: "evil" })).url);
  callback.searchParams.set("code", theirs.searchParams.get("code")!);
  const page = await browser.open(callback);
  expect(told(page)).toMatchObject({
    error: "server_error",
    error_description: "the identity provider refused the request",
  });
  expect(browser.jar.names()).toEqual([]);
});

it("callback of B with state and code of A: the cookie is sealed for A, and A's code stays unspent", async () => {
  const browser = new Browser("ada");
  const victim = await app.begin({ idp_hint: "honest" });
  const callback = await intercept(browser, victim.url);
  const before = (await asked(honest, "/token")).length;
  const misled = new URL(callback);
  misled.pathname = misled.pathname.replace("/honest", "/evil");
  expect((await browser.open(misled)).status).toBe(400);
  expect((await asked(honest, "/token")).length).toBe(before);
  await app.finish(await browser.open(callback), victim);
});

it("the code of the same connection that another person obtained does not fit this browser's verifier and nonce", async () => {
  const browser = new Browser("ada");
  const callback = await intercept(browser, (await app.begin({ idp_hint: "honest" })).url);
  const theirs = await intercept(new Browser("eve"), (await app.begin({ idp_hint: "honest" })).url);
  callback.searchParams.set("code", theirs.searchParams.get("code")!);
  expect(told(await browser.open(callback))).toMatchObject({ error: "server_error" });
  expect(browser.jar.names()).toEqual([]);
});

it("a connection that was disabled while the person was away lets nobody in (Keycloak CVE-2026-3009)", async () => {
  await world.oidc("closing");
  const browser = new Browser("ada");
  const callback = await intercept(browser, (await app.begin({ idp_hint: "closing" })).url);
  await world.patch("connections/closing", { disabled: true });
  expect(told(await browser.open(callback))).toMatchObject({
    error: "access_denied",
    error_description: "this way to sign in is switched off",
  });
});
