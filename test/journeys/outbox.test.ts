/** What a person's object tells the directory and the audit log, after the answer and never lost (design §4, Objects). */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { DAY, now, pass } from "../clock.ts";
import { auditShard, directoryShard, subjectObject } from "../../src/store/shards.ts";
import { deliver } from "../../src/store/subject/deliver.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app");
});

async function signIn(browser: Browser, client = app) {
  const { id_token } = await client.signIn(browser);
  const { sub } = decodeJwt(id_token!);
  return { sub: sub!, object: env.SUBJECT.getByName(subjectObject(world.id, sub!)) };
}

const rowOf = async (sub: string) =>
  (await env.DIRECTORY.getByName(directoryShard(world.id, sub)).list(1_000, "", {})).find(
    ({ subject }) => subject === sub,
  )?.person;
const eventsOf = async (sub: string) =>
  (await env.AUDIT.getByName(auditShard(world.id, now())).list(1_000, "", { subject: sub })).map(
    ({ event }) => event,
  );
type Person = Awaited<ReturnType<typeof signIn>>["object"];
const waiting = (object: Person, to = "") =>
  runInDurableObject(
    object,
    (_, { storage }) =>
      storage.sql
        .exec<{ body: string }>("SELECT body FROM row WHERE kind = 'outbox'")
        .toArray()
        .filter(({ body }) => body.includes(`"to":"${to}`)).length,
  );
const alarmOf = async (object: Person) =>
  ((await runInDurableObject(object, (_, { storage }) => storage.getAlarm())) ?? Infinity) / 1_000 - now();

it("arrives thirty seconds later, once, and leaves the object", async () => {
  const { sub, object } = await signIn(new Browser("arrives"));
  expect(await waiting(object)).toBeGreaterThan(0);
  expect(await alarmOf(object)).toBe(30);
  expect(await rowOf(sub)).toBeUndefined();
  await runDurableObjectAlarm(object);
  expect(await waiting(object)).toBe(0);
  expect(await rowOf(sub)).toMatchObject({ connection: "pool", clients: ["app"], first_seen: now() });
  const types = (await eventsOf(sub)).map(({ type }) => type);
  expect(types.toSorted((a, b) => a.localeCompare(b))).toEqual(["code_issued", "code_redeemed", "sign_in"]);
  await runDurableObjectAlarm(object);
  expect(await eventsOf(sub)).toHaveLength(3);
});

it("that cannot be delivered stays, and is tried again thirty seconds later", async () => {
  const { sub, object } = await signIn(new Browser("delayed"));
  const before = await waiting(object);
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const down = { getByName: () => ({ append: async () => Promise.reject(new Error("overloaded")) }) };
  const arrived = await runInDurableObject(object, async (_, { storage }) => {
    const rows = storage.sql
      .exec<{ id: string; body: string }>("SELECT id, body FROM row WHERE kind = 'outbox'")
      .toArray()
      .map(({ id, body }) => ({ id, value: JSON.parse(body) as never }));
    return deliver({ ...env, AUDIT: down as never }, rows);
  });
  // The directory took its row; the audit log is tried again.
  expect(arrived).toHaveLength(1);
  expect(await rowOf(sub)).toBeDefined();
  expect(await eventsOf(sub)).toEqual([]);
  await runInDurableObject(object, async (instance) => {
    const real = (instance as unknown as { env: Cloudflare.Env }).env;
    Object.defineProperty(instance, "env", { value: { ...real, AUDIT: down }, configurable: true });
    await instance.alarm();
    Object.defineProperty(instance, "env", { value: real, configurable: true });
  });
  expect(await waiting(object)).toBe(before - 1);
  expect(await alarmOf(object)).toBe(30);
  await runDurableObjectAlarm(object);
  expect(await waiting(object)).toBe(0);
  // Two rows: the person's, for the directory, and one for all events of the sign-in.
  expect(before).toBe(2);
  expect(await eventsOf(sub)).toHaveLength(3);
});

it("what comes while the outbox is on its way is delivered with the next one, and not deleted with this one", async () => {
  const { sub, object } = await signIn(new Browser("meanwhile"));
  const about = { workspace: world.id, subject: sub, request_id: "meanwhile" };
  await runInDurableObject(object, async (instance) => {
    const real = (instance as unknown as { env: Cloudflare.Env }).env;
    const slow = {
      getByName: (name: string) => ({
        append: async (events: never) => {
          await env.AUDIT.getByName(name).append(events);
          instance.forget(about);
        },
      }),
    };
    Object.defineProperty(instance, "env", { value: { ...real, AUDIT: slow }, configurable: true });
    await instance.alarm();
    Object.defineProperty(instance, "env", { value: real, configurable: true });
  });
  expect(await eventsOf(sub)).toHaveLength(3);
  expect(await waiting(object)).toBe(1);
  await runDurableObjectAlarm(object);
  expect((await eventsOf(sub)).map(({ type }) => type)).toContain("contexts_erased");
});

it("events keep their order in the log, also those of one second", async () => {
  const { sub, object } = await signIn(new Browser("ordered"));
  await runDurableObjectAlarm(object);
  // The latest first.
  expect((await eventsOf(sub)).map(({ type }) => type)).toEqual(["code_redeemed", "code_issued", "sign_in"]);
});

it("a row takes sixteen events, and the next ones go to another", async () => {
  const { sub, object } = await signIn(new Browser("many"));
  const about = { workspace: world.id, subject: sub, request_id: "many" };
  const sizes = await runInDurableObject(object, (instance, { storage }) => {
    for (let times = 0; times < 20; times++) instance.forget(about);
    return storage.sql
      .exec<{ body: string }>("SELECT body FROM row WHERE kind = 'outbox' ORDER BY id")
      .toArray()
      .flatMap(({ body }) => (JSON.parse(body) as { events?: object[] }).events?.length ?? []);
  });
  expect(sizes.toSorted((a, b) => b - a)).toEqual([16, 7]);
  await runDurableObjectAlarm(object);
  expect(await eventsOf(sub)).toHaveLength(23);
});

it("what one decision tells of a hundred sessions is told in rows that can be written", async () => {
  const { sub, object } = await signIn(new Browser("robot"));
  const about = { workspace: world.id, subject: sub, request_id: "everywhere" };
  const sizes = await runInDurableObject(object, (instance, { storage }) => {
    storage.sql.exec(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99)
       INSERT INTO row SELECT kind, i, expires, body FROM row, n WHERE kind = 'session'`,
    );
    instance.signOutAll(about);
    return storage.sql
      .exec<{ body: string }>("SELECT body FROM row WHERE kind = 'outbox'")
      .toArray()
      .map(({ body }) => (JSON.parse(body) as { events?: object[] }).events?.length ?? 0);
  });
  expect(Math.max(...sizes)).toBe(16);
  // The sign-in told of three.
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(103);
});

describe("the directory hears of a person", () => {
  it("once a day at most where only time has passed", async () => {
    const ada = new Browser("daily");
    const { object } = await signIn(ada);
    expect(await waiting(object, "directory")).toBe(1);
    pass(DAY - 1);
    await signIn(ada);
    expect(await waiting(object, "directory")).toBe(1);
    pass(1);
    await signIn(ada);
    expect(await waiting(object, "directory")).toBe(2);
  });

  it("at once for a client that they never used, and for another address or name", async () => {
    const ada = new Browser("news");
    const { sub, object } = await signIn(ada);
    await signIn(ada, await world.client("second"));
    expect(await waiting(object, "directory")).toBe(2);
    ada.person.claims = { email: "other@example.com" };
    await signIn(ada);
    expect(await waiting(object, "directory")).toBe(3);
    ada.person.claims = { email: "other@example.com", preferred_username: "other" };
    await signIn(ada);
    expect(await waiting(object, "directory")).toBe(4);
    await runDurableObjectAlarm(object);
    expect((await rowOf(sub))?.clients).toEqual(["app", "second"]);
  });

  it("under a keyed hash of the address that spelling does not change, and never by the address", async () => {
    const browser = new Browser("hashed");
    const hashOf = async (email: string) => {
      browser.person.claims = { email };
      const { sub, object } = await signIn(browser);
      await runDurableObjectAlarm(object);
      return (await rowOf(sub))?.email_hash;
    };
    const hash = await hashOf("hashed@example.com");
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await hashOf(" Hashed@Example.COM ")).toBe(hash);
    expect(await hashOf("another@example.com")).not.toBe(hash);
  });

  it("and brings nobody back with a row from before they were erased, however late it arrives", async () => {
    const directory = env.DIRECTORY.getByName(`${world.id}/erased`);
    const row = { connection: "pool", issuer: "https://issuer.example", first_seen: 1, clients: [] };
    const known = async () => (await directory.list(10, "", {})).map(({ person }) => person.last_seen);
    const erased = now();
    await directory.put("someone", { ...row, last_seen: erased - 10 });
    await directory.remove("someone", erased);
    expect(await known()).toEqual([]);
    // Sent before, delivered after; and once more in the second of the erasure.
    for (const last_seen of [erased - 10, erased]) await directory.put("someone", { ...row, last_seen });
    expect(await known()).toEqual([]);
    // Whoever comes back is somebody again, also for an erasure that arrives twice.
    await directory.put("someone", { ...row, last_seen: erased + 1 });
    await directory.remove("someone", erased);
    expect(await known()).toEqual([erased + 1]);
  });

  it("and has a tombstone for as long as events name the person, and nothing after that", async () => {
    const directory = env.DIRECTORY.getByName(`${world.id}/tombstone`);
    const row = { connection: "pool", issuer: "https://issuer.example", first_seen: 1, clients: [] };
    const erased = now();
    await directory.remove("someone", erased);
    pass(400 * DAY - 1);
    await directory.put("someone", { ...row, last_seen: erased });
    expect(await directory.list(10, "", {})).toEqual([]);
    pass(1);
    await runDurableObjectAlarm(directory);
    const left = await runInDurableObject(directory, (_, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'row'").toArray(),
    );
    expect(left).toEqual([]);
  });

  it("and keeps the newest, whatever order the rows arrive in", async () => {
    const directory = env.DIRECTORY.getByName(`${world.id}/late`);
    const row = { connection: "pool", issuer: "https://issuer.example", first_seen: 1, clients: [] };
    await directory.put("someone", { ...row, last_seen: 20 });
    await directory.put("someone", { ...row, last_seen: 10 });
    expect(await directory.list(10, "", {})).toEqual([
      { subject: "someone", person: { ...row, last_seen: 20 } },
    ]);
  });
});
