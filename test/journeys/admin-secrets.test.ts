/** Secrets are written, shown once at most, and never again anywhere. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { auditShard } from "../../src/store/shards.ts";
import { api, must, problem } from "../api.ts";
import { Browser } from "../browser.ts";
import { now } from "../clock.ts";
import { basic, post } from "../raw.ts";
import { asked } from "../seen.ts";
import { makeWorld, random, SECRET } from "../world.ts";

const world = await makeWorld();
const at = (record: string) => `workspaces/${world.id}/${record}`;
const UPSTREAM = "an-upstream-secret-that-must-not-be-seen";
const robot = { client_name: "Robot", grant_types: ["client_credentials"] };
const connection = {
  name: "Pool",
  method: "cognito",
  settings: { pool_id: "eu-central-1_Pool0x", region: "eu-central-1", client_id: "app" },
};

const works = async (id: string, secret: string) =>
  (await post(`${world.issuer}/oauth2/token`, { grant_type: "client_credentials" }, basic(id, secret)))
    .status;

it("a secret that is made here is in the first answer only, and works", async () => {
  const made = await must("POST", at("clients"), robot);
  const [id, secret] = [String(made["client_id"]), String(made["client_secret"])];
  expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await works(id, secret)).toBe(200);
  for (const [method, body] of [
    ["GET"],
    ["PUT", { ...robot, client_name: "New" }],
    ["PATCH", { scope: "openid" }],
  ] as const)
    expect(await must(method, at(`clients/${id}`), body)).not.toHaveProperty("client_secret");
  expect(await works(id, secret)).toBe(200);
});

it("a secret that an operator brings is never shown, and must be long", async () => {
  const brought = await must("PUT", at("clients/brings"), { ...robot, client_secret: SECRET });
  expect(brought).not.toHaveProperty("client_secret");
  expect(await works("brings", SECRET)).toBe(200);
  const short = await api("PUT", at("clients/brings"), { ...robot, client_secret: "x".repeat(31) });
  expect(problem(short)).toEqual([422, "the record is not valid", "client_secret"]);
  const hash = await api("PATCH", at("clients/brings"), { client_secret_hash: "x".repeat(43) });
  expect(problem(hash)).toEqual([422, "the record is not valid", "client_secret_hash"]);
});

it("null asks for a new secret, which ends the old one", async () => {
  const { client_secret } = await must("PATCH", at("clients/brings"), { client_secret: null });
  expect(await works("brings", SECRET)).toBe(401);
  expect(await works("brings", String(client_secret))).toBe(200);
});

it("credentials of a connection stay when they are left out, and go with null", async () => {
  const stored = async () => JSON.stringify(await env.CONFIG.get(`${world.id}/connection/pool`, "json"));
  await must("PUT", at("connections/pool"), { ...connection, credentials: { client_secret: UPSTREAM } });
  const sealed = await stored();
  // RFC 6749 §2.3.1: form-encoded, which leaves letters and digits alone.
  const encoded = UPSTREAM.replaceAll("-", "%2D");
  await must("PUT", at("connections/pool"), connection);
  await must("PATCH", at("connections/pool"), { name: "Renamed" });
  expect(await authentication()).toBe(`Basic ${btoa(`app:${encoded}`)}`);
  await must("PATCH", at("connections/pool"), { credentials: null });
  expect(await authentication()).toBe("none");
  expect(sealed).not.toContain(UPSTREAM);
});

describe("one credential of several", () => {
  const set = async () => (await must("GET", at("connections/several")))["credentials_set"];
  const several = {
    ...connection,
    method: "oidc",
    settings: { issuer_url: `https://${random()}.op.example.com`, client_id: "app" },
    credentials: { client_secret: UPSTREAM, private_key: "a private key" },
  };
  beforeEach(async () => {
    await must("PUT", at("connections/several"), several);
    expect(await set()).toEqual(["client_secret", "private_key"]);
  });

  it.each(["PUT", "PATCH"])("that is set by %s leaves the others as they are", async (method) => {
    const change = { credentials: { client_secret: `${UPSTREAM}-2` } };
    await must(method, at("connections/several"), method === "PUT" ? { ...several, ...change } : change);
    expect(await set()).toEqual(["client_secret", "private_key"]);
  });

  it.each(["PUT", "PATCH"])("that is null by %s goes alone", async (method) => {
    const change = { credentials: { private_key: null } };
    await must(method, at("connections/several"), method === "PUT" ? { ...several, ...change } : change);
    expect(await set()).toEqual(["client_secret"]);
  });

  it("is not carried to another kind of provider, which has no place for it", async () => {
    await must("PUT", at("connections/several"), { ...connection, credentials: { client_secret: UPSTREAM } });
    expect(await set()).toEqual(["client_secret"]);
  });

  it.each([["a text"], [1], [["list"]]])("credentials that are %j are refused", async (credentials) => {
    const { status } = await api("PUT", at("connections/several"), { ...several, credentials });
    expect(status).toBe(422);
  });
});

it("none is in lists, audit events, KV or the log; that one changed is in the audit", async () => {
  const lines: string[] = [];
  vi.spyOn(console, "log").mockImplementation((...said) => void lines.push(JSON.stringify(said)));
  const made = await must("POST", at("clients"), robot);
  await must("PUT", at("connections/seen"), { ...connection, credentials: { client_secret: UPSTREAM } });
  await must("PATCH", at("connections/seen"), { credentials: { client_secret: `${UPSTREAM}-2` } });
  await must("DELETE", at("connections/seen"));
  await runDurableObjectAlarm(env.WORKSPACE.getByName(world.id));
  const events = await env.AUDIT.getByName(auditShard(world.id, now())).list(1_000, "", {});
  const keys = (await env.CONFIG.list({ prefix: `${world.id}/` })).keys;
  const seen = [
    ...lines,
    JSON.stringify(events),
    JSON.stringify(await must("GET", at("clients"))),
    JSON.stringify(await must("GET", at("connections"))),
    JSON.stringify(await must("GET", at("audit-events?limit=200"))),
    ...(await Promise.all(keys.map(({ name }) => env.CONFIG.get(name)))),
  ].join("\n");
  for (const secret of [String(made["client_secret"]), SECRET, UPSTREAM]) expect(seen).not.toContain(secret);
  const changes = events.flatMap(({ event }) =>
    event.type === "configuration_changed" && event.record_id === "seen" ? [event.changes] : [],
  );
  expect(changes[1]).toMatchObject({ credentials: {} });
  expect(JSON.stringify(changes)).not.toMatch(/"credentials":\{[^}]/);
});

/** How a sign-in authenticates at the provider. */
async function authentication(): Promise<string> {
  const app = await world.client("asks");
  await app.signIn(new Browser("ada"));
  return (await asked("eu-central-1_Pool0x", "/token")).at(-1)?.seen.authorization ?? "none";
}
