/** Records by the admin API: ids, versions, merge patches, read-only members. */
import { describe, expect, it } from "vitest";
import { api, must, problem } from "../api.ts";
import { ORIGIN } from "../bindings.ts";
import { makeWorld } from "../world.ts";

const world = await makeWorld();
const at = (record: string) => `workspaces/${world.id}/${record}`;
const STALE = [412, "the record is not the one that you saw"];
const cognito = {
  name: "Pool",
  method: "cognito",
  settings: { pool_id: "eu-central-1_Pool0x", region: "eu-central-1", client_id: "app" },
};

describe("an id", () => {
  it("may be left out of a POST; the record is under the one that was made", async () => {
    for (const [kind, body, member] of [
      ["clients", { client_name: "App", redirect_uris: ["https://app.example.com/cb"] }, "client_id"],
      ["connections", cognito, "id"],
      ["apis", { identifier: "https://made.example.com", name: "Made" }, "id"],
      ["claims", { name: "made", type: "id_token", source_path: "name" }, "id"],
    ] as const) {
      const made = await api("POST", at(kind), body);
      expect(made.status, kind).toBe(201);
      const id = String(made.body[member]);
      expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/);
      expect((await api("GET", at(`${kind}/${id}`))).headers.get("etag")).toBe(made.headers.get("etag"));
    }
  });

  it("is chosen by the operator where it means something, and is taken only once", async () => {
    expect(problem(await api("POST", at("scopes"), {}))).toEqual([422, "the record is not valid", "name"]);
    expect((await api("POST", at("scopes"), { name: "chosen" })).status).toBe(201);
    expect(problem(await api("POST", at("scopes"), { name: "chosen" }))).toEqual(STALE);
  });

  it("never changes: another one in the body is refused, the same one is not", async () => {
    const other = { id: "other", identifier: "https://fixed.example.com", name: "Fixed" };
    const refused = [422, "the record is not valid", "id"];
    expect(problem(await api("PUT", at("apis/fixed"), other))).toEqual(refused);
    expect((await api("PUT", at("apis/fixed"), { ...other, id: "fixed" })).status).toBe(201);
    expect(problem(await api("PATCH", at("apis/fixed"), { id: "other" }))).toEqual(refused);
    expect(problem(await api("POST", at("apis"), { ...other, id: 7 }))).toEqual(refused);
  });

  it.each(["a/b", "a%b", "%41", "a&b", "orders:read", "~", "!#$"])("of a scope may be %s", async (name) => {
    const path = at(`scopes/${encodeURIComponent(name)}`);
    expect((await must("PUT", path, {}))["name"]).toBe(name);
    expect((await must("GET", path))["name"]).toBe(name);
    expect((await api("DELETE", path)).status).toBe(204);
  });
});

describe("a version (RFC 9110 §13.1)", () => {
  it("changes with the record, and only with it", async () => {
    const first = await api("PUT", at("scopes/v"), { display_name: "One" });
    const same = await api("PUT", at("scopes/v"), { display_name: "One" });
    const next = await api("PUT", at("scopes/v"), { display_name: "Two" });
    expect([first.status, same.status, next.status]).toEqual([201, 200, 200]);
    expect(same.headers.get("etag")).toBe(first.headers.get("etag"));
    expect(next.headers.get("etag")).not.toBe(first.headers.get("etag"));
  });

  it("If-Match: * writes only what is there, If-None-Match: * only what is not", async () => {
    const [there, none] = [{ "if-match": "*" }, { "if-none-match": "*" }];
    expect(problem(await api("PUT", at("scopes/star"), {}, there))).toEqual(STALE);
    expect((await api("GET", at("scopes/star"))).status).toBe(404);
    expect((await api("PUT", at("scopes/star"), {}, none)).status).toBe(201);
    expect(problem(await api("PUT", at("scopes/star"), {}, none))).toEqual(STALE);
    expect((await api("PUT", at("scopes/star"), { display_name: "x" }, there)).status).toBe(200);
    expect((await api("DELETE", at("scopes/star"), undefined, there)).status).toBe(204);
    expect((await api("DELETE", at("scopes/star"), undefined, there)).status).toBe(404);
  });

  it("of a record that is gone matches nothing", async () => {
    expect(problem(await api("PUT", at("scopes/gone"), {}, { "if-match": '"1"' }))).toEqual(STALE);
    const path = `workspaces/none-${world.id.slice(0, 8)}`;
    const made = await api("PUT", path, { name: "x" }, { "if-match": "*" });
    expect(problem(made)).toEqual([412, "there is no such workspace"]);
    expect((await api("GET", path)).status).toBe(404);
  });

  it("that a reader has already is not sent again", async () => {
    const etag = (await api("PUT", at("scopes/read"), {})).headers.get("etag")!;
    const again = await api("GET", at("scopes/read"), undefined, { "if-none-match": etag });
    expect([again.status, again.headers.get("etag"), again.body]).toEqual([304, etag, {}]);
    expect((await api("GET", at("scopes/read"), undefined, { "if-none-match": '"0"' })).status).toBe(200);
  });

  it.each([
    ["If-Match", "1", "If-Match must be an ETag of this API"],
    ["If-Match", 'W/"1"', "If-Match must be an ETag of this API"],
    ["If-Match", '"1", "2"', "If-Match must be an ETag of this API"],
    ["If-None-Match", '"1"', "If-None-Match of a change must be *"],
  ])("%s: %s is refused", async (name, value, title) => {
    expect(problem(await api("PUT", at("scopes/refused"), {}, { [name]: value }))).toEqual([400, title]);
  });

  it("of twenty changes of one version, one wins", async () => {
    const etag = (await api("PUT", at("scopes/race"), {})).headers.get("etag")!;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        api("PATCH", at("scopes/race"), { display_name: `${i}` }, { "if-match": etag }),
      ),
    );
    const times = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([times(200), times(412)]).toEqual([1, 19]);
  });
});

describe("a merge patch (RFC 7396)", () => {
  it("writes what it says, removes what is null, and leaves the rest", async () => {
    const api_ = { identifier: "https://patched.example.com", name: "Patched", access_token_lifetime: 600 };
    await must("PUT", at("apis/patched"), api_);
    const body = await must("PATCH", at("apis/patched"), { name: "New", access_token_lifetime: null });
    expect(body).toEqual({
      id: "patched",
      identifier: api_.identifier,
      name: "New",
      scopes: [],
      introspection_clients: [],
    });
  });

  it("reaches into a part of a record", async () => {
    await must("PUT", at("connections/deep"), cognito);
    const body = await must("PATCH", at("connections/deep"), { settings: { get_user_info: true } });
    expect(body["settings"]).toMatchObject({ pool_id: cognito.settings.pool_id, get_user_info: true });
  });

  it("cannot remove what a record must have", async () => {
    const answer = await api("PATCH", at("apis/patched"), { identifier: null });
    expect(problem(answer)).toEqual([422, "the record is not valid", "identifier"]);
  });

  it("of a workspace answers as GET does, and ignores its read-only members", async () => {
    const path = `workspaces/${world.id}`;
    const shown = await must("GET", path);
    expect(shown).toMatchObject({ id: world.id, issuer: `${ORIGIN}/${world.id}` });
    const patched = await must("PATCH", path, { ...shown, name: "Renamed" });
    expect(patched).toEqual({ ...shown, name: "Renamed" });
  });
});

it("a connection shows the URL to register at its provider; sent back, it is ignored", async () => {
  const shown = await must("PUT", at("connections/shown"), cognito);
  expect(shown["redirect_url"]).toBe(`${world.issuer}/callback/shown`);
  const moved = { ...shown, redirect_url: "https://evil.example.com" };
  expect(await must("PUT", at("connections/shown"), moved)).toEqual(shown);
});

it("a connection that says nothing of itself is refused by what it lacks, saved or on trial", async () => {
  for (const path of ["connections", "connections/nothing/check"]) {
    const answer = await api("POST", at(path), {});
    expect(problem(answer)).toEqual([422, "the record is not valid", "method"]);
  }
});

it("a feature is switched by its flag, and unknown ones do not exist", async () => {
  expect(await must("PUT", at("features/custom_apps"), { enabled: true })).toEqual({
    flag: "custom_apps",
    enabled: true,
  });
  const unknown = await api("PUT", at("features/unknown"), { enabled: true });
  expect(problem(unknown)).toEqual([422, "the record is not valid", "flag"]);
});
