/** Outcomes of sign-ins as figures: data points for a dataset, and the same counted from the audit events. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeEach, expect, it } from "vitest";
import { subjectObject } from "../../src/store/shards.ts";
import { api, must } from "../api.ts";
import { bindings, ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import { DAY, HOUR, now, pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { get } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

interface Figures {
  readonly from: number;
  readonly to: number;
  readonly sign_ins: readonly { connection: string; outcome: string; hour: number; count: number }[];
  readonly refusals: readonly { reason: string; count: number }[];
}

let points: AnalyticsEngineDataPoint[];
let world: World;
const METRICS = { writeDataPoint: (point: AnalyticsEngineDataPoint) => void points.push(point) };
const { via, calls } = counting({ METRICS: METRICS as AnalyticsEngineDataset });

beforeEach(async () => {
  pass(HOUR - (now() % HOUR) + 60);
  world = await makeWorld();
  points = [];
});

const figures = async (query = "") =>
  (await must("GET", `workspaces/${world.id}/metrics${query}`)) as unknown as Figures;
const written = () => points.map(({ indexes, blobs, doubles }) => [...indexes!, ...blobs!, ...doubles!]);

it("signed in, resumed and refused are counted alike in both", async () => {
  await world.connection("pool", { config: { enable_stateful_ctx: true } });
  await world.connection("broken", { faults: ["token-500"], hidden: true });
  const app = await world.client("app", { via });
  const ada = new Browser("ada", via);
  const tokens = await app.signIn(ada);
  await app.signIn(ada);
  await app.signIn(new Browser("ada", via));
  await new Browser("bob", via).open((await app.begin({ idp_hint: "broken" })).url);
  await get(`${world.issuer}/oauth2/authorize?client_id=nobody`, {}, via);
  const person = env.SUBJECT.getByName(subjectObject(world.id, decodeJwt(tokens.id_token!).sub!));
  await runDurableObjectAlarm(person);

  const w = world.id;
  expect(written()).toEqual([
    [w, w, "pool", "signed_in", "", "app", 1],
    [w, w, "pool", "resumed", "", "app", 1],
    [w, w, "pool", "signed_in", "", "app", 1],
    [w, w, "broken", "refused", "malformed", "app", 1],
    [w, w, "", "refused", "unknown_client", "", 1],
  ]);
  const hour = now() - (now() % HOUR);
  const counted = await figures();
  expect(
    counted.sign_ins.toSorted(
      (a, b) => a.outcome.localeCompare(b.outcome) || b.connection.localeCompare(a.connection),
    ),
  ).toEqual(
    [
      { hour, connection: "broken", outcome: "refused", count: 1 },
      { hour, connection: "", outcome: "refused", count: 1 },
      { hour, connection: "pool", outcome: "resumed", count: 1 },
      { hour, connection: "pool", outcome: "signed_in", count: 2 },
    ].toSorted((a, b) => a.outcome.localeCompare(b.outcome) || b.connection.localeCompare(a.connection)),
  );
  expect(counted.refusals.toSorted((a, b) => a.reason.localeCompare(b.reason))).toEqual([
    { reason: "malformed", count: 1 },
    { reason: "unknown_client", count: 1 },
  ]);
});

it("a stranger cannot make up a connection, a client or a reason", async () => {
  await world.connection("pool");
  const app = await world.client("app", { via });
  await new Browser("ada", via).open((await app.begin({ idp_hint: "made-up-connection" })).url);
  await get(`${world.issuer}/oauth2/authorize?client_id=made-up-client`, {}, via);
  await get(`${world.issuer}/callback/made-up?state=made-up`, {}, via);
  expect(points).toHaveLength(3);
  expect(JSON.stringify(points)).not.toContain("made-up");
});

it("from and to choose hours and days; what was before or after is left out", async () => {
  const begun = now();
  await get(`${world.issuer}/oauth2/authorize?client_id=nobody`, {}, via);
  pass(DAY);
  await get(`${world.issuer}/oauth2/authorize?client_id=nobody`, {}, via);
  pass(1);
  const total = async (query: string) =>
    (await figures(query)).refusals.reduce((sum, { count }) => sum + count, 0);
  expect(await total(`?from=${begun}&to=${now()}`)).toBe(2);
  expect(await total(`?from=${begun + 1}&to=${now()}`)).toBe(1);
  expect(await total(`?from=${begun}&to=${begun + 1}`)).toBe(1);
  expect(await total("")).toBe(1);
  expect(await total(`?from=${begun - 20 * DAY}&to=${begun}`)).toBe(0);
});

it("asks only the days that it needs, and none from before the workspace", async () => {
  const asked = async (query: string) => {
    calls.splice(0);
    const key = { authorization: `Bearer ${bindings.BOOTSTRAP_KEY}` };
    await get(`${ORIGIN}/api/workspaces/${world.id}/metrics${query}`, key, via);
    return calls.filter((call) => call === "AUDIT.figures").length;
  };
  expect(await asked(`?from=${now() - 30 * DAY}`)).toBeLessThanOrEqual(2);
  pass(9 * DAY);
  expect(await asked("")).toBeLessThanOrEqual(2);
  expect(await asked(`?from=${now() - 30 * DAY}`)).toBeGreaterThanOrEqual(9);
});

it.each([
  ["?from=yesterday", "from must be seconds since 1970"],
  ["?to=-1", "to must be seconds since 1970"],
  ["?from=20&to=10", "from must be before to"],
  ["?from=0", "from and to must be within 31 days"],
])("%s is refused", async (query, title) => {
  const answer = await api("GET", `workspaces/${world.id}/metrics${query}`);
  expect([answer.status, answer.body["title"]]).toEqual([400, title]);
});
