/** Who a person is: connection, issuer and upstream subject, and no claim that can change (threat 9; nOAuth, Grafana CVE-2023-3128). */
import { decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app");
});

async function subject(name: string, claims: object = {}, client = app, params: Record<string, string> = {}) {
  const browser = new Browser(name);
  browser.person.claims = { ...claims };
  return decodeJwt((await client.signIn(browser, params)).id_token!).sub!;
}

it("another person with the same address, name and username is another person", async () => {
  const twin = {
    email: "ada@example.com",
    email_verified: true,
    name: "Ada Lovelace",
    "cognito:username": "ada",
  };
  expect(await subject("mallory", twin)).not.toBe(await subject("ada"));
});

it("a person who changes all of these is the same person", async () => {
  const changed = {
    email: "new@example.com",
    name: "Someone Else",
    "cognito:username": "else",
    "cognito:groups": [],
  };
  expect(await subject("ada", changed)).toBe(await subject("ada"));
});

it("the same upstream subject of another pool is another person, though the connection is the same", async () => {
  const before = await subject("ada");
  const pool_id = "eu-central-1_0another";
  await world.connection("moved", { hidden: true });
  const first = await subject("ada", {}, app, { idp_hint: "moved" });
  await world.patch("connections/moved", {
    settings: { pool_id },
    credentials: { client_secret: "another" },
  });
  const second = await subject("ada", {}, app, { idp_hint: "moved" });
  expect(new Set([before, first, second]).size).toBe(3);
  await world.remove("connections/moved");
});

it("the same person in another workspace is somebody else, under a salt of its own", async () => {
  const other = await makeWorld();
  await other.connection("pool");
  expect(await subject("ada", {}, await other.client("app"))).not.toBe(await subject("ada"));
});

it("parts of the identity cannot be shifted into each other", async () => {
  await world.connection("a", { hidden: true });
  await world.connection("a-b", { hidden: true });
  const [one, two] = [
    await subject("b-x", {}, app, { idp_hint: "a" }),
    await subject("x", {}, app, { idp_hint: "a-b" }),
  ];
  expect(one).not.toBe(two);
});

it("a sub of somebody else in the provider's mapped claims changes nothing", async () => {
  const victim = await subject("ada");
  const mallory = await subject("mallory", {
    identities: [{ userId: "sub-of-ada" }],
    preferred_username: victim,
  });
  expect(mallory).not.toBe(victim);
});
