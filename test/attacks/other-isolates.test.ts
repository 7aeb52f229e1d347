/** A change made through another isolate (threat 26): nothing tells this one but the head that it asks for (design §4, Freshness). */
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ORIGIN } from "../bindings.ts";
import { pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { get } from "../raw.ts";
import { APP, makeWorld, random, type World } from "../world.ts";
import { BY_TEST } from "../terms.ts";

const { via, calls } = counting();
let world: World;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  await world.client("known");
});

/** The head was asked for in this very second. */
beforeEach(async () => {
  pass(11);
  expect(await opens("known")).toBe(303);
  calls.splice(0);
});

async function opens(client_id: string): Promise<number> {
  const url = new URL(`${world.issuer}/oauth2/authorize`);
  const params = { client_id, redirect_uri: APP, response_type: "code", scope: "openid" };
  url.search = new URLSearchParams(params).toString();
  return (await get(url, {}, via)).status;
}

const asked = () => calls.filter((call) => call === "WORKSPACE.read").length;

type Authority = ReturnType<typeof env.WORKSPACE.getByName>;

/** What an isolate far away does: the authority takes the change, and KV here does not show it yet. */
async function elsewhere(kv: string, change: (authority: Authority) => Promise<unknown>) {
  const before = await env.CONFIG.get(kv);
  await change(env.WORKSPACE.getByName(world.id));
  if (before === null) await env.CONFIG.delete(kv);
  else await env.CONFIG.put(kv, before);
}

const client = (client_id: string, more: object = {}) =>
  elsewhere(`${world.id}/client/${client_id}`, (authority) =>
    authority.put(
      "clients",
      client_id,
      JSON.stringify({
        client_name: "Far away",
        redirect_uris: [APP],
        token_endpoint_auth_method: "none",
        ...more,
      }),
      BY_TEST,
    ),
  );

describe("a client", () => {
  it("that is disabled works for ten seconds at most", async () => {
    await world.client("stopped");
    expect(await opens("stopped")).toBe(303);
    await client("stopped", { disabled: true });
    pass(9);
    expect(await opens("stopped")).toBe(303);
    pass(1);
    expect(await opens("stopped")).toBe(400);
  });

  it("that is new works at once where nobody asked for it before", async () => {
    await client("new");
    expect(await opens("new")).toBe(303);
  });

  it("that is new works within ten seconds where it was asked for before", async () => {
    expect(await opens("late")).toBe(400);
    await client("late");
    pass(10);
    expect(await opens("late")).toBe(303);
  });

  it("that is deleted and made again is read again each time", async () => {
    await client("reborn");
    expect(await opens("reborn")).toBe(303);
    await elsewhere(`${world.id}/client/reborn`, (authority) =>
      authority.remove("clients", "reborn", BY_TEST),
    );
    pass(10);
    expect(await opens("reborn")).toBe(400);
    calls.splice(0);
    expect([await opens("reborn"), asked()]).toEqual([400, 0]);
    await client("reborn");
    pass(10);
    expect(await opens("reborn")).toBe(303);
  });
});

describe("names that do not exist", () => {
  it("ask the authority once each, and are remembered as absent", async () => {
    for (let n = 0; n < 3; n++) expect(await opens("nobody")).toBe(400);
    expect(asked()).toBe(1);
  });

  it("ask it twenty times a second and isolate, however many they are (threat 25)", async () => {
    for (let n = 0; n < 25; n++) expect(await opens(`made-up-${n}`)).toBe(400);
    expect(asked()).toBe(20);
    pass(1);
    expect(await opens("made-up-25")).toBe(400);
    expect(asked()).toBe(21);
  });

  it("past that are not remembered as absent: one that is real works a second later", async () => {
    for (let n = 0; n < 20; n++) await opens(`flood-${n}`);
    await client("drowned");
    expect(await opens("drowned")).toBe(400);
    pass(1);
    expect(await opens("drowned")).toBe(303);
  });

  it.each(["constructor", "__proto__", "toString", "system-"])(
    "and are called %s wake no object, where a workspace is meant",
    async (name) => {
      expect((await get(`${ORIGIN}/${name}/.well-known/openid-configuration`, {}, via)).status).toBe(404);
      expect(calls).toEqual([]);
    },
  );
});

it("a workspace made elsewhere answers a second later", async () => {
  const id = `far-${random()}`;
  const answers = async () => (await get(`${ORIGIN}/${id}/.well-known/openid-configuration`, {}, via)).status;
  expect(await answers()).toBe(404);
  const table = await env.CONFIG.get("system/deployment");
  await env.WORKSPACE.getByName(id).create(id);
  await env.WORKSPACE.getByName("system").enter(id, {}, BY_TEST);
  await env.CONFIG.put("system/deployment", table!);
  expect(await answers()).toBe(404);
  pass(1);
  expect(await answers()).toBe(200);
});
