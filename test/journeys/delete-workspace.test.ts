/** A workspace is deleted with everything in it: told before, at once for everybody, and never to come back. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { clock, NEVER, Rows } from "../../src/store/rows.ts";
import { auditShard, directoryShard, shardOf, subjectObject } from "../../src/store/shards.ts";
import { Demolition } from "../../src/store/workspace/demolition.ts";
import { Versions } from "../../src/store/workspace/versions.ts";
import { api, must, problem } from "../api.ts";
import { Browser } from "../browser.ts";
import { HOUR, MINUTE, now, pass } from "../clock.ts";
import { linkable, proveBoth, subjectBy } from "../linking.ts";
import { operatorClient } from "../operators.ts";
import { get } from "../raw.ts";
import { makeWorld } from "../world.ts";

// Whole workspaces are made, and their objects run one after the other.
vi.setConfig({ testTimeout: 60_000 });

const BACK = [409, "a workspace of this id was deleted; the id is not given again"];

const isEmpty = (stub: DurableObjectStub) =>
  runInDurableObject<DurableObject, unknown[]>(stub as never, async (_, { storage }) => {
    const tables = storage.sql
      .exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_%' ESCAPE '\\'")
      .toArray();
    const rows = tables.some(({ name }) => name === "row")
      ? storage.sql.exec("SELECT 1 FROM row").toArray()
      : [];
    const meta = tables.some(({ name }) => name === "meta")
      ? storage.sql.exec("SELECT 1 FROM meta").toArray()
      : [];
    return [rows.length, meta.length, await storage.getAlarm()];
  });

async function peopled() {
  const world = await makeWorld();
  await world.connection("pool");
  const app = await world.client("app");
  const tokens = await app.signIn(new Browser("ada"), { scope: "openid offline_access" });
  const { sub } = await app.userinfo(tokens.access_token);
  const person = env.SUBJECT.getByName(subjectObject(world.id, sub));
  await runDurableObjectAlarm(person);
  return { world, app, tokens, sub, person, path: `workspaces/${world.id}` };
}

it("says what would be lost, and does nothing without the id", async () => {
  const { world, path, app, tokens } = await peopled();
  for (const confirm of ["", "?confirm=", "?confirm=yes", "?confirm=other"]) {
    const answer = await api("DELETE", `${path}${confirm}`);
    expect(problem(answer)).toEqual([409, "deleting a workspace cannot be undone; confirm it with its id"]);
    expect(answer.body["holds"]).toEqual({ clients: 1, connections: 1, people: 1 });
  }
  expect((await app.refresh(tokens.refresh_token!)).access_token).toBeDefined();
  expect((await get(`${world.issuer}/me`)).status).toBe(200);
});

it("everything is gone: at once for everybody, within an hour and a half from every object and from KV", async () => {
  const { world, path, sub, person } = await peopled();
  const workspace = env.WORKSPACE.getByName(world.id);
  expect((await api("DELETE", `${path}?confirm=${world.id}`)).status).toBe(202);
  expect((await get(`${world.issuer}/me`)).status).toBe(404);
  expect(problem(await api("GET", path))).toEqual([404, "there is nothing here"]);
  expect((await api("DELETE", `${path}?confirm=${world.id}`)).status).toBe(404);
  expect(await workspace.read(`${world.id}/workspace`)).toBeUndefined();

  await runDurableObjectAlarm(workspace);
  expect((await person.overview()).person).toBeDefined();
  pass(2 * MINUTE);
  for (let alarms = 0; alarms < 4; alarms++) await runDurableObjectAlarm(workspace);
  pass(HOUR);
  for (let alarms = 0; alarms < 8; alarms++) await runDurableObjectAlarm(workspace);

  const objects = [
    person,
    workspace,
    env.DIRECTORY.getByName(directoryShard(world.id, sub)),
    env.AUDIT.getByName(auditShard(world.id, now())),
  ] as const;
  for (const object of objects) expect(await isEmpty(object as never)).toEqual([0, 0, null]);
  expect((await env.CONFIG.list({ prefix: `${world.id}/` })).keys).toEqual([]);
});

it("more people, objects and keys than go at once go a part at a time, and who comes late with the second walk", async () => {
  const { world, path } = await peopled();
  const PART = 20;
  const listed = {
    connection: "pool",
    issuer: "https://idp.example.com",
    first_seen: 1,
    last_seen: 1,
    clients: [],
  };
  const directory = env.DIRECTORY.getByName(shardOf(world.id, 3));
  await runInDurableObject(directory, (object) => {
    for (let n = 0; n < PART + 1; n++) object.put(`of-many-${n}`, listed);
  });
  const keys = Array.from({ length: PART }, (_, n) => `${world.id}/client/of-many-${n}`);
  await Promise.all(keys.map((key) => env.CONFIG.put(key, "{}")));
  const today = env.AUDIT.getByName(auditShard(world.id, now()));
  const late = env.SUBJECT.getByName(subjectObject(world.id, "who-came-late"));
  await runInDurableObject(late, (_, state) => {
    new Rows<{ person: object }>(state).put("person", "self", listed, NEVER);
  });
  await must("DELETE", `${path}?confirm=${world.id}`);
  const workspace = env.WORKSPACE.getByName(world.id);
  await runInDurableObject(workspace, async (_, state) => {
    const demolition = new Demolition(new Versions(state.storage, clock), state, env, PART);
    const steps: number[] = [];
    const step = async () => steps.push(((await demolition.step()) ?? Infinity) - clock());
    await step();
    do await step();
    while (steps.at(-1) === 1);
    // Everybody in the list is gone, in parts; the second walk is an hour later.
    expect([steps.at(-1), steps.length > 3]).toEqual([HOUR, true]);
    await env.DIRECTORY.getByName(shardOf(world.id, 3)).put("who-came-late", listed);
    do await step();
    while (steps.at(-1) !== Infinity);
  });
  for (const object of [directory, late, today]) expect(await isEmpty(object as never)).toEqual([0, 0, null]);
  expect((await env.CONFIG.list({ prefix: `${world.id}/` })).keys).toEqual([]);
});

it("objects of linked identities are gone, too, which hold a pointer and are in no list", async () => {
  const { world, app } = await linkable();
  const alone = await subjectBy(app, "ada", "staff");
  const browser = new Browser("ada");
  const home = await subjectBy(app, browser, "customers");
  await proveBoth(world, browser);
  await browser.submit("link", { stays: "this" });
  const object = (subject: string) => env.SUBJECT.getByName(subjectObject(world.id, subject));
  for (const subject of [home, alone]) await runDurableObjectAlarm(object(subject));
  expect((await object(alone).standing()).linked_to?.subject).toBe(home);
  await must("DELETE", `workspaces/${world.id}?confirm=${world.id}`);
  const workspace = env.WORKSPACE.getByName(world.id);
  for (const seconds of [0, 2 * MINUTE, 0, 0, 0, HOUR, 0, 0]) {
    pass(seconds);
    await runDurableObjectAlarm(workspace);
  }
  for (const subject of [home, alone]) expect(await isEmpty(object(subject) as never)).toEqual([0, 0, null]);
});

it("its id is not given again, before and after everything is gone, by no way", async () => {
  const { world, path } = await peopled();
  await must("DELETE", `${path}?confirm=${world.id}`);
  const settings = { name: "Again" };
  expect(problem(await api("PUT", path, settings))).toEqual(BACK);
  const workspace = env.WORKSPACE.getByName(world.id);
  for (const seconds of [0, 2 * MINUTE, 0, HOUR, 0, 0, 0, 0]) {
    pass(seconds);
    await runDurableObjectAlarm(workspace);
  }
  expect(problem(await api("PUT", path, settings))).toEqual(BACK);
  expect((await get(`${world.issuer}/me`)).status).toBe(404);
});

it("a workspace whose settings changed since they were seen stays", async () => {
  const { world, path } = await peopled();
  const etag = async () => (await api("GET", path)).headers.get("etag")!;
  const before = await etag();
  await world.settings({ name: "Changed meanwhile" });
  const stale = await api("DELETE", `${path}?confirm=${world.id}`, undefined, { "if-match": before });
  expect(problem(stale)).toEqual([412, "the workspace is not the one that you saw"]);
  expect(
    (await api("DELETE", `${path}?confirm=${world.id}`, undefined, { "if-match": await etag() })).status,
  ).toBe(202);
});

it("its applications' clients in system go with it, and nobody else's", async () => {
  const { world, path } = await peopled();
  const other = await makeWorld();
  await must("PUT", "workspaces/system/features/custom_apps", { enabled: true });
  const made = [];
  for (const one of [world, other]) {
    await one.put("features/custom_apps", { enabled: true });
    await one.put("custom-apps/terms", { name: "Terms", url: "https://terms.example.com/" });
    made.push(`workspaces/system/clients/post-authn.${one.id}.terms`);
  }
  expect((await api("DELETE", `${path}?confirm=${world.id}`)).status).toBe(202);
  expect(await Promise.all(made.map(async (client) => (await api("GET", client)).status))).toEqual([
    404, 200,
  ]);
});

it("a delivery of the table that failed is made good by the object itself", async () => {
  const { world } = await peopled();
  const workspace = env.WORKSPACE.getByName(world.id);
  await workspace.demolish({ by: "test", request_id: "test" });
  await runDurableObjectAlarm(workspace);
  expect(await env.WORKSPACE.getByName("system").wasDeleted(world.id)).toBe(true);
  pass(11);
  expect((await get(`${world.issuer}/me`)).status).toBe(404);
});

it("system says who did it; system itself stays; it needs every scope of what it destroys", async () => {
  const { world, path } = await peopled();
  expect(problem(await api("DELETE", "workspaces/system?confirm=system"))).toEqual([
    409,
    "the workspace system is the deployment's own",
  ]);
  const all = ["workspaces:write", "keys:write", "subjects:write"] as const;
  for (const missing of all) {
    const robot = await operatorClient(
      all.filter((scope) => scope !== missing),
      [world.id],
    );
    expect(problem(await robot.api("DELETE", `${path}?confirm=${world.id}`))).toEqual([
      403,
      `this needs the scope ${missing}`,
    ]);
  }
  const robot = await operatorClient(all, [world.id]);
  expect((await robot.api("DELETE", `${path}?confirm=${world.id}`)).status).toBe(202);
  await runDurableObjectAlarm(env.WORKSPACE.getByName("system"));
  const { items } = await must("GET", "workspaces/system/audit-events?type=configuration_changed&limit=200");
  const told = (items as unknown as Record<string, unknown>[]).filter(
    (event) => event["record_id"] === world.id && event["change"] === "removed",
  );
  expect(told.map(({ by }) => by)).toEqual([`client ${robot.client_id}`]);
});
