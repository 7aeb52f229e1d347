/** The operator's records over HTTP: whole, repeatable, in pages, with secrets that stay (RFC 9110 §13, RFC 7396). */
import { runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { api, must } from "../api.ts";
import { bindings, ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import { get } from "../raw.ts";
import { asked } from "../seen.ts";
import { makeWorld, random, type World } from "../world.ts";
import { BY_TEST } from "../terms.ts";

let world: World;
let path: string;

beforeAll(async () => {
  world = await makeWorld();
  path = `workspaces/${world.id}`;
});

describe("a workspace", () => {
  it("is made once: a second PUT is 200, changes no key and nobody's sub", async () => {
    const id = `twice-${random()}`;
    expect((await api("PUT", `workspaces/${id}`, { name: "One" })).status).toBe(201);
    const keys = (await must("GET", `workspaces/${id}/keys`))["items"];
    const { salt } = JSON.parse((await env.CONFIG.get(`${id}/workspace`))!).value as { salt: string };
    const again = await api("PUT", `workspaces/${id}`, { name: "Two" });
    expect([again.status, again.body["name"]]).toEqual([200, "Two"]);
    expect((await must("GET", `workspaces/${id}/keys`))["items"]).toEqual(keys);
    expect(JSON.parse((await env.CONFIG.get(`${id}/workspace`))!)).toMatchObject({ value: { salt } });
  });

  it("that must not exist is made, and one that does is left alone (If-None-Match)", async () => {
    const id = `fresh-${random()}`;
    const none = { "if-none-match": "*" };
    expect((await api("PUT", `workspaces/${id}`, { name: "One" }, none)).status).toBe(201);
    expect((await api("PUT", `workspaces/${id}`, { name: "Two" }, none)).status).toBe(412);
    expect((await api("GET", `workspaces/${id}`)).body["name"]).toBe("One");
  });

  it("made twice at once is made once: one salt, one set of keys, one version", async () => {
    const versions = [];
    for (const times of [1, 2]) {
      const authority = env.WORKSPACE.getByName(`once-${random()}`);
      await runInDurableObject(authority, (workspace) =>
        Promise.all(Array.from({ length: times }, () => workspace.create("once"))),
      );
      versions.push((await authority.head()).version);
    }
    expect(versions[1]).toBe(versions[0]);
  });
});

describe("a record", () => {
  it("that is written again as it is changes nothing, its ETag included", async () => {
    const first = await api("PUT", `${path}/scopes/same`, { display_name: "Same" });
    const again = await api("PUT", `${path}/scopes/same`, { display_name: "Same" });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.headers.get("etag")).toBe(first.headers.get("etag"));
    const { version } = await env.WORKSPACE.getByName(world.id).head();
    await must("PUT", `${path}/scopes/same`, { display_name: "Same" });
    expect((await env.WORKSPACE.getByName(world.id).head()).version).toBe(version);
  });

  it("whose body says another name than its URL is refused", async () => {
    expect((await api("PUT", `${path}/scopes/here`, { name: "there" })).status).toBe(422);
    expect((await api("GET", `${path}/scopes/here`)).status).toBe(404);
    expect((await api("GET", `${path}/scopes/there`)).status).toBe(404);
  });

  it.each([
    ["scopes/a%20b", "name"],
    ["scopes/a%22", "name"],
    ["clients/a%3Ab", "client_id"],
    [`clients/${"0".repeat(64)}`, "client_id"],
    ["claims/a%2Fb", "id"],
    ["connections/..%2Fx", "id"],
    ["apis/%C3%A4", "id"],
  ])("%s has no usable id", async (name, member) => {
    const answer = await api("PUT", `${path}/${name}`, {});
    expect([answer.status, answer.body["errors"]]).toMatchObject([422, [{ path: member }]]);
  });

  it.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["null", "null"],
    ["a text", '"x"'],
  ])("that is %s is refused", async (_, body) => {
    const response = await exports.default.fetch(`${ORIGIN}/api/${path}/scopes/x`, {
      method: "PUT",
      headers: {
        authorization: `Bearer ${bindings.BOOTSTRAP_KEY}`,
        "content-type": "application/json",
      },
      body,
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { title: "the body must be a JSON object" },
    ]);
  });

  it("of more than a megabyte is refused (threat 25)", async () => {
    const answer = await api("PUT", `${path}/scopes/x`, { description: "x".repeat(1_000_001) });
    expect([answer.status, answer.body["title"]]).toEqual([413, "the body has more than 1000000 bytes"]);
  });

  it("with an If-Match that is no version of ours is not written", async () => {
    for (const version of ["*", 'W/"1"', "1", '"x"'])
      expect((await api("PUT", `${path}/scopes/x`, {}, { "if-match": version })).status).not.toBeLessThan(
        400,
      );
    expect((await api("GET", `${path}/scopes/x`)).status).toBe(404);
  });

  it("that is patched keeps what is not named and loses what is null", async () => {
    await must("PUT", `${path}/scopes/patched`, { display_name: "A", description: "B" });
    const patched = await must("PATCH", `${path}/scopes/patched`, { display_name: null });
    expect(patched).toMatchObject({ display_name: "", description: "B" });
    expect((await api("PATCH", `${path}/scopes/nobody`, {})).status).toBe(404);
    expect((await api("DELETE", `${path}/scopes/nobody`)).status).toBe(404);
  });
});

it("a list has pages, in order of ids, each once", async () => {
  const authority = env.WORKSPACE.getByName(world.id);
  const ids = Array.from({ length: 205 }, (_, n) => `page-${String(n).padStart(3, "0")}`);
  const body = JSON.stringify({ name: "x", type: "id_token", source_path: "name" });
  await Promise.all(ids.map((id) => authority.put("claims", id, body, BY_TEST)));
  const found: string[] = [];
  const sizes: number[] = [];
  for (let after: string | undefined = ""; after !== undefined;) {
    const page: Record<string, unknown> = await must("GET", `${path}/claims?limit=100&after=${after}`);
    const items = page["items"] as { id: string }[];
    found.push(...items.map(({ id }) => id));
    sizes.push(items.length);
    after = page["next"] as string | undefined;
  }
  expect(found.filter((id) => id.startsWith("page-"))).toEqual(ids);
  expect(found).toEqual([...new Set(found)].toSorted());
  expect(sizes.slice(0, 2)).toEqual([100, 100]);
});

it("a workspace with many long records signs people in, though its document is a quarter of a megabyte", async () => {
  const large = await makeWorld();
  const authority = env.WORKSPACE.getByName(large.id);
  const names = Array.from({ length: 400 }, (_, n) => `scope-${n}`);
  const body = JSON.stringify({ display_name: "d".repeat(100), description: "ä".repeat(250) });
  await Promise.all(names.map((name) => authority.put("scopes", name, body, BY_TEST)));
  expect((await env.CONFIG.get(`${large.id}/workspace`))!.length).toBeGreaterThan(150_000);
  await large.connection("pool");
  const app = await large.client("app", { scope: ["openid", ...names.slice(0, 60)] });
  const tokens = await app.signIn(new Browser("ada"), { scope: `openid ${names.slice(0, 60).join(" ")}` });
  expect(tokens.scope?.split(" ")).toHaveLength(61);
  const { json } = await get(`${large.issuer}/.well-known/openid-configuration`);
  expect(json!["scopes_supported"]).toEqual(expect.arrayContaining(names));
});

describe("secrets", () => {
  const record = { client_name: "x", redirect_uris: ["https://app.example.com/cb"] };

  it("of a client cannot be brought as a hash, by which a leaked hash would become a secret (threat 27)", async () => {
    const answer = await api("PUT", `${path}/clients/hash`, {
      ...record,
      client_secret_hash: "h".repeat(43),
    });
    expect([answer.status, answer.body["errors"]]).toEqual([
      422,
      [{ path: "client_secret_hash", message: "write client_secret; its hash is made here" }],
    ]);
  });

  it("of a client stay when the record is written without them", async () => {
    const { client_secret } = await must("PUT", `${path}/clients/kept`, record);
    expect(String(client_secret)).toMatch(/^[\w-]{43}$/);
    const again = await must("PUT", `${path}/clients/kept`, { ...record, client_name: "y" });
    expect(again).not.toHaveProperty("client_secret");
    const grant = await exports.default.fetch(`${world.issuer}/oauth2/introspect`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `Basic ${btoa(`kept:${String(client_secret)}`)}`,
      },
      body: "token=x",
    });
    expect(await grant.json()).toEqual({ active: false });
  });

  const sent = async (pool: string) => {
    const [last] = (await asked(pool, "/token")).slice(-1);
    return decodeURIComponent(atob(last!.seen.authorization!.replace("Basic ", "")).split(":")[1]!);
  };

  it("of a connection stay when the record is written without them, and never come back", async () => {
    const pool = await world.connection("kept");
    const { body } = await api("GET", `${path}/connections/kept`);
    expect(body).not.toHaveProperty("credentials");
    await must("PUT", `${path}/connections/kept`, { ...body, name: "Another" });
    const app = await world.client("app");
    await app.signIn(new Browser("ada"), { idp_hint: "kept" });
    expect(await sent(pool)).toBe("an-upstream-secret");
    await must("PATCH", `${path}/connections/kept`, { credentials: { client_secret: "rotated" } });
    await app.signIn(new Browser("ada"), { idp_hint: "kept" });
    expect(await sent(pool)).toBe("rotated");
  });

  it("of a connection that change while the record is written by another are not undone", async () => {
    const pool = await world.connection("raced");
    const { body } = await api("GET", `${path}/connections/raced`);
    const authority = env.WORKSPACE.getByName(world.id);
    const record: Record<string, unknown> = { ...body };
    for (const readOnly of ["redirect_url", "credentials_set"]) delete record[readOnly];
    const written = (changed: object) => JSON.stringify({ ...record, ...changed });
    await runInDurableObject(authority, (workspace) =>
      Promise.all([
        workspace.put(
          "connections",
          "raced",
          written({ credentials: { client_secret: "rotated" } }),
          BY_TEST,
        ),
        workspace.put("connections", "raced", written({ name: "Another" }), BY_TEST),
      ]),
    );
    expect((await api("GET", `${path}/connections/raced`)).body["name"]).toBe("Another");
    const app = await world.client("app");
    await app.signIn(new Browser("ada"), { idp_hint: "raced" });
    expect(await sent(pool)).toBe("rotated");
  });
});
