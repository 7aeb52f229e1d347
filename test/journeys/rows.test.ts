/** Rows that one sign-in writes: what the platform bills most (design §4, README *What it costs*). */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, beforeEach, afterEach, expect, it, vi } from "vitest";
import { Browser } from "../browser.ts";
import { Rows } from "../../src/store/rows.ts";
import { subjectObject } from "../../src/store/shards.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
const written: string[] = [];

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
});
beforeEach(() => {
  const put = Object.getOwnPropertyDescriptor(Rows.prototype, "put")?.value as () => void;
  vi.spyOn(Rows.prototype, "put").mockImplementation(function (this: Rows<object>, ...given) {
    written.push(String(given[0]));
    return Reflect.apply(put, this, given);
  });
});
afterEach(() => void vi.restoreAllMocks());

it("a sign-in of a known person writes its session, grant, lineage and events, and nothing else", async () => {
  const app = await world.client("app");
  const ada = new Browser("ada");
  const { id_token } = await app.signIn(ada);
  const { sub } = decodeJwt(id_token!);
  const person = env.SUBJECT.getByName(subjectObject(world.id, sub!));
  await runDurableObjectAlarm(person);
  written.splice(0);
  await app.signIn(ada);
  const [atCallback, atToken] = [
    ["session", "lineage", "grant", "outbox"],
    ["grant", "release", "outbox"],
  ];
  expect(written).toEqual([...atCallback, ...atToken]);
  // What the callback tells and what the token endpoint tells is one row: it is deleted once.
  const outbox = await runInDurableObject(person, (_, { storage }) =>
    storage.sql.exec("SELECT id FROM row WHERE kind = 'outbox'").toArray(),
  );
  expect(outbox).toHaveLength(1);
});

it("asking an object about what it does not have leaves no database: old tokens are presented after an erasure, too", async () => {
  const subject = "e".repeat(64);
  const object = env.SUBJECT.getByName(subjectObject(world.id, subject));
  const about = { workspace: world.id, subject, request_id: "late" };
  const tables = () =>
    runInDurableObject(object, (_, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'row'").toArray(),
    );
  expect(await object.grant("none", "none.either")).toBeUndefined();
  await object.end(about, "none", "app");
  await object.signOut(about, "none");
  expect(await tables()).toEqual([]);
  await object.forget(about);
  expect(await tables()).toHaveLength(1);
  // What was to be told is told, and then nothing is left: the alarm itself does not make it anew.
  await runDurableObjectAlarm(object);
  expect(await tables()).toEqual([]);
});
