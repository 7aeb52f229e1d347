/** The bootstrap key: opens a deployment that has no operators, and a locked one as break glass. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditShard } from "../../src/store/shards.ts";
import { api, must, problem } from "../api.ts";
import { now } from "../clock.ts";
import { Operator } from "../console.ts";
import { counting } from "../counting.ts";
import { operatorClient, type OperatorClient } from "../operators.ts";
import { makeWorld } from "../world.ts";

const { via } = counting({ BOOTSTRAP: undefined! });
const world = await makeWorld();
const operators = "workspaces/system/operators";
const CLOSED = [401, "the bootstrap key is closed since there are operators; BOOTSTRAP=on opens it"];

const use = async (method = "GET") =>
  problem(await api(method, `workspaces/${world.id}`, undefined, {}, via));
const disable = async (disabled: boolean, found: readonly string[]) => {
  for (const id of found) await must("PATCH", `${operators}/${id}`, { disabled });
};

/** Of other files too: they share the deployment. */
let others: string[];
let robot: OperatorClient;

beforeAll(async () => {
  const { items } = await must("GET", `${operators}?limit=200`);
  others = (items as unknown as { id: string; disabled: boolean }[])
    .filter(({ disabled }) => !disabled)
    .map(({ id }) => id);
  await disable(true, others);
});
afterAll(() => disable(false, others));

it("opens the API until there is an operator who is enabled", async () => {
  expect(await use()).toEqual([200, undefined]);
  robot = await operatorClient(["workspaces:read"], [world.id]);
  expect(await use()).toEqual(CLOSED);
  expect((await robot.api("GET", `workspaces/${world.id}`)).status).toBe(200);
});

it("opens it again with BOOTSTRAP=on, which is what on says and nothing else", async () => {
  expect((await api("GET", `workspaces/${world.id}`)).status).toBe(200);
  for (const BOOTSTRAP of ["off", "true", "ON", ""])
    expect(
      problem(await api("GET", `workspaces/${world.id}`, undefined, {}, counting({ BOOTSTRAP }).via)),
    ).toEqual(CLOSED);
});

it("opens nothing while it is shorter than 32 random bytes are, or not set", async () => {
  const ask = (key: string | undefined) => {
    const { via: there } = counting({ BOOTSTRAP_KEY: key! });
    return api("GET", `workspaces/${world.id}`, undefined, { authorization: `Bearer ${key ?? ""}` }, there);
  };
  const unknown = [401, "this needs an access token of the system workspace, or the bootstrap key"];
  for (const key of [undefined, "", "x", "k".repeat(42)]) expect(problem(await ask(key))).toEqual(unknown);
  expect((await ask("k".repeat(43))).status).toBe(200);
});

it("opens it when the last operator was disabled or deleted", async () => {
  await disable(true, [robot.client_id]);
  expect(await use()).toEqual([200, undefined]);
  await disable(false, [robot.client_id]);
  expect(await use()).toEqual(CLOSED);
  await must("DELETE", `${operators}/${robot.client_id}`);
  expect(await use()).toEqual([200, undefined]);
});

it("every use is an event of system, once, with what it was used for and whether it was refused", async () => {
  const today = env.AUDIT.getByName(auditShard("system", now()));
  const events = () => today.list(1_000_000, "", { type: "bootstrap_used" });
  const before = new Set((await events()).map(({ id }) => id));
  await use();
  await api("GET", "workspaces", undefined, {}, via);
  await operatorClient(["workspaces:read"], [world.id]);
  await use("DELETE");
  const seen = (await events()).flatMap(({ id, event }) =>
    event.type === "bootstrap_used" && !before.has(id) ? [[event.method, event.path, event.refused]] : [],
  );
  expect(seen).toHaveLength(5);
  expect(seen).toContainEqual(["GET", `/api/workspaces/${world.id}`, false]);
  expect(seen).toContainEqual(["GET", "/api/workspaces", false]);
  expect(seen).toContainEqual(["DELETE", `/api/workspaces/${world.id}`, true]);
});

it("a page of the console is one use, by the operator's own request, though it asks the API many times", async () => {
  const today = env.AUDIT.getByName(auditShard("system", now()));
  const events = () => today.list(1_000_000, "", { type: "bootstrap_used" });
  const operator = await Operator.enter();
  const before = new Set((await events()).map(({ id }) => id));
  const { headers } = await operator.at(world.id, "/scopes");
  await operator.at(world.id, "/scopes/create");
  await operator.submit("save", { name: "orders", display_name: "Your orders" });
  const seen = (await events()).filter(({ id }) => !before.has(id)).map(({ event }) => event);
  const at = `/admin/workspaces/${world.id}/scopes`;
  const used = (method: string, path: string) =>
    seen.filter((event) => "path" in event && event.method === method && event.path === `${at}${path}`);
  expect(seen).toHaveLength(4);
  expect([used("GET", "/create"), used("GET", "/orders")]).toMatchObject([[{ refused: false }], [{}]]);
  expect(used("GET", "")).toMatchObject([{ request_id: headers.get("x-request-id") }]);
  // The change is found by the same request.
  await runDurableObjectAlarm(env.WORKSPACE.getByName(world.id));
  const { items } = await must("GET", `workspaces/${world.id}/audit-events?type=configuration_changed`);
  expect(items).toContainEqual(
    expect.objectContaining({ record_id: "orders", request_id: used("POST", "/create")[0]!.request_id }),
  );
});

it("the Overview says that the bootstrap key was used, how often, and when last", async () => {
  const operator = await Operator.enter();
  await operator.at(world.id);
  expect(operator.said("notice-title")).toContain("The bootstrap key was used.");
  expect(operator.page.html).toMatch(/In \d+\+? requests of the last 24 hours, \d+ of which were refused/);
});
