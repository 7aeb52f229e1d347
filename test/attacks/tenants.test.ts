/** Workspaces and the admin API keep apart (threat 23; Casdoor CVE-2025-61524, ZITADEL #3499). */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { api } from "../api.ts";
import { bindings, ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import { counting } from "../counting.ts";
import { basic, get, post, told } from "../raw.ts";
import { BY_TEST } from "../terms.ts";
import { makeWorld, SECRET, type World } from "../world.ts";

let one: World;
let two: World;

beforeAll(async () => {
  [one, two] = [await makeWorld(), await makeWorld()];
  for (const world of [one, two]) await world.connection("pool", { config: { enable_stateful_ctx: true } });
});

it("a client of one workspace is nobody in another", async () => {
  await one.client("only-one", { grant_types: ["client_credentials"], redirect_uris: [] });
  const answer = await post(
    `${two.issuer}/oauth2/token`,
    { grant_type: "client_credentials" },
    basic("only-one", SECRET),
  );
  expect([answer.status, answer.json]).toEqual([
    401,
    { error: "invalid_client", error_description: "client authentication failed" },
  ]);
});

it("a session of one workspace is nobody in another, under either name", async () => {
  const browser = new Browser("ada");
  await (await one.client("app")).signIn(browser);
  const app = await two.client("app");
  const session = browser.jar.value(`__Host-${one.id}-s`)!;
  browser.jar.set(`__Host-${two.id}-s`, session);
  const { url } = await app.begin({ prompt: "none" });
  expect(told(await browser.open(url))).toMatchObject({ error: "login_required" });
});

it("every cookie's name begins with its workspace", async () => {
  const browser = new Browser("ada");
  const { url } = await (await one.client("app", { trusted: false })).begin({ scope: "openid email" });
  await browser.open(url);
  expect(browser.jar.names().length).toBe(2);
  for (const name of browser.jar.names()) expect(name.startsWith(`__Host-${one.id}-`)).toBe(true);
});

describe("the admin API", () => {
  const path = () => `${ORIGIN}/api/workspaces/${one.id}/clients/app`;

  it.each<[string, Record<string, string>]>([
    ["nothing", {}],
    ["a wrong key", { authorization: "Bearer wrong" }],
    ["the key and more", { authorization: `Bearer ${bindings.BOOTSTRAP_KEY}x` }],
    ["a part of the key", { authorization: `Bearer ${bindings.BOOTSTRAP_KEY.slice(0, -1)}` }],
    ["an empty key", { authorization: "Bearer " }],
    ["the key as Basic", { authorization: `Basic ${btoa(`x:${bindings.BOOTSTRAP_KEY}`)}` }],
    ["the key as a cookie", { cookie: `key=${bindings.BOOTSTRAP_KEY}` }],
  ])("refuses %s, for every method", async (_, headers) => {
    for (const method of ["GET", "PUT", "PATCH", "DELETE"]) {
      const body = method === "PUT" || method === "PATCH" ? "{}" : undefined;
      const answer = await exports.default.fetch(path(), { method, headers, ...(body && { body }) });
      expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="api"']);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(await answer.json()).toMatchObject({
        title: "this needs an access token of the system workspace, or the bootstrap key",
        status: 401,
      });
    }
  });

  it.each([undefined, "", "short", "x".repeat(42)])(
    "with BOOTSTRAP_KEY %j is closed to everybody",
    async (BOOTSTRAP_KEY) => {
      const { via } = counting({ BOOTSTRAP_KEY: BOOTSTRAP_KEY! });
      for (const key of ["", "undefined", BOOTSTRAP_KEY ?? ""])
        expect((await get(path(), { authorization: `Bearer ${key}` }, via)).status).toBe(401);
    },
  );

  it("answers a person's token and a client's secret the same", async () => {
    const { access_token } = await (await one.client("app")).signIn(new Browser("ada"));
    for (const headers of [{ authorization: `Bearer ${access_token}` }, basic("app", SECRET)])
      expect((await get(path(), headers)).status).toBe(401);
  });

  it("shows no record of another workspace, and wakes no object for names that are none", async () => {
    await one.put("scopes/private", {});
    expect((await api("GET", `workspaces/${two.id}/scopes/private`)).status).toBe(404);
    for (const name of ["nobody", "..%2f" + one.id, one.id.toUpperCase(), "__proto__"])
      expect((await api("GET", `workspaces/${name}/clients`)).status).toBe(404);
  });

  it("the object of a name that is no workspace gives nothing, and keeps nothing of what it is told", async () => {
    const nobody = env.WORKSPACE.getByName(`nobody-${one.id}`);
    const salt = "k1.x.y";
    expect(await nobody.put("scopes", "orders", "{}", BY_TEST)).toEqual({ as: "stale" });
    expect(await nobody.remove("scopes", "orders", BY_TEST)).toEqual({ as: "absent" });
    expect(await nobody.revokeKey("kid", BY_TEST)).toBe(false);
    expect(await nobody.reseal(BY_TEST)).toBeUndefined();
    expect(await nobody.backup(BY_TEST)).toBeUndefined();
    const backup = { version: 1, workspace: one.id, created_at: 1, salt, keys: [] } as const;
    expect(await nobody.restore({ ...backup, keys: [] }, BY_TEST)).toMatchObject({ as: "unreadable" });
    expect(await nobody.read(`nobody-${one.id}/workspace`)).toBeUndefined();
    expect(await nobody.demolish(BY_TEST)).toBe("begun");
    expect(await runDurableObjectAlarm(nobody)).toBe(false);
    expect(await nobody.list("scopes", 10)).toEqual([]);
  });

  it.each(["settings", "workspaces", "__proto__", "constructor", "nonsense"])(
    "has no kind %s",
    async (kind) => {
      expect((await api("GET", `workspaces/${one.id}/${kind}`)).status).toBe(404);
      expect((await api("PUT", `workspaces/${one.id}/${kind}/x`, {})).status).toBe(404);
    },
  );

  it.each(["admin", "api", "portal", "assets", "callback", "healthz", "UPPER", "a", "x".repeat(41), "a_b"])(
    "makes no workspace %s",
    async (id) => {
      expect((await api("PUT", `workspaces/${id}`, { name: "x" })).status).toBe(422);
    },
  );

  it("is not confused by a workspace called system", async () => {
    const made = await api("PUT", "workspaces/system", { name: "System" });
    if (made.status === 422) return;
    expect((await get(`${ORIGIN}/system/.well-known/jwks.json`)).json).toMatchObject({
      keys: expect.arrayContaining([expect.any(Object)]),
    });
  });
});

it("optimistic locking: a stale If-Match changes nothing (RFC 9110 §13.1.1)", async () => {
  const path = `workspaces/${one.id}/scopes/locked`;
  const first = await api("PUT", path, { display_name: "One" });
  const etag = first.headers.get("etag")!;
  expect((await api("PATCH", path, { display_name: "Two" }, { "if-match": etag })).status).toBe(200);
  expect((await api("PATCH", path, { display_name: "Three" }, { "if-match": etag })).status).toBe(412);
  expect((await api("PUT", path, { display_name: "Four" }, { "if-none-match": "*" })).status).toBe(412);
  expect((await api("DELETE", path, undefined, { "if-match": etag })).status).toBe(412);
  expect((await api("GET", path)).body["display_name"]).toBe("Two");
});
