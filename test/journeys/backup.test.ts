/** Salt and signing keys survive the deployment: everybody stays who they were. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { expect, it } from "vitest";
import { api, must } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { DAY, MINUTE, now, pass } from "../clock.ts";
import type { Audit } from "../../src/store/audit.ts";
import type { Directory } from "../../src/store/directory.ts";
import { auditShard, DIRECTORY_SHARDS, shardOf, subjectObject } from "../../src/store/shards.ts";
import type { Subject } from "../../src/store/subject.ts";
import type { Workspace } from "../../src/store/workspace.ts";
import { operatorClient } from "../operators.ts";
import { APP, makeWorld, SECRET, type World } from "../world.ts";

/** The objects and KV keys of a workspace as in an empty deployment, and the workspace made anew in them. */
async function startAfresh({ id }: World, pool_id: string, subjects: readonly string[]): Promise<void> {
  const shards = Array.from({ length: DIRECTORY_SHARDS }, (_, index) => shardOf(id, index));
  const workspace = env.WORKSPACE.getByName(id);
  await empty(workspace);
  await empty(env.AUDIT.getByName(auditShard(id, now())));
  for (const shard of shards) await empty(env.DIRECTORY.getByName(shard));
  for (const subject of subjects) await empty(env.SUBJECT.getByName(subjectObject(id, subject)));
  const { keys } = await env.CONFIG.list({ prefix: `${id}/` });
  for (const { name } of keys) await env.CONFIG.delete(name);
  await workspace.create(id);
  // An isolate of the new deployment would not know the versions of the old one; this one does, so they are passed.
  for (let n = 0; n < 20; n++) await must("PATCH", `workspaces/${id}`, { name: `Test ${n}` });
  await must("PUT", `workspaces/${id}/connections/pool`, {
    name: "Pool",
    method: "cognito",
    settings: { pool_id, region: "eu-central-1", client_id: "app" },
    credentials: { client_secret: "an-upstream-secret" },
  });
  await must("PUT", `workspaces/${id}/clients/app`, {
    client_name: "App",
    redirect_uris: [APP],
    scope: "openid profile email",
    trusted: true,
    client_secret: SECRET,
  });
  pass(MINUTE);
}

async function empty(object: DurableObjectStub<Workspace | Directory | Subject | Audit>): Promise<void> {
  await runInDurableObject(object, (_, { storage }) => storage.deleteAll());
  await evictDurableObject(object);
}

const subjectOf = async (app: RelyingParty, person = "ada") => {
  const { id_token = "" } = await app.signIn(new Browser(person));
  return { id_token, sub: decodeJwt(id_token).sub ?? "" };
};

interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly signing: boolean;
}

async function make() {
  const world = await makeWorld();
  const pool = await world.connection("pool");
  return { world, pool, app: await world.client("app"), path: `workspaces/${world.id}/backup` };
}

it("a restored workspace knows everybody by the same sub and still believes its old ID tokens", async () => {
  const { world, pool, app, path } = await make();
  const before = await subjectOf(app);
  const backup = await must("GET", path);
  const keys = await must("GET", `workspaces/${world.id}/keys`);

  await startAfresh(world, pool, [before.sub]);
  expect((await must("GET", `workspaces/${world.id}/keys`))["items"]).not.toEqual(keys["items"]);
  expect(await must("PUT", path, backup)).toEqual({ workspace: world.id, keys: 3 });
  expect((await must("GET", `workspaces/${world.id}/keys`))["items"]).toEqual(keys["items"]);

  pass(MINUTE);
  const after = await subjectOf(app);
  expect(after.sub).toBe(before.sub);
  expect((await subjectOf(app, "grace")).sub).not.toBe(before.sub);
  const jwks = await app.via(new Request(`${world.issuer}/.well-known/jwks.json`));
  const set = createLocalJWKSet(await jwks.json());
  const { payload } = await jwtVerify(before.id_token, set, { currentDate: new Date() });
  expect(payload.sub).toBe(before.sub);
});

it("without the backup everybody would be somebody else", async () => {
  const { world, pool, app } = await make();
  const before = await subjectOf(app);
  await startAfresh(world, pool, [before.sub]);
  expect((await subjectOf(app)).sub).not.toBe(before.sub);
});

it("is refused where somebody has signed in, even if they were erased since, and where the workspace is old", async () => {
  const { world, app, path } = await make();
  const backup = await must("GET", path);
  const { sub } = await subjectOf(app);
  await runDurableObjectAlarm(env.SUBJECT.getByName(`${world.id}/${sub}`));
  const refused = {
    status: 409,
    title: "the workspace is in use; a backup goes into a workspace without people",
  };
  expect((await api("PUT", path, backup)).body).toMatchObject(refused);
  await must("DELETE", `workspaces/${world.id}/subjects/${sub}`);
  expect((await must("GET", `workspaces/${world.id}/subjects`))["items"]).toEqual([]);
  expect((await api("PUT", path, backup)).body).toMatchObject(refused);

  const old = await make();
  const kept = await must("GET", old.path);
  pass(32 * DAY);
  expect((await api("PUT", old.path, kept)).body).toMatchObject(refused);
});

it("brings no key back that was revoked since, though nobody but programs ever signed in", async () => {
  const { world, path } = await make();
  const robot = await world.client("robot", { grant_types: ["client_credentials"], redirect_uris: [] });
  const backup = await must("GET", path);
  const keys = async () => (await must("GET", `workspaces/${world.id}/keys`))["items"] as unknown as Key[];
  const stolen = (await keys()).find(({ alg, signing }) => alg === "RS256" && signing)!;
  await must("POST", `workspaces/${world.id}/keys/${stolen.kid}/revoke`);
  await must("PUT", path, backup);
  const restored = (await keys()).filter(({ alg }) => alg === "RS256");
  expect(restored.map(({ kid, signing }) => [kid === stolen.kid, signing])).toEqual([
    [true, false],
    [false, true],
  ]);
  const { access_token } = await robot.clientCredentials();
  expect(decodeProtectedHeader(access_token).kid).not.toBe(stolen.kid);
});

it("fits its own workspace and deployment key only, and nothing of it may be exchanged", async () => {
  const { path, world } = await make();
  const other = await make();
  const [mine, theirs] = [await must("GET", path), await must("GET", other.path)];
  const told = async (backup: object) => {
    const { status, body } = await api("PUT", path, backup);
    return [status, body["errors"]];
  };
  const unreadable = "cannot be opened with the DEPLOYMENT_KEY of this deployment";
  expect(await told(theirs)).toEqual([
    422,
    [{ path: "workspace", message: "is another workspace; a backup fits its own only" }],
  ]);
  expect(await told({ ...mine, salt: theirs["salt"] })).toEqual([
    422,
    [{ path: "salt", message: unreadable }],
  ]);
  const keys = mine["keys"] as unknown as { private_jwk: string; kid: string }[];
  const [first, second] = keys as [(typeof keys)[0], (typeof keys)[0]];
  const swapped = [{ ...first, private_jwk: second.private_jwk }, ...keys.slice(1)];
  expect(await told({ ...mine, keys: swapped })).toEqual([
    422,
    [{ path: "keys.0.private_jwk", message: unreadable }],
  ]);
  const brought = [{ ...first, public_jwk: { kty: "RSA" } }];
  expect((await told({ ...mine, keys: brought }))[0]).toBe(422);
  expect((await told({ ...mine, version: 2 }))[0]).toBe(422);
  expect((await must("GET", `workspaces/${world.id}/keys`))["items"]).toHaveLength(3);
  expect(await told(mine)).toEqual([200, undefined]);
});

it("an algorithm that is younger than the backup keeps its key", async () => {
  const { path, world } = await make();
  const backup = await must("GET", path);
  const keys = (backup["keys"] as unknown as { alg: string }[]).filter(({ alg }) => alg !== "ES256");
  await must("PUT", path, { ...backup, keys });
  const { items } = await must("GET", `workspaces/${world.id}/keys`);
  const signing = (items as unknown as { alg: string; signing: boolean }[]).filter((key) => key.signing);
  expect(signing.map(({ alg }) => alg).toSorted()).toEqual(["ES256", "PS256", "RS256"]);
});

it("holds nothing in the clear, and reading or restoring it is an audit event", async () => {
  const { path, world } = await make();
  const backup = await must("GET", path);
  expect(backup).toEqual({
    version: 1,
    workspace: world.id,
    created_at: expect.any(Number),
    salt: expect.stringMatching(/^k1\.0\./),
    keys: expect.any(Array),
  });
  expect(JSON.stringify(backup)).not.toMatch(/"(d|p|q|n|x)":/);
  await must("PUT", path, backup);
  await runDurableObjectAlarm(env.WORKSPACE.getByName(world.id));
  const { items } = await must("GET", `workspaces/${world.id}/audit-events?type=configuration_changed`);
  const events = (items as unknown as Record<string, unknown>[]).filter(({ record }) => record === "backup");
  expect(events.map(({ change, by }) => [change, by])).toEqual([
    ["restored", "bootstrap key"],
    ["read", "bootstrap key"],
  ]);
});

it("needs the right to change workspaces and the right to change keys", async () => {
  const { path, world } = await make();
  for (const [scopes, status] of [
    [["workspaces:write"], 403],
    [["keys:write"], 403],
    [["workspaces:write", "keys:read"], 403],
    [["workspaces:write", "keys:write"], 200],
  ] as const) {
    const operator = await operatorClient([...scopes], [world.id]);
    expect((await operator.api("GET", path)).status).toBe(status);
    expect((await operator.api("PUT", path, await must("GET", path))).status).toBe(status);
  }
});
