/** The operator's side of account linking: without a rule there is none, and a rule names connections that there are. */
import { expect, it } from "vitest";
import { mayBeOne } from "../../src/config/linking-rule.ts";
import { api, must, problem } from "../api.ts";
import { makeWorld } from "../world.ts";

const world = await makeWorld();
const at = (path: string) => `workspaces/${world.id}/${path}`;
await world.connection("customers");
await world.connection("staff");

it("a rule names two connections or more, each once, and all of them are there", async () => {
  const refused = [422, "the record is not valid", "connections"];
  for (const connections of [[], ["customers"], ["customers", "customers"], ["customers", "nowhere"]])
    expect(problem(await api("PUT", at("linking-rules/both"), { connections }))).toEqual(refused);
  expect(problem(await api("PUT", at("linking-rules/both"), {}))).toEqual(refused);
  expect((await api("GET", at("linking-rules/both"))).status).toBe(404);
});

it("holds its connections while it is there, and what rested on it does not come back with it", async () => {
  const before = Math.floor(Date.now() / 1_000);
  const rule = await must("PUT", at("linking-rules/both"), { connections: ["customers", "staff"] });
  expect(rule).toMatchObject({ id: "both", connections: ["customers", "staff"] });
  expect(rule["not_before"]).toBeGreaterThanOrEqual(before);
  const held = await api("DELETE", at("connections/staff"));
  expect([held.status, held.body["used_by"]]).toEqual([409, ["linking-rules/both"]]);
  await world.remove("linking-rules/both");
  await world.remove("connections/staff");
});

it("a rule is about every two of its connections, and about links that are not older than it says", () => {
  const rules = [
    { id: "one", connections: ["a", "b", "c"], not_before: 0 },
    { id: "two", connections: ["c", "d"], not_before: 1_000 },
  ];
  expect(mayBeOne(rules, ["a", "c"], 10)).toBe(true);
  expect(mayBeOne(rules, ["c", "d"], 1_000)).toBe(true);
  expect(mayBeOne(rules, ["c", "d"], 999)).toBe(false);
  // Two rules never add up to one.
  expect(mayBeOne(rules, ["b", "c", "d"], 2_000)).toBe(false);
  expect(mayBeOne([], ["a"], 10)).toBe(false);
});
