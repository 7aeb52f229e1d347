/** Sealing anew under a new deployment key: whole, repeatable, and nothing is thrown away that cannot be opened now. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { openKeyring } from "../../src/crypto/keyring.ts";
import { seal } from "../../src/crypto/seal.ts";
import type { JsonObject } from "../../src/flow.ts";
import { clock } from "../../src/store/rows.ts";
import { reseal } from "../../src/store/workspace/reseal.ts";
import { put } from "../../src/store/workspace/put.ts";
import { vault } from "../../src/store/workspace/vault.ts";
import { Versions } from "../../src/store/workspace/versions.ts";
import { api } from "../api.ts";
import { bindings } from "../bindings.ts";
import { makeWorld } from "../world.ts";

const BY = { by: "test", request_id: "test" };
const K2 = `k2:${"B".repeat(43)}`;

/** In the workspace's own storage, as its object would under these keys. */
const under = (workspace: string, keys: string) =>
  runInDurableObject(env.WORKSPACE.getByName(workspace), async (_, { storage }) => {
    const versions = new Versions(storage, clock);
    return { ...(await reseal(versions, openKeyring(keys), workspace, BY)), version: versions.version };
  });

async function filled() {
  const world = await makeWorld({ audit_webhook: { url: "https://hooks.example.com/reseal" } });
  await world.connection("pool");
  await world.client("app");
  return world;
}

const EVERYTHING = ["connections/pool", "keys", "keys", "keys", "salt", `settings/`];
const named = (names: readonly string[], workspace: string) =>
  names
    .map((name) => name.replace(/^keys\/.*/, "keys").replace(workspace, ""))
    .toSorted((a, b) => (a < b ? -1 : 1));

it("every sealed value is found, and the second time there is nothing to do", async () => {
  const { id } = await filled();
  const first = await under(id, `${K2},${bindings.DEPLOYMENT_KEY}`);
  expect([named(first.sealed, id), first.unreadable]).toEqual([EVERYTHING, []]);
  const again = await under(id, K2);
  expect(again).toEqual({ under: "k2", sealed: [], unreadable: [], version: first.version });
});

it("what no key opens is named and left, so that its key can come back", async () => {
  const { id } = await filled();
  const lost = await under(id, K2);
  expect([lost.sealed, named(lost.unreadable, id)]).toEqual([[], EVERYTHING]);
  const found = await under(id, `${K2},${bindings.DEPLOYMENT_KEY}`);
  expect(named(found.sealed, id)).toEqual(EVERYTHING);
});

it("what no key opens stays as it is while the rest is sealed anew", async () => {
  const { id } = await filled();
  const foreign = await seal(openKeyring(`k9:${"C".repeat(43)}`), { purpose: "salt", workspace: id }, "salt");
  const salt = () =>
    runInDurableObject(env.WORKSPACE.getByName(id), (_, { storage }) =>
      new Versions(storage, clock).meta("salt"),
    );
  await runInDurableObject(env.WORKSPACE.getByName(id), (_, { storage }) =>
    new Versions(storage, clock).setMeta("salt", foreign),
  );
  const { sealed, unreadable } = await under(id, `${K2},${bindings.DEPLOYMENT_KEY}`);
  expect([named(sealed, id), unreadable]).toEqual([EVERYTHING.filter((name) => name !== "salt"), ["salt"]]);
  expect(await salt()).toBe(foreign);
});

it("what is written while the rest is sealed anew is not undone", async () => {
  const { id } = await filled();
  /** Another write comes right after the connections were read. */
  class Interrupted extends Versions {
    #times = 0;
    override list(...of: Parameters<Versions["list"]>) {
      const rows = super.list(...of);
      if (of[0] === "connections" && this.#times++ === 0)
        for (const { id: record, body } of rows)
          this.write("connections", record, JSON.stringify({ ...JSON.parse(body), name: "Meanwhile" }), []);
      return rows;
    }
  }
  const { sealed, pool } = await runInDurableObject(env.WORKSPACE.getByName(id), async (_, { storage }) => {
    const versions = new Interrupted(storage, clock);
    const done = await reseal(versions, openKeyring(`${K2},${bindings.DEPLOYMENT_KEY}`), id, BY);
    return { ...done, pool: JSON.parse(versions.read("connections", "pool")!.body) as JsonObject };
  });
  expect(named(sealed, id)).toEqual(EVERYTHING);
  expect(pool["name"]).toBe("Meanwhile");
});

it("under the key that everything is under already it changes nothing", async () => {
  const { id } = await filled();
  const answer = await api("POST", `workspaces/${id}/reseal`);
  expect([answer.status, answer.body]).toEqual([200, { under: "k1", sealed: [], unreadable: [] }]);
});

it("a record whose secret no key opens is not written over with none; a new secret, or none on purpose, is taken", async () => {
  const { id } = await filled();
  const stored = (kind: "connections" | "settings", record: string) =>
    runInDurableObject(env.WORKSPACE.getByName(id), (_, { storage }) =>
      new Versions(storage, clock).read(kind, record),
    );
  const write = (kind: "connections" | "settings", record: string, change: JsonObject) =>
    runInDurableObject(env.WORKSPACE.getByName(id), async (object, { storage }) => {
      const { body } = (await object.get(kind, record))!;
      const members = Object.entries(JSON.parse(body) as JsonObject);
      const shown = Object.fromEntries(members.filter(([name]) => !name.endsWith("_set")));
      const versions = new Versions(storage, clock);
      const sealer = vault(openKeyring(K2), id);
      return put(versions, sealer, id, kind, record, { ...shown, ...change }, BY);
    });
  const message =
    "cannot be kept: no key in DEPLOYMENT_KEY opens it; bring its key back, or write a new value of each, or null for none";
  for (const [kind, record, member] of [
    ["connections", "pool", "credentials"],
    ["settings", id, "audit_webhook_secret"],
  ] as const) {
    const before = await stored(kind, record);
    expect(await write(kind, record, { name: "New name" })).toEqual({
      as: "invalid",
      issues: [{ path: member, message }],
    });
    expect(await stored(kind, record)).toEqual(before);
    expect(await write(kind, record, { name: "New name", [member]: null })).toMatchObject({ as: "changed" });
  }
});

it("one new credential does not throw away the others, which no key opens now; with a word on each it is taken", async () => {
  const world = await makeWorld();
  const settings = { issuer_url: "https://idp.example.com", client_id: "us" };
  const credentials = { client_secret: "an-upstream-secret", private_key: "{}" };
  const record = { name: "Okta", method: "oidc", settings, credentials };
  await world.put("connections/okta", record);
  const write = (change: JsonObject) =>
    runInDurableObject(env.WORKSPACE.getByName(world.id), (_, { storage }) =>
      put(
        new Versions(storage, clock),
        vault(openKeyring(K2), world.id),
        world.id,
        "connections",
        "okta",
        { ...record, ...change },
        BY,
      ),
    );
  const client_secret = "another-upstream-secret";
  for (const said of [{}, { client_secret }, { private_key: null }] as JsonObject[])
    expect(await write({ credentials: said })).toMatchObject({
      as: "invalid",
      issues: [{ path: "credentials" }],
    });
  expect(await write({ credentials: { client_secret, private_key: null } })).toMatchObject({ as: "changed" });
});
