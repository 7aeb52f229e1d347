/** Mappings that never give a value: known from the configuration at once, and from sign-ins when enough of them agree. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import { silentOf } from "../../src/admin/lineage/silent.ts";
import { indexesOf, listName, yieldedOf } from "../../src/audit/yielded.ts";
import { ContextAttribute } from "../../src/config/context-attribute.ts";
import { Connection } from "../../src/connectors/index.ts";
import { must, problem } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { Operator } from "../console.ts";
import { operatorClient } from "../operators.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  for (const name of ["department", "level", "floor", "team"]) await world.put(`schema/${name}`, {});
  await world.connection("pool", {
    attributes: ["email", "nickname", "custom:department", "custom:level"].map((name) => ({
      source: "id_token",
      name,
    })),
    mappings: [
      { source: "id_token.email", target: "email" },
      { source: "id_token.nickname", target: "nickname" },
      { source: "id_token.custom:department", target: "department" },
      { source: "id_token.custom:level", target: "level" },
    ],
  });
  app = await world.client("app");
});

async function signIn(claims: Record<string, unknown> = {}) {
  const ada = new Browser("ada");
  ada.person.claims = claims;
  const { sub } = decodeJwt((await app.signIn(ada)).id_token!);
  return async () => runDurableObjectAlarm(env.SUBJECT.getByName(`${world.id}/${sub}`));
}
const silent = async () =>
  ((await must("GET", `workspaces/${world.id}/silent-mappings`)) as unknown as { items: object[] }).items;
const LEVEL = { connection: "pool", mapping: 4, source: "id_token.custom:level", target: "level" };

it("one that gave nothing in ten sign-ins is listed, one that gave a value once is not", async () => {
  for (let times = 1; times < 9; times++) await signIn();
  await (
    await signIn()
  )();
  expect(await silent()).toEqual([]);
  await (
    await signIn()
  )();
  // The standard mapping of nickname gave nothing either: it is there for providers that say it.
  expect(await silent()).toEqual([{ ...LEVEL, why: "no_value", sign_ins: 10 }]);
  const operator = await Operator.enter();
  await operator.at(world.id);
  expect(operator.attention()).toEqual([
    "The mapping of id_token.custom:level to level never gives a value.",
  ]);
  expect(operator.page.html).toContain(
    "It is mapping 4 of the connection pool. None of its 10 latest sign-ins gave one",
  );
  const link = `/admin/workspaces/${world.id}/identity-providers/pool/mappings#mapping-4`;
  expect(operator.page.html).toContain(`href="${link}"`);
  expect((await operator.at(world.id, "/identity-providers/pool/mappings")).html).toContain('id="mapping-4"');
  await (
    await signIn({ "custom:level": "7" })
  )();
  expect(await silent()).toEqual([]);
  await operator.at(world.id);
  expect(operator.attention()).toEqual([]);
});

it("what the configuration rules out is listed before anybody signed in, with why", async () => {
  const { mappings } = (await must("GET", `workspaces/${world.id}/connections/pool`)) as unknown as {
    mappings: object[];
  };
  await world.put("schema/shoe", { type: "number" });
  await world.patch("connections/pool", {
    attributes: [
      { source: "id_token", name: "custom:department" },
      { source: "userinfo", name: "team" },
      ...["email", "nickname", "custom:level"].map((name) => ({ source: "id_token", name })),
    ],
    mappings: [
      ...mappings,
      { source: "id_token.custom:department", target: "shoe", type: "string" },
      { source: "userinfo.team", target: "team" },
    ],
  });
  const why = { connection: "pool" };
  expect(await silent()).toEqual([
    { ...why, mapping: 5, source: "id_token.custom:department", target: "shoe", why: "never_fits" },
    { ...why, mapping: 6, source: "userinfo.team", target: "team", why: "userinfo_off" },
  ]);
  await world.patch("connections/pool", { disabled: true });
  expect(await silent()).toEqual([]);
});

it("is for operators who may read the events, too", async () => {
  const path = `workspaces/${world.id}/silent-mappings`;
  const all = ["workspaces:read", "connections:read", "audit:read"];
  for (const left_out of all) {
    const { api } = await operatorClient(
      all.filter((scope) => scope !== left_out),
      [world.id],
    );
    expect(problem(await api("GET", path))).toEqual([403, `this needs the scope ${left_out}`]);
  }
});

const connection = Connection.parse({
  id: "pool",
  name: "Pool",
  method: "cognito",
  settings: { pool_id: "eu-central-1_A", region: "eu-central-1", client_id: "app" },
  attributes: [{ source: "id_token", name: "a" }],
  mappings: [{ source: "id_token.a", target: "a" }],
});
const schema = [ContextAttribute.parse({ name: "a" })];
const saw = (mappings: string, id = "pool") => ({ connection: id, mappings, sign_ins: 50, yielded: [] });

it("sign-ins of another connection, or with mappings that were changed since, say nothing", () => {
  const now = listName(connection.mappings);
  expect(silentOf(connection, schema, [saw("00000000"), saw(now, "other")])).toEqual([]);
  expect(silentOf(connection, schema, [saw(now)])).toMatchObject([{ why: "no_value", sign_ins: 50 }]);
});

it("a mapping of an attribute that is not there any more never gives a value", () => {
  expect(silentOf({ ...connection, attributes: [] }, schema, [])).toMatchObject([{ why: "no_attribute" }]);
});

it.each<[number[], string]>([
  [[], ""],
  [[0], "1"],
  [[2, 0, 1, 6], "1-3,7"],
  [[4, 9, 10], "5,10-11"],
])("the places %j are %j in an event, and are read back", (indexes, yielded) => {
  const told = yieldedOf("list", new Set(indexes));
  expect(told).toEqual({ mappings: "list", yielded });
  expect(indexesOf(told!)).toEqual(indexes.toSorted((a, b) => a - b));
});

it("an event has no room for thousands of places", () => {
  expect(yieldedOf("list", new Set(Array.from({ length: 999 }, (_, at) => at * 2)))).toBeUndefined();
});
