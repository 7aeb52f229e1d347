/** The admin API against operators who want more than they were given, one attack a test. */
import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { mergePatch } from "../../src/admin/merge-patch.ts";
import { API_SCOPES } from "../../src/config/api-scopes.ts";
import type { Json } from "../../src/flow.ts";
import { api, must, problem } from "../api.ts";
import { bindings } from "../bindings.ts";
import { now } from "../clock.ts";
import { counting } from "../counting.ts";
import { makeApplication } from "../custom-app.ts";
import { API, bearer, operatorClient, systemClient } from "../operators.ts";
import { script } from "../scripts.ts";
import { asked } from "../seen.ts";
import { APP, makeWorld, random, SECRET, type World } from "../world.ts";

const authorization = `Bearer ${bindings.BOOTSTRAP_KEY}`;
let [mine, other]: World[] = [];
const at = (record: string) => `workspaces/${mine!.id}/${record}`;
const invalid = (...paths: string[]) => [422, "the record is not valid", ...paths];

beforeAll(async () => {
  [mine, other] = [await makeWorld(), await makeWorld()];
});

describe("privilege escalation", () => {
  it("the scopes of one rule in the workspaces of another: nobody has what no single rule gives", async () => {
    const party = await systemClient();
    const { client_id } = party.client;
    await must("PUT", `workspaces/system/operators/${client_id}-all`, {
      client_id,
      scopes: ["audit:read", "workspaces:read"],
      workspaces: ["*"],
    });
    await must("PUT", `workspaces/system/operators/${client_id}-mine`, {
      client_id,
      scopes: API_SCOPES,
      workspaces: [mine!.id],
    });
    const { access_token } = await party.clientCredentials({ resource: API, scope: API_SCOPES.join(" ") });
    const call = (method: string, path: string, body?: object) =>
      api(method, path, body, bearer(access_token));
    expect((await call("PUT", at("scopes/x"), {})).status).toBe(200 + 1);
    expect(problem(await call("PUT", `workspaces/${other!.id}/scopes/x`, {}))).toEqual([
      403,
      "this needs the scope workspaces:write",
    ]);
    // The same would make an operator of everything.
    const root = { client_id, scopes: API_SCOPES, workspaces: ["*"] };
    expect(problem(await call("PUT", `workspaces/system/operators/${client_id}-root`, root))).toEqual([
      403,
      "this needs the scope operators:write",
    ]);
    expect(problem(await call("PUT", `workspaces/new-${random()}`, { name: "New" }))).toEqual([
      403,
      "this needs the scope workspaces:write",
    ]);
    // A domain is the deployment's to give, and this operator changes settings of one workspace only.
    const taken = { origin: `https://${random()}.example.com` };
    expect((await call("PATCH", `workspaces/${mine!.id}`, taken)).status).toBe(403);
    const shown = async (query: string) => (await call("GET", `operator${query}`)).body["scopes"];
    expect(await shown(`?workspace=${mine!.id}`)).toEqual(API_SCOPES);
    expect(await shown(`?workspace=${other!.id}`)).toEqual(["workspaces:read", "audit:read"]);
    expect(await shown("")).toEqual(API_SCOPES);
  });

  it("an application of a workspace gives its client nothing but its own scope, whatever its record says", async () => {
    await makeApplication(mine!, "first");
    const writer = await operatorClient(["scripts:write"], [mine!.id]);
    const app = { name: "Mine", url: "https://app.example.com/" };
    for (const more of [{ scope: "operators:write" }, { client: { scope: "x" }, scopes: ["x"] }])
      expect((await writer.api("PUT", at("custom-apps/mine"), { ...app, ...more })).status).toBe(422);
    const made = await writer.api("PUT", at("custom-apps/mine"), { ...app, client_id: writer.client_id });
    const id = `post-authn.${mine!.id}.mine`;
    expect(made.body["client"]).toMatchObject({ client_id: id });
    const client = await must("GET", `workspaces/system/clients/${id}`);
    expect([client["scope"], client["grant_types"]]).toEqual([["manage_post_authn"], ["client_credentials"]]);
  });
});

describe("a secret is sent to whoever writes settings but may not read it (as with LDAP, CVE-2024-5967):", () => {
  const evil = `${random()}.op.example.com`;
  const openid = () => ({
    name: "Staff",
    method: "oidc",
    settings: { issuer_url: `https://${random()}.op.example.com`, client_id: "app" },
    credentials: { client_secret: SECRET, private_key: "a private key" },
  });
  const written = { path: "credentials.client_secret" };

  it.each(["PUT", "PATCH"])("by %s of another issuer", async (method) => {
    const { credentials: _, ...rest } = openid();
    const path = at(`connections/moved-${method.toLowerCase()}`);
    await must("PUT", path, openid());
    const settings = { ...rest.settings, issuer_url: `https://${evil}` };
    const answer = await api(method, path, { ...rest, settings });
    expect(answer.body["errors"]).toEqual([
      { ...written, message: "write it again, or null: it would go to another address" },
    ]);
    // One of two that is written anew does not take the other one along.
    const one = await api(method, path, { ...rest, settings, credentials: { client_secret: "theirs" } });
    expect(problem(one)).toEqual(invalid("credentials.private_key"));
    const all = { client_secret: "theirs", private_key: null };
    expect((await api(method, path, { ...rest, settings, credentials: all })).status).toBe(200);
    expect((await must("GET", path))["credentials_set"]).toEqual(["client_secret"]);
  });

  it("by another kind of provider that has a secret of the same name", async () => {
    const path = at("connections/kinds");
    await must("PUT", path, openid());
    const answer = await api("PUT", path, {
      name: "Staff",
      method: "oauth2",
      settings: {
        ...Object.fromEntries(
          ["issuer_url", "authorization_endpoint", "token_endpoint", "userinfo_endpoint"].map((name) => [
            name,
            `https://${evil}/`,
          ]),
        ),
        client_id: "app",
      },
    });
    expect(problem(answer)).toEqual(invalid("credentials.client_secret"));
  });

  it("by the token endpoint of an OAuth provider, and by another pool", async () => {
    const oauth = {
      name: "API",
      method: "oauth2",
      settings: Object.fromEntries(
        ["issuer_url", "authorization_endpoint", "token_endpoint", "userinfo_endpoint"].map((name) => [
          name,
          `https://good.example.com/${name}`,
        ]),
      ),
    };
    const settings = { ...oauth.settings, client_id: "app" };
    await must("PUT", at("connections/api"), { ...oauth, settings, credentials: { client_secret: SECRET } });
    const moved = { settings: { token_endpoint: `https://${evil}/token` } };
    expect(problem(await api("PATCH", at("connections/api"), moved))).toEqual(invalid(written.path));
    await mine!.connection("pool");
    const pool = { settings: { pool_id: "eu-central-1_Evil" } };
    expect(problem(await api("PATCH", at("connections/pool"), pool))).toEqual(invalid(written.path));
    // What does not say where it goes may change.
    await must("PATCH", at("connections/pool"), { settings: { client_id: "another" } });
  });

  it("by the check of a connection that was never saved so", async () => {
    const { credentials: _, ...rest } = openid();
    await must("PUT", at("connections/checked"), openid());
    const there = { ...rest, settings: { ...rest.settings, issuer_url: `https://${evil}` } };
    const answer = await api("POST", at("connections/checked/check"), there);
    expect(problem(answer)).toEqual(invalid(written.path));
    expect(await asked(evil.split(".")[0]!, "/token")).toEqual([]);
  });
});

describe("mass assignment:", () => {
  const client = { client_name: "App", redirect_uris: [APP] };

  it.each<[string, string, object, string]>([
    ["another id", "clients/app", { ...client, client_id: "other" }, "client_id"],
    ["another workspace", "clients/app", { ...client, workspace: "other" }, "workspace"],
    ["when it was made", "clients/app", { ...client, created_at: 1 }, "created_at"],
    [
      "the hash of a secret",
      "clients/app",
      { ...client, client_secret_hash: "x".repeat(43) },
      "client_secret_hash",
    ],
    ["the version", "scopes/x", { version: 9 }, "version"],
    [
      "a sealed credential",
      "connections/x",
      {
        name: "x",
        method: "cognito",
        settings: { pool_id: "eu-central-1_x", region: "eu-central-1", client_id: "x" },
        credentials: { sealed: "k1.0.x" },
      },
      "credentials.sealed",
    ],
    ["the flag of a feature", "features/custom_apps", { enabled: true, flag: "other" }, "flag"],
  ])("%s", async (_, record, body, path) => {
    expect(problem(await api("PUT", at(record), body))).toEqual(invalid(path));
  });

  it.each(["salt", "keys", "created_at", "operators", "version"])("%s of a workspace", async (member) => {
    for (const method of ["PUT", "PATCH"])
      expect(problem(await api(method, `workspaces/${mine!.id}`, { name: "x", [member]: "x" }))).toEqual(
        invalid(member),
      );
  });

  it("id and issuer of a workspace, which are shown and cannot be written", async () => {
    const { body } = await api("PATCH", `workspaces/${mine!.id}`, { id: other!.id, issuer: other!.issuer });
    expect([body["id"], body["issuer"]]).toEqual([mine!.id, mine!.issuer]);
  });

  it.each(["PUT", "PATCH", "POST"])("the prototype, by %s", async (method) => {
    await must("PUT", at("scopes/proto"), {});
    const raw = `{"name": "proto", "__proto__": {"implicit": true, "polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}`;
    const path = method === "POST" ? at("scopes") : at("scopes/proto");
    const response = await exports.default.fetch(`${API}/${path}`, {
      method,
      headers: { authorization, "content-type": "application/json" },
      body: raw,
    });
    expect(response.status).toBe(422);
    expect((await must("GET", at("scopes/proto")))["implicit"]).toBe(false);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

it("the prototype of what a patch is merged into", () => {
  const patch = JSON.parse(
    `{"a": {"__proto__": {"implicit": true}}, "__proto__": {"trusted": true}}`,
  ) as Json;
  const merged = mergePatch({ a: {} }, patch) as Record<string, Record<string, unknown>>;
  expect([merged["trusted"], merged["a"]!["implicit"]]).toEqual([undefined, undefined]);
});

describe("an address that we call, with a private one in it:", () => {
  const PRIVATE = [
    "https://169.254.169.254/latest/meta-data/",
    "https://[::ffff:10.0.0.1]/",
    "https://0xa.1/",
    "https://printer.local./",
    "http://public.example.com/",
    "https://user:password@public.example.com/",
    "javascript:alert(1)",
  ];
  const client = { client_name: "App", redirect_uris: [APP] };
  const keys = { ...client, token_endpoint_auth_method: "private_key_jwt" };
  const endpoints = (url: string, which: string) =>
    Object.fromEntries(
      ["issuer_url", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "emails_endpoint"].map(
        (name) => [name, name === which ? url : "https://public.example.com/"],
      ),
    );
  const oauth = (which: string) => (url: string) => ({
    name: "x",
    method: "oauth2",
    settings: { ...endpoints(url, which), client_id: "x" },
    credentials: { client_secret: "x" },
  });

  it.each<[string, string, (url: string) => object]>([
    ["jwks_uri", "clients/a", (url) => ({ ...keys, jwks_uri: url })],
    ["backchannel_logout_uri", "clients/a", (url) => ({ ...client, backchannel_logout_uri: url })],
    ["audit_webhook.url", "", (url) => ({ name: "x", audit_webhook: { url } })],
    [
      "hosts.0",
      "scripts/a",
      (url) => ({ name: "x", body: "x", hosts: [/\/\/([^/]*)/.exec(url)?.[1] ?? url] }),
    ],
    [
      "settings.issuer_url",
      "connections/a",
      (url) => ({
        name: "x",
        method: "oidc",
        settings: { issuer_url: url, client_id: "x" },
        credentials: { client_secret: "x" },
      }),
    ],
    [
      "settings.metadata_url",
      "connections/a",
      (url) => ({ name: "x", method: "saml", settings: { metadata_url: url } }),
    ],
    ...["issuer_url", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "emails_endpoint"].map(
      (name) =>
        [`settings.${name}`, "connections/a", oauth(name)] as [string, string, (url: string) => object],
    ),
  ])("%s", async (path, record, body) => {
    for (const url of PRIVATE) {
      // A host has no scheme: this one is public.
      if (path === "hosts.0" && url === "http://public.example.com/") continue;
      const answer = await api("PUT", record ? at(record) : `workspaces/${mine!.id}`, body(url));
      expect([url, ...problem(answer)]).toEqual([url, ...invalid(path)]);
    }
  });

  it("a link for people is https and has no name before its host, which reads like another host", async () => {
    for (const url of [
      "javascript:alert(1)",
      "data:text/html,x",
      "http://a.example",
      "https://login.example.com@evil.example",
    ])
      for (const name of ["client_uri", "logo_uri", "policy_uri", "tos_uri", "initiate_login_uri"])
        expect(problem(await api("PUT", at("clients/linked"), { ...client, [name]: url }))).toEqual(
          invalid(name),
        );
  });
});

it("what was ended at once does not come back with the next PUT of a program that knows nothing of it", async () => {
  const world = await makeWorld();
  await world.connection("a");
  await world.connection("b");
  const settings = { pool_id: "eu-central-1_AbC", region: "eu-central-1", client_id: "app" };
  for (const [record, body] of Object.entries({
    "": { name: "Test" },
    "/clients/app": { client_name: "App", redirect_uris: [APP] },
    "/connections/pool": { name: "Pool", method: "cognito", settings },
    "/linking-rules/both": { connections: ["a", "b"] },
  })) {
    const path = `workspaces/${world.id}${record}`;
    await must("PUT", path, body);
    const not_before = now() + 100;
    const patched = await api("PATCH", path, { not_before });
    const again = await api("PUT", path, body);
    expect([record, again.status, again.body["not_before"]]).toEqual([record, 200, not_before]);
    expect(again.headers.get("etag")).toBe(patched.headers.get("etag"));
    expect((await must("PATCH", path, { not_before: 1 }))["not_before"]).toBe(1);
  }
});

it("debugging that never ends: what a script was given is data of people", async () => {
  const body = { name: "Dear", body: script("return {};") };
  for (const until of [now() + 3_700, 9_999_999_999])
    expect(problem(await api("PUT", at("scripts/dear"), { ...body, debug_until: until }))).toEqual(
      invalid("debug_until"),
    );
  await must("PUT", at("scripts/dear"), { ...body, debug_until: now() + 3_500 });
  await must("PUT", at("scripts/dear/debug?duration=60m"));
});

it("a retry of making an application gets the secret of its client again, and nobody else does", async () => {
  await makeApplication(mine!, "on");
  const key = { "idempotency-key": `key-${random()}-${random()}` };
  const app = { name: "Retried", url: "https://app.example.com/" };
  const make = (headers: Record<string, string>) => api("PUT", at("custom-apps/retried"), app, headers);
  const [first, again] = [await make(key), await make(key)];
  const { client_secret } = first.body["client"] as unknown as { client_secret: string };
  expect(client_secret).toMatch(/^[\w-]{43}$/);
  expect(again.body).toEqual(first.body);
  expect((await make({})).body["client"]).toEqual({ client_id: `post-authn.${mine!.id}.retried` });
  const somebody = await operatorClient(["scripts:write"], [mine!.id]);
  const theirs = await make({ ...key, ...bearer(somebody.token) });
  expect(theirs.body["client"]).toEqual({ client_id: `post-authn.${mine!.id}.retried` });
});

it("a forged cursor: of another list, of another workspace, of a day to come", async () => {
  await other!.put("scopes/zz-theirs", {});
  const { body } = await api("GET", `${at("scopes")}?after=a&limit=200`);
  expect(JSON.stringify(body)).not.toContain("theirs");
  const { via, calls } = counting();
  const events = await api("GET", `${at("audit-events")}?after=999999999999-x`, undefined, {}, via);
  expect(events.status).toBe(200);
  // Today's and yesterday's, not thirty-one days of the year 33658.
  expect(calls.filter((call) => call === "AUDIT.list").length).toBeLessThanOrEqual(2);
});

it("a body without end is read to the limit and no further, and a stranger's not at all", async () => {
  const send = async (path: string, headers: Record<string, string>) => {
    let pulled = 0;
    const chunk = new TextEncoder().encode(" ".repeat(64_000));
    const body = new ReadableStream({
      pull(controller) {
        pulled += chunk.length;
        if (pulled > 30_000_000) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const request = new Request(`${API}/${path}`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...headers },
    });
    const { via } = counting();
    const { status } = await via(request);
    return { status, pulled };
  };
  const ours = await send(at("scopes"), { authorization });
  expect(ours.status).toBe(413);
  expect(ours.pulled).toBeLessThan(2_000_000);
  for (const path of [at("scopes"), "system/default/post-authn/x/complete"]) {
    const stranger = await send(path, {});
    expect([path, stranger.status, stranger.pulled < 200_000]).toEqual([path, 401, true]);
  }
});
