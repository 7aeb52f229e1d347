/** Rows of objects end when they say, are removed later, and an object with none left is gone (design §4, Objects). */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import type { Sealed } from "../../src/crypto/seal.ts";
import type { JsonObject } from "../../src/flow.ts";
import { DAY, HOUR, now, pass } from "../clock.ts";
import { Rows } from "../../src/store/rows.ts";
import { random } from "../world.ts";

const once = () => env.ONCE.getByName(`expiry/${random()}`);
type Once = ReturnType<typeof once>;

/** What is really there, expired or not; undefined where there is not even a table. */
const stored = (object: Once) =>
  runInDurableObject(object, (_, { storage }) => {
    const tables = storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'row'").toArray();
    return tables.length === 0
      ? undefined
      : storage.sql
          .exec<{ id: string }>("SELECT id FROM row ORDER BY id")
          .toArray()
          .map(({ id }) => id);
  });
const alarmOf = async (object: Once) => {
  const at = await runInDurableObject(object, (_, { storage }) => storage.getAlarm());
  return at === null ? undefined : at / 1_000 - now();
};

it("a single-use value counts until it expires, and is new afterwards (RFC 7523 §3, jti)", async () => {
  const object = once();
  expect(await object.add("value", now() + 60)).toBe(true);
  expect(await object.add("value", now() + 60)).toBe(false);
  pass(59);
  expect([await object.add("value", now() + 60), await object.has("value")]).toEqual([false, true]);
  pass(1);
  expect(await object.has("value")).toBe(false);
  expect(await object.add("value", now() + 60)).toBe(true);
});

it("one alarm tidies up, an hour later at the earliest and never before anything has expired", async () => {
  const object = once();
  await object.add("soon", now() + 60);
  expect(await alarmOf(object)).toBe(HOUR);
  await object.add("late", now() + 5 * HOUR);
  expect(await alarmOf(object)).toBe(HOUR);
  pass(HOUR);
  await runDurableObjectAlarm(object);
  expect(await stored(object)).toEqual(["late"]);
  expect(await alarmOf(object)).toBe(4 * HOUR);
});

it("an object whose last row expired keeps nothing, and can be used again", async () => {
  const object = once();
  await object.add("last", now() + 60);
  pass(HOUR);
  await runDurableObjectAlarm(object);
  expect([await stored(object), await alarmOf(object)]).toEqual([undefined, undefined]);
  expect(await object.add("last", now() + 60)).toBe(true);
  expect(await stored(object)).toEqual(["last"]);
});

it("a list shows what has not expired, in order and up to its limit", async () => {
  const listed = await runInDurableObject(once(), (_, state) => {
    const rows = new Rows<{ a: number; b: number }>(state);
    rows.put("a", "2", 2, now() + 60);
    rows.put("a", "1", 1, now() + 60);
    rows.put("a", "0", 0, now());
    rows.put("b", "3", 3, now() + 60);
    return [rows.list("a"), rows.list("a", 1)].map((found) => found.map(({ id }) => id));
  });
  expect(listed).toEqual([["1", "2"], ["1"]]);
});

it("of each script the latest twenty executions are kept for a day, whatever others do", async () => {
  const audit = env.AUDIT.getByName(`expiry/${random()}`);
  const record = async (script: string, said: string) => {
    await audit.recordExecution(script, said as Sealed<JsonObject>);
    pass(1);
  };
  await record("a", "of another");
  for (let n = 1; n <= 22; n++) await record("script", String(n));
  await record("script-2", "of one that begins alike");
  const latest = Array.from({ length: 20 }, (_, n) => String(22 - n));
  expect(await audit.executions("script")).toEqual(latest);
  expect(await audit.executions("a")).toEqual(["of another"]);
  pass(DAY - 3);
  expect(await audit.executions("script")).toEqual(["22"]);
  pass(1);
  expect(await audit.executions("script")).toEqual([]);
});
