/** Google's `hd`: asking for a domain proves nothing, so the claim is required (threats 2, 9). */
import { beforeAll, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { told } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  app = await world.client("app");
  await world.oidc("google", {
    settings: {
      required_claims: { hd: ["example.com", "example.org"] },
      authorization_parameters: { hd: "*" },
    },
  });
});

async function arrive(claims: Record<string, unknown>) {
  const browser = new Browser("ada");
  browser.person.claims = claims;
  return told(await browser.open((await app.begin({ idp_hint: "google" })).url));
}

it.each(["example.com", "example.org"])("an account of %s comes in", async (hd) => {
  expect((await arrive({ hd }))["code"]).toBeDefined();
});

it.each<[string, Record<string, unknown>]>([
  ["without hd, which every personal account is", {}],
  ["of another domain", { hd: "evil.example" }],
  ["of a domain that ends alike", { hd: "notexample.com" }],
  ["whose address is of the domain but whose hd is missing", { email: "eve@example.com" }],
  ["with hd that is no text", { hd: { "example.com": true } }],
  ["with hd that is empty", { hd: "" }],
])("an account %s does not", async (_, claims) => {
  expect(await arrive(claims)).toMatchObject({
    error: "access_denied",
    error_description: "the person may not sign in here with this account",
  });
});
