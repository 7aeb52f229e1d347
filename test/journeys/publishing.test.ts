/** From the authority to KV: what KV refuses is noted, listed to isolates and tried again (design §4, Freshness). */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../api.ts";
import { HOUR, now, pass } from "../clock.ts";
import { Publisher } from "../../src/store/workspace/publisher.ts";
import { Versions } from "../../src/store/workspace/versions.ts";
import { makeWorld, random } from "../world.ts";
import { BY_TEST } from "../terms.ts";

const KEY = (world: { id: string }) => `${world.id}/workspace`;
const SCOPE = JSON.stringify({ display_name: "Orders" });

/** KV takes nothing until the mock is restored. */
function refusing() {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  return vi
    .spyOn(Object.getPrototypeOf(env.CONFIG) as KVNamespace, "put")
    .mockRejectedValue(new Error("KV PUT failed: 429"));
}
beforeEach(() => pass(11));

it("a change counts although KV refuses it, and reaches KV five seconds later", async () => {
  const world = await makeWorld();
  const authority = env.WORKSPACE.getByName(world.id);
  const refuse = refusing();
  expect((await api("PUT", `workspaces/${world.id}/scopes/orders`, {})).status).toBe(201);
  expect(refuse).toHaveBeenCalled();
  refuse.mockRestore();
  expect(await env.CONFIG.get(KEY(world))).not.toContain("orders");
  const due = await runInDurableObject(authority, (_, { storage }) => storage.getAlarm());
  expect(due! / 1_000 - now()).toBe(5);
  await runDurableObjectAlarm(authority);
  expect(await env.CONFIG.get(KEY(world))).toContain("orders");
});

it("the list of connections is written where it shows what changed, and not for a mapping", async () => {
  const world = await makeWorld();
  await world.connection("pool");
  const list = `${world.id}/connections`;
  const versions = async (change: object) => {
    expect((await api("PATCH", `workspaces/${world.id}/connections/pool`, change)).status).toBe(200);
    const { changed } = await env.WORKSPACE.getByName(world.id).head();
    return { list: changed[list]!, connection: changed[`${world.id}/connection/pool`]! };
  };
  const mapped = await versions({ mappings: [] });
  expect(mapped.list).toBeLessThan(mapped.connection);
  for (const change of [
    { name: "Ours" },
    { logo_uri: "https://example.com/logo.png" },
    { disabled: true },
    { hidden: true },
    { display_order: 7 },
    { discovery_settings: { domains: ["example.com"] } },
    { not_before: now() },
  ]) {
    const shown = await versions(change);
    expect(shown.list, JSON.stringify(change)).toBe(shown.connection);
  }
  expect(await env.CONFIG.get(list)).toContain('"name":"Ours"');
});

describe("the head that an isolate asks for first", () => {
  it("lists what changed in the last hour", async () => {
    const world = await makeWorld();
    const authority = env.WORKSPACE.getByName(world.id);
    pass(HOUR - 1);
    expect((await authority.head()).changed).toHaveProperty([KEY(world)]);
    pass(1);
    expect((await authority.head()).changed).toEqual({});
  });

  it("lists what KV does not have yet, however long ago it changed", async () => {
    const world = await makeWorld();
    const authority = env.WORKSPACE.getByName(world.id);
    const refuse = refusing();
    await authority.put("scopes", "orders", SCOPE, BY_TEST);
    refuse.mockRestore();
    pass(2 * HOUR);
    expect((await authority.head()).changed).toHaveProperty([KEY(world)]);
    await runDurableObjectAlarm(authority);
    expect((await authority.head()).changed).toEqual({});
  });
});

/** A publisher of a workspace's own records, to a KV of the test's. */
const publishing = (put: (key: string, value: string) => Promise<void>) =>
  runInDurableObject(env.WORKSPACE.getByName(`publisher-${random()}`), async (_, { storage }) => {
    const versions = new Versions(storage, now);
    const publisher = new Publisher(versions, { put } as never);
    versions.write("clients", "app", `{"n":1}`, ["w/client/app"]);
    const first = publisher.publish("w");
    await Promise.resolve();
    versions.write("clients", "app", `{"n":2}`, ["w/client/app"]);
    await Promise.all([first, publisher.publish("w")]);
    return versions.unpublished();
  });

describe("two changes of one record at once", () => {
  it("reach KV in their order, however slow the first write is", async () => {
    const arrived: string[] = [];
    let turn = 0;
    const left = await publishing(async (_, value) => {
      if (turn++ === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      arrived.push(value);
    });
    expect(JSON.parse(arrived.at(-1)!)).toMatchObject({ value: { n: 2 } });
    expect(left).toEqual([]);
  });

  it("leave the second to be published when it came while the first was on its way", async () => {
    const left = await runInDurableObject(
      env.WORKSPACE.getByName(`publisher-${random()}`),
      (_, { storage }) => {
        const versions = new Versions(storage, now);
        const before = versions.write("clients", "app", "{}", ["w/client/app"]);
        const after = versions.write("clients", "app", "{}", ["w/client/app"]);
        versions.published("w/client/app", before);
        const meanwhile = versions.unpublished();
        versions.published("w/client/app", after);
        return [meanwhile, versions.unpublished()];
      },
    );
    expect(left).toEqual([["w/client/app"], []]);
  });

  it("a write that fails does not take the turn of the next", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    let turn = 0;
    const left = await publishing(async () => {
      if (turn++ === 0) throw new Error("KV PUT failed: 429");
    });
    expect(left).toEqual([]);
  });
});
