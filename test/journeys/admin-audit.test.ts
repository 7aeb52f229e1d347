/** Every change is an audit event: who, what, before and after. Events are read in order, filtered, a page at a time. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { AuditEvent } from "../../src/audit/event.ts";
import { auditShard } from "../../src/store/shards.ts";
import { api, must } from "../api.ts";
import { DAY, now, pass } from "../clock.ts";
import { operatorClient } from "../operators.ts";
import { makeWorld, type World } from "../world.ts";

type Event = { id: string } & Record<string, unknown>;

const deliver = ({ id }: World) => runDurableObjectAlarm(env.WORKSPACE.getByName(id));

async function walk(world: World, query = "", limit = 50): Promise<Event[][]> {
  const pages: Event[][] = [];
  for (let after = ""; ;) {
    const path = `workspaces/${world.id}/audit-events?limit=${limit}&${query}&after=${after}`;
    const { items, next } = (await must("GET", path)) as unknown as { items: Event[]; next?: string };
    pages.push(items);
    if (next === undefined) return pages;
    after = next;
  }
}

describe("a change", () => {
  let world: World;
  let events: Event[];
  let robot: Awaited<ReturnType<typeof operatorClient>>;

  beforeAll(async () => {
    world = await makeWorld();
    robot = await operatorClient(["workspaces:write", "keys:write"], [world.id]);
    const scope = `workspaces/${world.id}/scopes/orders`;
    await robot.api("PUT", scope, { display_name: "Orders" });
    await robot.api("PUT", scope, { display_name: "Orders" });
    await robot.api("PATCH", scope, { display_name: "Your\norders", implicit: true });
    await robot.api("PUT", scope, { nonsense: true });
    await robot.api("DELETE", scope);
    const { items } = await must("GET", `workspaces/${world.id}/keys`);
    await robot.api(
      "POST",
      `workspaces/${world.id}/keys/${(items as unknown as { kid: string }[])[0]!.kid}/revoke`,
    );
    await deliver(world);
    events = (await walk(world)).flat().filter(({ by }) => by === `client ${robot.client_id}`);
  });

  it("is one event, in order, and what changed nothing is none", () => {
    expect(events.map(({ record, change }) => [record, change]).toReversed()).toEqual([
      ["scopes", "created"],
      ["scopes", "changed"],
      ["scopes", "removed"],
      ["keys", "revoked"],
    ]);
  });

  it("says who, what, and the members that differ with both values as JSON", () => {
    const changed = events.find(({ change }) => change === "changed")!;
    expect(changed).toMatchObject({
      type: "configuration_changed",
      by: `client ${robot.client_id}`,
      workspace: world.id,
      record: "scopes",
      record_id: "orders",
      id: expect.stringMatching(/^\d{10}-/),
      changes: {
        display_name: { before: '"Orders"', after: '"Your\\norders"' },
        implicit: { before: "false", after: "true" },
      },
    });
    expect(Object.keys(changed["changes"] as object)).toEqual(["display_name", "implicit"]);
  });

  it("has the id of the request that every answer shows", async () => {
    const answer = await api("PUT", `workspaces/${world.id}/scopes/traced`, {});
    await deliver(world);
    const request_id = answer.headers.get("x-request-id")!;
    const [found] = (await walk(world, `request_id=${request_id}`)).flat();
    expect(found).toMatchObject({ request_id, by: "bootstrap key", change: "created" });
  });

  it("of the table of workspaces is an event of system", async () => {
    await runDurableObjectAlarm(env.WORKSPACE.getByName("system"));
    const events = await env.AUDIT.getByName(auditShard("system", now())).list(1_000_000, "", {});
    const made = events
      .map(({ event }) => event)
      .filter((event) => "record_id" in event && event.record_id === world.id);
    expect(made).toMatchObject([{ record: "workspaces", change: "created", by: "bootstrap key" }]);
  });
});

describe("over many days", () => {
  let world: World;
  const days = 40;

  /** One object a day; most days have none. */
  beforeAll(async () => {
    world = await makeWorld();
    const start = now();
    pass(days * DAY);
    for (const day of [0, 1, 2, 35, 39, 40]) {
      const at = start + day * DAY;
      const events = Array.from({ length: 30 }, (_, i) => ({
        id: `${at}-${String(i).padStart(6, "0")}`,
        event: event(world, at, i),
      }));
      await env.AUDIT.getByName(auditShard(world.id, at)).append(events);
    }
  });

  const event = ({ id }: World, at: number, i: number): AuditEvent => ({
    type: "signed_out",
    at,
    workspace: id,
    subject: `subject-${i % 3}`,
    session: `${i}`,
  });

  it.each([7, 50, 200])("pages of %i tell each event once, the latest first", async (limit) => {
    const pages = await walk(world, "type=signed_out", limit);
    const ids = pages.flat().map(({ id }) => id);
    expect(ids).toHaveLength(180);
    expect(ids).toEqual([...new Set(ids)].toSorted().toReversed());
    expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(limit);
  });

  it("filters go together, and what nothing fits is an empty list", async () => {
    expect((await walk(world, "type=signed_out&subject=subject-1")).flat()).toHaveLength(60);
    expect((await walk(world, "type=signed_out&subject=nobody")).flat()).toEqual([]);
    expect((await walk(world, "subject=subject-1&client_id=app")).flat()).toEqual([]);
  });

  it("a cursor that nobody gave out is no error", async () => {
    for (const after of ["x", "999999999999", "0", "1-1-1", "%00", "-1"])
      expect((await api("GET", `workspaces/${world.id}/audit-events?after=${after}`)).status).toBe(200);
  });
});
