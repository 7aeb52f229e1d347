/** What an operator writes wrongly: each rule of a record is told by its path and in words, and what is not there is not there. */
import { beforeAll, describe, expect, it } from "vitest";
import { api, must, problem } from "../api.ts";
import { script } from "../scripts.ts";
import { APP, makeWorld, type World } from "../world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  await world.put("scripts/dear", { name: "Dear", body: script("return {};") });
});
const at = (record: string) =>
  record === "" ? `workspaces/${world.id}` : `workspaces/${world.id}/${record}`;

const client = { client_name: "App", redirect_uris: [APP] };
const assertion = { ...client, token_endpoint_auth_method: "private_key_jwt" };
const app = { name: "Terms", url: "https://terms.example.com/" };
const code = { name: "Dear", body: "x" };
const connection = {
  name: "Pool",
  method: "cognito",
  settings: { pool_id: "eu-central-1_x", region: "eu-central-1", client_id: "x" },
};
const domains = (...names: string[]) => ({ ...connection, discovery_settings: { domains: names } });
const DOMAIN =
  "must be a domain in small letters, such as example.com; an international one in its form with xn--";
const ID = "1 to 64 of A-Z, a-z, 0-9, _ and -";
const ONE_WAY = "exactly one of client_id, role, access_email";
const operator = { scopes: ["audit:read"], workspaces: ["*"] };
const HOST = "must be a public host in lower case, like api.example.com";
const ORIGIN = "must be an https origin, like https://login.example.com";
const RESOURCE = "must be an absolute URI without fragment";

it.each<[record: string, body: object, path: string, message: string]>([
  ["connections/a.b", connection, "id", ID],
  [`clients/${"ab".repeat(32)}`, client, "client_id", "must not look like the subject of a person"],
  ["clients/a+b", client, "client_id", "1 to 128 of A-Z, a-z, 0-9, . _ ~ and -"],
  [
    "clients/a",
    { ...client, client_id: "b" },
    "client_id",
    "is not the id of the record, which never changes",
  ],
  [
    "clients/a",
    { ...client, client_secret: "x".repeat(31) },
    "client_secret",
    "must have at least 32 random characters",
  ],
  [
    "clients/a",
    { ...client, initiate_login_uri: "https://app.example.com/#a" },
    "initiate_login_uri",
    "must have no fragment",
  ],
  [
    "clients/a",
    { ...assertion, jwks: { keys: [{ kty: "EC", d: "x" }] } },
    "jwks.keys.0",
    "must be a public key",
  ],
  ["apis/a", { name: "Orders", identifier: "https://api.example.com/#a" }, "identifier", RESOURCE],
  ["apis/a", { name: "Orders", identifier: "orders" }, "identifier", RESOURCE],
  ["connections/a", domains("ACME.com"), "discovery_settings.domains.0", DOMAIN],
  ["connections/a", domains("acme.com", "münchen.example"), "discovery_settings.domains.1", DOMAIN],
  ["connections/a", domains("localhost"), "discovery_settings.domains.0", DOMAIN],
  ["connections/a", domains("acme.com/x"), "discovery_settings.domains.0", DOMAIN],
  ["connections/a", domains("10.0.0.1"), "discovery_settings.domains.0", DOMAIN],
  ["linking-rules/a", { connections: ["pool", "pool"] }, "connections", "names a connection twice"],
  ["scripts/a", { ...code, hosts: ["API.example.com"] }, "hosts.0", HOST],
  ["scripts/a", { ...code, hosts: ["api.example.com/path"] }, "hosts.0", HOST],
  ["scripts/a", { ...code, secrets: ["a-b"] }, "secrets.0", "must be usable as secrets.NAME"],
  ["scripts/a", { ...code, debug_until: 9_999_999_999 }, "debug_until", "must be within the next hour"],
  ["secrets/a-b", { secret: "long enough" }, "id", "must be usable as secrets.NAME"],
  ["secrets/KEY", { secret: "1234567" }, "secret", "must have at least 8 characters"],
  ["", { name: "x", origin: "https://login.example.com/" }, "origin", ORIGIN],
  ["", { name: "x", origin: "http://login.example.com" }, "origin", ORIGIN],
  [
    "",
    { name: "x", theme: { light: { accent: "#fff;}" } } },
    "theme.light.accent",
    "must be # and six of 0-9 and a-f",
  ],
  [
    "",
    { name: "x", theme: { texts: { en: { help: "a\nb" } } } },
    "theme.texts.en.help",
    "must be one line of plain text",
  ],
  [
    "",
    { name: "x", theme: { texts: { de: { welcome: "a\u202eb" } } } },
    "theme.texts.de.welcome",
    "must be one line of plain text",
  ],
  [
    "",
    { name: "x", audit_webhook: { url: "https://siem.example.com/" }, audit_webhook_secret: "x".repeat(31) },
    "audit_webhook_secret",
    "must have at least 32 random characters",
  ],
])("PUT %s %j: %s %s", async (record, body, path, message) => {
  const answer = await api("PUT", at(record), body);
  expect([answer.status, answer.body["errors"]]).toEqual([422, [{ path, message }]]);
});

it.each<[body: object]>([[{}], [{ client_id: "ci", access_email: "ada@example.com" }]])(
  "an operator is known in one way, and not by %j",
  async (ways) => {
    const answer = await api("PUT", "workspaces/system/operators/nobody", { ...operator, ...ways });
    expect([answer.status, answer.body["errors"]]).toEqual([422, [{ path: "client_id", message: ONE_WAY }]]);
  },
);

it("an application's address has no fragment: what is added to it would be lost", async () => {
  await must("PUT", "workspaces/system/features/custom_apps", { enabled: true });
  await world.put("features/custom_apps", { enabled: true });
  const { body } = await api("PUT", at("custom-apps/terms"), { ...app, url: "https://terms.example.com/#a" });
  expect(body["errors"]).toEqual([{ path: "url", message: "must have no fragment" }]);
});

it.each(["admin", "api", "assets", "callback", "healthz", "portal"])(
  "no workspace is called %s",
  async (id) => {
    const { status, body } = await api("PUT", `workspaces/${id}`, { name: "x" });
    expect([status, body["errors"]]).toEqual([422, [{ path: "id", message: "this name is reserved" }]]);
  },
);

it.each([
  ["origin", "https://login.example.com"],
  ["jurisdiction", "eu"],
])("system has no %s of its own", async (path, value) => {
  const { status, body } = await api("PATCH", "workspaces/system", { [path]: value });
  expect([status, body["errors"]]).toEqual([422, [{ path, message: "system is where the deployment is" }]]);
});

const sealed = "k1.0.x";
const key = { kid: "x".repeat(43), alg: "RS256", private_jwk: sealed, created_at: 0, use_from: 0 };
it.each<[member: string, body: object, message: string]>([
  ["salt", { salt: "x", keys: [] }, "is not a sealed value"],
  ["keys.0.kid", { salt: sealed, keys: [{ ...key, kid: "x" }] }, "must be the thumbprint of a key"],
])("a backup whose %s is not one", async (path, body, message) => {
  const answer = await api("PUT", at("backup"), { version: 1, workspace: world.id, created_at: 0, ...body });
  expect(problem(answer)).toEqual([422, "the backup is not valid", path]);
  expect(answer.body["errors"]).toEqual([{ path, message }]);
});

const points = (one: object) => ({ execution_points: [{ target_fk: "pool", ...one }] });
describe("beside the records", () => {
  it.each<[method: string, path: string, body: object | undefined, answer: unknown[]]>([
    ["POST", "scripts/test", { body: 1 }, [422, "the test is not valid", "body"]],
    [
      "PUT",
      "scripts/dear/debug?duration=61m",
      undefined,
      [400, "duration must be like 60s or 10m, an hour at most"],
    ],
    [
      "PUT",
      "scripts/dear/debug?duration=0s",
      undefined,
      [400, "duration must be like 60s or 10m, an hour at most"],
    ],
    [
      "PUT",
      "scripts/dear/debug?duration=0s",
      undefined,
      [400, "duration must be like 60s or 10m, an hour at most"],
    ],
    [
      "PUT",
      "scripts/dear/debug?duration=1h",
      undefined,
      [400, "duration must be like 60s or 10m, an hour at most"],
    ],
    ["PUT", "scripts/none/debug", undefined, [404, "there is no such record"]],
    ["GET", "scripts/none/versions", undefined, [404, "there is no such record"]],
    ["POST", "scripts/dear/versions/999999/restore", undefined, [404, "there is no such version"]],
    [
      "PUT",
      "script-execution-points",
      points({ type: "other" }),
      [422, "the execution points are not valid", "execution_points.0.type"],
    ],
    [
      "PUT",
      "script-execution-points",
      points({ type: "post_authn_ctx", target_fk: "none" }),
      [404, "there is no such target"],
    ],
    ["POST", "keys/none/revoke", undefined, [404, "there is no such key in use"]],
    ["POST", "connections/none/check", undefined, [404, "there is no such record"]],
    ["POST", "connections/a.b/check", connection, [404, "there is no such record"]],
    ["PATCH", "clients/none", {}, [404, "there is no such record"]],
    ["DELETE", "clients/none", undefined, [404, "there is no such record"]],
    ["GET", "strange/none", undefined, [404, "there is nothing here"]],
    ["GET", "metrics?from=5&to=5", undefined, [400, "from must be before to"]],
    ["GET", "metrics?from=0&to=2678401", undefined, [400, "from and to must be within 31 days"]],
    ["GET", "consents?limit=51", undefined, [400, "limit must be a number from 1 to 50"]],
    ["DELETE", `subjects/${"ab".repeat(32)}`, undefined, [404, "there is no such person"]],
  ])("%s %s %j", async (method, path, body, answer) => {
    expect(problem(await api(method, at(path), body))).toEqual(answer);
  });

  it("a method that an address does not have is 405", async () => {
    expect(problem(await api("POST", "connection-kinds"))).toEqual([
      405,
      "this address does not take that method",
    ]);
  });
});
