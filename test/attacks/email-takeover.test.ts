/** nOAuth: an e-mail address that an attacker writes into an account of theirs is nobody's identity (threat 9). */
import { beforeAll, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  await world.oidc("work");
  await world.oidc("social");
  app = await world.client("app");
});

async function subjectOf(person: string, idp_hint: string, claims: Record<string, unknown> = {}) {
  const browser = new Browser(person);
  browser.person.claims = claims;
  const { access_token } = await app.signIn(browser, { idp_hint, scope: "openid email" });
  return app.userinfo(access_token);
}

it("the same verified address by another account of the same provider is another person", async () => {
  const ada = await subjectOf("ada", "work");
  const eve = await subjectOf("eve", "work", { email: "ada@example.com", email_verified: true });
  expect(eve["email"]).toBe(ada["email"]);
  expect(eve.sub).not.toBe(ada.sub);
});

it("the same address and the same upstream subject by another connection is another person", async () => {
  expect((await subjectOf("ada", "social")).sub).not.toBe((await subjectOf("ada", "work")).sub);
});

it("a changed address leaves a person who they were", async () => {
  const before = await subjectOf("ada", "work");
  const after = await subjectOf("ada", "work", { email: "lovelace@example.com" });
  expect(after.sub).toBe(before.sub);
});
