/** Rows that one sign-in writes: what the platform bills most (design §4, README *What it costs*). */
import { beforeAll, beforeEach, afterEach, expect, it, vi } from "vitest";
import { Browser } from "../browser.ts";
import { Rows } from "../../src/store/rows.ts";
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
  await app.signIn(ada);
  written.splice(0);
  await app.signIn(ada);
  const [atCallback, atToken] = [
    ["session", "lineage", "outbox", "grant", "outbox"],
    ["grant", "outbox", "release"],
  ];
  expect(written).toEqual([...atCallback, ...atToken]);
});
