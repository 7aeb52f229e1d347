/** Audit events sent on to an operator's address: signed, in order, again until they are taken. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { auditShard } from "../../src/store/shards.ts";
import { sendOn } from "../../src/audit/webhook.ts";
import type { AuditEvent } from "../../src/audit/event.ts";
import { api, must } from "../api.ts";
import { DAY, HOUR, MINUTE, now, pass } from "../clock.ts";
import { refusedEvent } from "../refused-event.ts";
import { makeWorld, random, type World } from "../world.ts";

interface Received {
  readonly signature: string;
  readonly body: string;
  readonly status: number;
}
type Sent = { readonly id: string; readonly type: string; readonly [member: string]: unknown };

let world: World;
let hook: string;
let secret: string;

beforeEach(async () => {
  // Each test begins with a day, because each day has an object of its own.
  pass(DAY - (now() % DAY) + MINUTE);
  world = await makeWorld();
  hook = `https://hooks.example.com/${random()}`;
  const made = await must("PATCH", `workspaces/${world.id}`, { audit_webhook: { url: hook } });
  secret = made["audit_webhook_secret"] as unknown as string;
});

const object = (at = now()) => env.AUDIT.getByName(auditShard(world.id, at));
const received = async () => (await fetch(hook)).json<Received[]>();
const answers = (status: number) => fetch(hook, { method: "PUT", body: String(status) });
/** What the receiver took, in the order in which it came. */
const taken = async () =>
  (await received())
    .filter(({ status }) => status < 300)
    .flatMap(({ body }) => (JSON.parse(body) as { events: Sent[] }).events);

let made = 0;
async function happen(count: number, more: Partial<AuditEvent> = {}): Promise<string[]> {
  const events = Array.from({ length: count }, () => ({
    id: `${now()}-${String(made++).padStart(6, "0")}`,
    event: { ...refusedEvent(world.id), ...more } as AuditEvent,
  }));
  // As the senders do it, and often twice.
  for (let n = 0; n < count; n += 10) {
    const some = events.slice(n, n + 10);
    await object().append(some);
    await object().append(some);
    pass(1);
  }
  return events.map(({ id }) => id);
}

async function settle(seconds: number, at = now()): Promise<void> {
  pass(seconds);
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  await runDurableObjectAlarm(object(at));
}

/** The receiver's few lines, as a stranger to this code would write them. */
async function isGenuine({ signature, body }: Received, key: string): Promise<boolean> {
  const [, time, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature)!;
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", encoder.encode(key), algorithm, false, ["verify"]);
  const bytes = Uint8Array.from(mac!.match(/../g)!, (pair) => parseInt(pair, 16));
  return crypto.subtle.verify("HMAC", imported, bytes, encoder.encode(`${time}.${body}`));
}

describe("the setting", () => {
  it("makes a secret, shows it once, and never again", async () => {
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const { body } = await api("GET", `workspaces/${world.id}`);
    expect(body["audit_webhook"]).toEqual({ url: hook });
    expect(JSON.stringify(body)).not.toContain(secret);
    const again = await must("PATCH", `workspaces/${world.id}`, { name: "Renamed" });
    expect(JSON.stringify(again)).not.toContain(secret);
    const { keys } = await env.CONFIG.list({ prefix: `${world.id}/` });
    for (const { name } of keys) expect(await env.CONFIG.get(name)).not.toContain(secret);
  });

  it("keeps the secret with another name or address, and takes an operator's own", async () => {
    await must("PATCH", `workspaces/${world.id}`, { audit_webhook: { url: `${hook}-2` } });
    hook = `${hook}-2`;
    await happen(1);
    await settle(10);
    expect(await isGenuine((await received())[0]!, secret)).toBe(true);
    const own = "an-operators-own-secret-of-more-than-32-characters";
    await must("PATCH", `workspaces/${world.id}`, { audit_webhook_secret: own });
    pass(11);
    await happen(1);
    await settle(10);
    const [, last] = await received();
    expect([await isGenuine(last!, own), await isGenuine(last!, secret)]).toEqual([true, false]);
  });

  it.each([
    "http://hooks.example.com/",
    "https://10.0.0.1/",
    "https://[fd00::1]/",
    "https://localhost/",
    "http://127.0.0.1:3000/",
    "https://metadata.google.internal/",
    "https://user:pass@hooks.example.com/",
    "javascript:alert(1)",
    "hooks.example.com",
  ])("%s is refused when it is saved", async (url) => {
    const { status, body } = await api("PATCH", `workspaces/${world.id}`, { audit_webhook: { url } });
    expect([status, body["errors"]]).toEqual([
      422,
      [{ path: "audit_webhook.url", message: "must be a public https URL" }],
    ]);
  });

  it("a short secret, and one without an address, are refused", async () => {
    const patch = (change: object) => api("PATCH", `workspaces/${world.id}`, change);
    expect((await patch({ audit_webhook_secret: "short" })).status).toBe(422);
    expect(
      (await patch({ audit_webhook: null, audit_webhook_secret: "x".repeat(40) })).body["errors"],
    ).toEqual([{ path: "audit_webhook_secret", message: "needs audit_webhook" }]);
  });
});

describe("a batch", () => {
  it("has a quarter of a million characters at most, and one event that is larger alone", async () => {
    const ids = [];
    for (const size of [100_000, 100_000, 100_000, 300_000, 10])
      ids.push(...(await happen(1, { reason: "x".repeat(size) } as never)));
    await settle(10);
    expect((await taken()).map(({ id }) => id)).toEqual(ids);
    const sizes = (await received()).map(({ body }) => Math.floor(body.length / 100_000));
    expect(sizes).toEqual([2, 1, 3, 0]);
  });

  it("is JSON in order, with ids, and signed with time and secret", async () => {
    const ids = await happen(5);
    await settle(10);
    const [batch, ...rest] = await received();
    expect(rest).toEqual([]);
    expect(await isGenuine(batch!, secret)).toBe(true);
    expect(await isGenuine(batch!, `${secret}x`)).toBe(false);
    expect(await isGenuine({ ...batch!, body: batch!.body.replace("test", "rest") }, secret)).toBe(false);
    const [, time] = /^t=(\d+)/.exec(batch!.signature)!;
    expect(Number(time)).toBe(now());
    expect((await taken()).map(({ id }) => id)).toEqual(ids);
    expect((await taken())[0]).toEqual({
      id: ids[0],
      type: "refused",
      at: expect.any(Number) as number,
      workspace: world.id,
      where: "test",
      error: "none",
      reason: "a test",
    });
  });

  it("has a hundred events at most, and several follow each other", async () => {
    const ids = await happen(230);
    await settle(10);
    const sizes = (await received()).map(({ body }) => (JSON.parse(body) as { events: [] }).events.length);
    expect(sizes).toEqual([100, 100, 30]);
    expect((await taken()).map(({ id }) => id)).toEqual(ids);
  });

  it("what a person did arrives, and nothing is sent of workspaces without an address", async () => {
    const other = world;
    await must("PATCH", `workspaces/${other.id}`, { audit_webhook: null });
    pass(11);
    await happen(3);
    await settle(10);
    expect(await received()).toEqual([]);
  });
});

it("what waited when the address was taken away is not sent when there is one again", async () => {
  await answers(503);
  await happen(2);
  await settle(10);
  await must("PATCH", `workspaces/${world.id}`, { audit_webhook: null });
  await settle(30);
  await answers(204);
  await must("PATCH", `workspaces/${world.id}`, { audit_webhook: { url: hook } });
  pass(11);
  const ids = await happen(1);
  await settle(60);
  expect((await taken()).filter(({ type }) => type === "refused").map(({ id }) => id)).toEqual(ids);
});

describe("a receiver that is down", () => {
  it("is tried again after 10 s, 1 min, 10 min, 1 h and then every hour; once up it has everything once, in order", async () => {
    await answers(503);
    const ids = await happen(3);
    await settle(10);
    expect(await received()).toHaveLength(1);
    let tries = 1;
    for (const delay of [10, MINUTE, 10 * MINUTE, HOUR, HOUR, HOUR]) {
      await settle(delay - 3);
      expect(await received()).toHaveLength(tries);
      await settle(4);
      expect(await received()).toHaveLength(++tries);
      // What happens meanwhile does not bring the next try forward.
      ids.push(...(await happen(1)));
    }
    await answers(204);
    await settle(HOUR + 1);
    expect((await taken()).map(({ id }) => id)).toEqual(ids);
    await settle(HOUR);
    expect(await received()).toHaveLength(tries + 1);
  });

  it("one that goes down between two batches gets the rest, soon, and nothing twice", async () => {
    await answers(503);
    const ids = await happen(150);
    await settle(10);
    await settle(11);
    // After two failures the next one would wait for ten minutes, were nothing taken in between.
    await answers(204);
    let calls = 0;
    const real = globalThis.fetch;
    vi.spyOn(globalThis, "fetch").mockImplementation((input, init) =>
      new Request(input).url === hook && init?.method === "POST" && ++calls === 2
        ? Promise.reject(new TypeError("connection lost"))
        : real(input, init),
    );
    await settle(MINUTE + 1);
    expect(await taken()).toHaveLength(100);
    await settle(11);
    expect((await taken()).map(({ id }) => id)).toEqual(ids);
  });

  it("a redirect is a failure and is not followed", async () => {
    await answers(302);
    await happen(1);
    await settle(10);
    expect((await received()).map(({ status }) => status)).toEqual([302]);
  });

  it("after a day what waited is given up, and what is new goes on", async () => {
    await answers(500);
    await happen(2);
    const begun = now();
    for (let hour = 0; hour < 27; hour++) await settle(HOUR, begun);
    await answers(204);
    await settle(HOUR + 1, begun);
    expect(await taken()).toEqual([]);
    const ids = await happen(1);
    await settle(10);
    expect((await taken()).map(({ id }) => id)).toEqual(ids);
  });

  it("the next day waits for it, so that days come in order", async () => {
    await answers(503);
    const yesterday = now();
    const ids = await happen(2);
    await settle(10, yesterday);
    pass(DAY - (now() % DAY) + 1);
    ids.push(...(await happen(2)));
    await answers(204);
    await settle(10);
    expect(await taken()).toEqual([]);
    await settle(HOUR, yesterday);
    await settle(61);
    expect((await taken()).map(({ id }) => id)).toEqual(ids);
  });
});

it("an address that is not public is not called, whatever the record says", async () => {
  const asked: unknown[] = [];
  const tools = { now, loopback: false, fetch: (async (input: unknown) => void asked.push(input)) as never };
  for (const url of [
    "https://10.0.0.1/",
    "http://hooks.example.com/",
    "https://localhost/",
    "http://localhost:1/",
  ])
    await expect(sendOn({ url, secret }, [], tools)).rejects.toThrow(
      "only public https addresses are called",
    );
  expect(asked).toEqual([]);
});

describe("alerts", () => {
  const alerts = async () => (await taken()).filter(({ type }) => type === "alert");
  const fails = (count: number, more: object = {}) =>
    happen(count, { connection: "pool", upstream: "unreachable", ...more } as never);
  const signIn = () =>
    happen(1, {
      type: "sign_in",
      connection: "pool",
      session: "s",
      subject: "0".repeat(64),
    } as never);

  it("five failures in ten minutes are one alert, kept and sent on; a sixth is not another", async () => {
    await fails(4);
    await settle(10);
    expect(await alerts()).toEqual([]);
    await fails(2);
    await settle(10);
    expect(await alerts()).toMatchObject([
      { alert: "connection_failing", connection: "pool", failures: 5, upstream: "unreachable" },
    ]);
    const { body } = await api("GET", `workspaces/${world.id}/audit-events?type=alert`);
    expect(body["items"]).toHaveLength(1);
  });

  it("after an hour there may be another", async () => {
    await fails(5);
    pass(HOUR);
    await fails(5);
    await settle(10);
    await settle(HOUR);
    expect(await alerts()).toHaveLength(2);
  });

  it.each([
    [
      "spread over more than ten minutes",
      async () => {
        for (let n = 0; n < 6; n++) {
          await fails(1);
          pass(3 * MINUTE);
        }
      },
    ],
    [
      "with a success between them",
      async () => {
        await fails(4);
        pass(1);
        await signIn();
        pass(1);
        await fails(4);
      },
    ],
    ["that people decided", () => fails(9, { upstream: "denied" })],
    ["that strangers can cause", () => fails(9, { upstream: "state" })],
    ["of our own", () => fails(9, { upstream: undefined })],
  ])("failures %s are none", async (_, happened) => {
    await happened();
    await settle(10);
    expect(await alerts()).toEqual([]);
  });

  it.each([
    ["connections/pool", "connections", "pool"],
    ["clients/app", "clients", "app"],
  ])(
    "credentials of %s that expire are told of 30, 7 and 1 days before, and when they have",
    async (record, kind, id) => {
      await world.connection("pool");
      await world.client("app");
      const end = now() + 40 * DAY;
      await world.patch(record, { credentials_expire_at: end });
      const workspace = env.WORKSPACE.getByName(world.id);
      const told: number[] = [];
      for (const day of [1, 9, 10, 11, 32, 33, 34, 38, 39, 40, 41, 43]) {
        pass(end - (40 - day) * DAY - now());
        await runDurableObjectAlarm(workspace);
        pass(6);
        await runDurableObjectAlarm(workspace);
        const listed = await api("GET", `workspaces/${world.id}/audit-events?type=alert`);
        const items = listed.body["items"] as unknown as Sent[];
        if (items.length > told.length) told.push(day);
        for (const item of items)
          expect(item).toMatchObject({
            alert: "credentials_expiring",
            record: kind,
            record_id: id,
            expires_at: end,
          });
      }
      expect(told).toEqual([10, 33, 39, 40]);
    },
  );

  it("credentials of two that expire are told of each at its own time, and once", async () => {
    const start = now();
    for (const [id, days] of [
      ["app", 40],
      ["other", 42],
    ] as const) {
      await world.client(id);
      await world.patch(`clients/${id}`, { credentials_expire_at: start + days * DAY });
    }
    const workspace = env.WORKSPACE.getByName(world.id);
    for (const day of [9, 10, 11, 12, 33, 34, 35, 39, 40, 41, 42, 43]) {
      pass(start + day * DAY - now());
      await runDurableObjectAlarm(workspace);
      pass(6);
      await runDurableObjectAlarm(workspace);
    }
    const items: Sent[] = [];
    for (let after: string | undefined = ""; after !== undefined;) {
      const { body } = await api("GET", `workspaces/${world.id}/audit-events?type=alert&after=${after}`);
      items.push(...(body["items"] as unknown as Sent[]));
      after = body["next"] as string | undefined;
    }
    const told = items.map(
      ({ record_id, at }) => `${String(record_id)} ${Math.floor((Number(at) - start) / DAY)}`,
    );
    // A receiver knows by its id what it has: each alert is another event.
    expect(new Set(items.map(({ id }) => id)).size).toBe(8);
    expect(told.toReversed()).toEqual([
      "app 10",
      "other 12",
      "app 33",
      "other 35",
      "app 39",
      "app 40",
      "other 41",
      "other 42",
    ]);
  });
});
