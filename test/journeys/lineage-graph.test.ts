/** Data lineage as configured: the graph that the API shows, and where it says that nothing goes on. */
import { beforeAll, describe, expect, it } from "vitest";
import { API_SCOPES } from "../../src/config/api-scopes.ts";
import type { Edge, Graph, Node } from "../../src/admin/lineage/node.ts";
import { api, must, problem } from "../api.ts";
import { operatorClient } from "../operators.ts";
import { makeWorld, type World } from "../world.ts";

const ATTRIBUTES = [
  { source: "id_token", name: "custom:department", display_name: "Department" },
  { source: "access_token", name: "username" },
  { source: "userinfo", name: "https://example\\.com/groups", type: "string_array" },
  { source: "id_token", name: "profile_of", type: "object" },
];

let world: World;
let graph: Graph;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  await world.put("schema/department", { display_name: "Department" });
  await world.put("schema/level", { type: "number" });
  await world.put("schema/unused", {});
  await world.put("scopes/level", {});
  await world.put("claims/in-access", {
    name: "department",
    type: "access_token",
    source_path: "department",
  });
  await world.put("claims/level", {
    name: "level",
    type: "id_token",
    source_path: "level",
    scopes: ["level"],
  });
  await world.put("claims/nowhere", {
    name: "dept",
    type: "id_token",
    source_path: "department",
    scopes: ["not-made"],
    opaque: true,
  });
  await world.put("claims/app", {
    name: "app",
    type: "access_token",
    source_type: "client",
    source_path: "client_name",
  });
  await world.client("app");
  await world.client("robot", { grant_types: ["client_credentials"], redirect_uris: [], scope: "level" });
  await world.patch("connections/pool", {
    attributes: ATTRIBUTES,
    mappings: [
      { source: "id_token.custom:department", target: "department" },
      { source: "access_token.username", target: "department", allow_weak_decoding: true },
      { source: "id_token.custom:department", target: "level", type: "string" },
      { mode: "static", static: "pool", target: "nickname" },
    ],
  });
  graph = await read();
});

const read = async (query = "") =>
  (await must("GET", `workspaces/${world.id}/lineage${query}`)) as unknown as Graph;
const node = (id: string, of = graph): Node | undefined => of.nodes.find((one) => one.id === id);
const edge = (from: string, to: string, of = graph): Edge | undefined =>
  of.edges.find((one) => one.from === from && one.to === to);
const ends = (id: string) => node(id)?.dead_ends;

const DEPARTMENT = "attribute:pool:id_token.custom:department";

it("draws the way of a value from its source to the client", () => {
  expect(node(DEPARTMENT)).toEqual({
    id: DEPARTMENT,
    column: "attribute",
    name: "id_token.custom:department",
    display_name: "Department",
    type: "string",
    connection: "pool",
  });
  expect(edge("source:pool:id_token", DEPARTMENT)).toMatchObject({ as: "read" });
  expect(edge(DEPARTMENT, "context:department")).toMatchObject({ as: "mapped", mapping: 0, among: 2 });
  expect(edge("context:department", "claim:in-access")).toMatchObject({ as: "carried" });
  expect(edge("claim:in-access", "scope:")).toMatchObject({ as: "released" });
  expect(edge("scope:", "client:app")).toMatchObject({ as: "granted" });
  expect(edge("context:email", "claim:id_token-email")).toMatchObject({ as: "carried" });
  expect(edge("scope:email", "client:app")).toMatchObject({ as: "granted" });
});

it("says what a mapping converts, and that a constant comes from nobody", () => {
  expect(edge("attribute:pool:access_token.username", "context:department")).toMatchObject({
    converts: true,
  });
  expect(node("attribute:pool:constant.3")).toMatchObject({ name: '"pool"', connection: "pool" });
  expect(edge("attribute:pool:constant.3", "context:nickname")).toMatchObject({ mapping: 3 });
});

it("marks opaque claims, and what comes from the records of the client and of the protocol", () => {
  expect(node("claim:nowhere")).toMatchObject({ token: "id_token", opaque: true });
  expect(edge("source:record.client", "claim:app")).toMatchObject({ as: "carried" });
  expect(edge("source:protocol", "context:idp_sub")).toMatchObject({ as: "set" });
});

describe("a dead end is", () => {
  it("an attribute that nobody maps, and one of userinfo that is not fetched", async () => {
    expect(ends("attribute:pool:id_token.profile_of")).toEqual(["not_mapped"]);
    expect(ends("attribute:pool:userinfo.https://example\\.com/groups")).toEqual([
      "not_mapped",
      "userinfo_off",
    ]);
    await world.patch("connections/pool", { settings: { get_user_info: true } });
    const id = "attribute:pool:userinfo.https://example\\.com/groups";
    expect(node(id, await read())?.dead_ends).toEqual(["not_mapped"]);
  });

  it("a context attribute that nothing fills, or that no claim takes", () => {
    expect(ends("context:unused")).toEqual(["not_filled", "no_claim"]);
    expect(ends("context:email")).toEqual(["not_filled"]);
    expect(ends("context:department")).toBeUndefined();
    expect(ends("context:sub")).toBeUndefined();
  });

  it("a claim that no client may ask for, and a scope that is not there", () => {
    expect(ends("claim:nowhere")).toEqual(["nobody_may_ask"]);
    expect(ends("scope:not-made")).toEqual(["no_such_scope"]);
    // The robot has the scope, but a program gets no ID token.
    expect(ends("claim:level")).toEqual(["nobody_may_ask"]);
    expect(ends("claim:in-access")).toBeUndefined();
    expect(edge("scope:", "client:robot")).toMatchObject({ as: "granted" });
  });

  it("a mapping whose types exclude each other", () => {
    expect(edge(DEPARTMENT, "context:level")).toMatchObject({ dead_ends: ["never_fits"] });
    expect(edge(DEPARTMENT, "context:department")?.dead_ends).toBeUndefined();
  });
});

it("is narrowed to one connection and one client, and dead ends stay as the whole has them", async () => {
  await world.connection("second");
  const whole = await read();
  expect(whole.nodes.some(({ connection }) => connection === "second")).toBe(true);
  expect(node("context:email", whole)?.dead_ends).toBeUndefined();
  const first = await read("?connection=pool");
  expect(first.nodes.some(({ connection }) => connection === "second")).toBe(false);
  expect(node("context:email", first)?.dead_ends).toBeUndefined();
  const robot = await read("?client_id=robot");
  expect(robot.nodes.map(({ id }) => id)).not.toContain("client:app");
  expect(node("claim:app", robot)).toBeDefined();
  await world.remove("connections/second");
});

it("`.` maps every attribute to its own name, and the members of an object to theirs", async () => {
  await world.patch("connections/pool", {
    attributes: [
      { source: "id_token", name: "email" },
      { source: "id_token", name: "stranger" },
      { source: "id_token", name: "custom:all", type: "object" },
    ],
    mappings: [
      { source: ".", target: "." },
      { source: "id_token.custom:all", target: "." },
    ],
  });
  const now = await read();
  expect(edge("attribute:pool:id_token.email", "context:email", now)).toMatchObject({ mapping: 0 });
  expect(node("attribute:pool:id_token.stranger", now)?.dead_ends).toEqual(["not_mapped"]);
  expect(edge("attribute:pool:id_token.custom:all", "context:*", now)).toMatchObject({ mapping: 1 });
  expect(node("context:level", now)?.dead_ends).toBeUndefined();
});

it("is read by operators who may read all that it shows", async () => {
  const needed = ["workspaces:read", "connections:read", "clients:read"];
  const path = `workspaces/${world.id}/lineage`;
  const reader = await operatorClient(needed, [world.id]);
  expect((await reader.api("GET", path)).status).toBe(200);
  for (const scope of needed) {
    const rest = API_SCOPES.filter((one) => one.split(":")[0] !== scope.split(":")[0]);
    const other = await operatorClient(rest, [world.id]);
    expect(problem(await other.api("GET", path))).toEqual([403, `this needs the scope ${scope}`]);
  }
  const stranger = await operatorClient(needed, ["elsewhere"]);
  expect(problem(await stranger.api("GET", path))[0]).toBe(404);
  expect(problem(await api("POST", path))[0]).toBe(405);
});
