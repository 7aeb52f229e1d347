/** A workspace built from an empty deployment by the API alone, as the API describes itself. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020, type AnySchema } from "ajv/dist/2020.js";
import * as client from "openid-client";
import { forms, text } from "../html.ts";
import { startPool, type Pool } from "../local/pool/index.ts";
import { freePort } from "../local/ports.ts";
import { startWorker, type LocalWorker } from "../local/worker.ts";
import { Person } from "./person.ts";

const BOOTSTRAP_KEY = "k".repeat(43);
const APP = "http://127.0.0.1:45678/callback";
const upstream = { id: "a".repeat(26), secret: "b".repeat(52) };

let worker: LocalWorker;
let pool: Pool;
let origin: string;
let document: Record<string, unknown>;
let ajv: Ajv2020;

before(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  const callbackUrls = [`${origin}/shop/callback/staff`];
  pool = await startPool({ clients: [{ ...upstream, name: "shop", callbackUrls, logoutUrls: [] }] });
  const bindings = { ORIGIN: origin, DEPLOYMENT_KEY: `k1:${"A".repeat(43)}`, BOOTSTRAP_KEY, LOOPBACK: "on" };
  worker = await startWorker({ port, bindings, outbound: pool.answer, log: () => undefined });
  document = (await (await fetch(`${origin}/api/openapi.json`)).json()) as typeof document;
  ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document as AnySchema, "api");
});
after(async () => {
  await worker.stop();
  await pool.stop();
});

function fits(schema: string, value: unknown): void {
  const judge = ajv.getSchema(`api#/components/schemas/${schema}`);
  assert.ok(judge, schema);
  assert.ok(judge(value), `${schema}: ${ajv.errorsText(judge.errors)} in ${JSON.stringify(value)}`);
}

async function call(method: string, path: string, body?: object, key = BOOTSTRAP_KEY) {
  const response = await fetch(`${origin}/api/${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { "content-type": "application/json" }) },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  const answer = { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> };
  if (answer.status >= 400) fits("Problem", answer.body);
  return answer;
}

/** Both what is sent and what comes back is as the description says. */
async function made(method: string, path: string, schema: string, body: object) {
  fits(schema, body);
  const answer = await call(method, path, body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  fits(schema, answer.body);
  return answer.body;
}

test("the description is valid OpenAPI 3.1", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document));
  assert.ok(valid, JSON.stringify(errors));
  assert.equal(validator.version, "3.1");
});

test("an empty deployment has no workspace, and nobody but the bootstrap key opens it", async () => {
  assert.deepEqual(await call("GET", "workspaces"), { status: 200, body: { items: [] } });
  for (const path of ["workspaces/system", "workspaces/shop", "workspaces/shop/clients"])
    assert.equal((await call("GET", path)).status, 404);
  assert.equal((await call("GET", "workspaces", undefined, "x".repeat(43))).status, 401);
});

test("the console of an empty deployment opens on its first step", async () => {
  const entered = await fetch(`${origin}/admin/sign-in`, {
    method: "POST",
    headers: { origin },
    body: new URLSearchParams({ key: BOOTSTRAP_KEY }),
    redirect: "manual",
  });
  const [cookie = ""] = entered.headers.getSetCookie();
  const page = await (await fetch(`${origin}/admin`, { headers: { cookie } })).text();
  assert.equal(text(page, "h1"), "Getting started");
  assert.match(page, /First a workspace/);
  const [, form] = forms(page);
  assert.deepEqual(
    [form?.fields, form?.buttons.map(({ id }) => id)],
    [
      [
        ["name", ""],
        ["id", ""],
        ["jurisdiction", ""],
      ],
      ["save"],
    ],
  );
});

test("a person signs in to what was built by the API alone", async () => {
  await made("PUT", "workspaces/shop", "settings", { name: "Shop", access_token_lifetime: 600 });
  const shop = "workspaces/shop";
  await made("POST", `${shop}/scopes`, "scopes", { name: "orders:read", display_name: "Your orders" });
  const identifier = "https://orders.example.com";
  await made("POST", `${shop}/apis`, "apis", { identifier, name: "Orders", scopes: ["orders:read"] });
  const claim = { name: "given_name", type: "access_token", source_path: "given_name", scopes: ["profile"] };
  await made("POST", `${shop}/claims`, "claims", claim);
  const connection = await made("POST", `${shop}/connections`, "connections", {
    id: "staff",
    name: "Staff",
    method: "cognito",
    settings: { pool_id: pool.poolId, region: pool.region, client_id: upstream.id },
    credentials: { client_secret: upstream.secret },
  });
  assert.equal(connection["redirect_url"], `${origin}/shop/callback/staff`);
  const { client_id, client_secret } = await made("POST", `${shop}/clients`, "clients", {
    client_name: "Shop",
    redirect_uris: [APP],
    grant_types: ["authorization_code", "refresh_token"],
    scope: "openid profile orders:read",
    trusted: true,
  });
  await made("PUT", `${shop}/features/custom_apps`, "features", { enabled: false });

  const config = await client.discovery(
    new URL(`${origin}/shop`),
    String(client_id),
    String(client_secret),
    client.ClientSecretBasic(String(client_secret)),
    { execute: [client.allowInsecureRequests] },
  );
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: APP,
    scope: "openid profile orders:read",
    resource: identifier,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
  });
  const answer = await new Person("ada").walk(url, APP);
  const tokens = await client.authorizationCodeGrant(config, answer, { pkceCodeVerifier });
  assert.equal(tokens.scope, "orders:read");
  assert.ok(tokens.id_token);
  assert.equal(tokens.expires_in, 600);
});

test("every list is as described, and no record of it is refused when it is sent back", async () => {
  for (const kind of ["connections", "clients", "apis", "scopes", "claims", "features"]) {
    const { body } = await call("GET", `workspaces/shop/${kind}?limit=200`);
    fits("List", body);
    for (const item of body["items"] as Record<string, unknown>[]) {
      fits(kind, item);
      const id = String(item["client_id"] ?? item["id"] ?? item["flag"] ?? item["name"]);
      const again = await call("PUT", `workspaces/shop/${kind}/${encodeURIComponent(id)}`, item);
      assert.deepEqual(again, { status: 200, body: item });
    }
  }
});

test("the first operator closes the bootstrap key", async () => {
  const operator = { client_id: "ci", scopes: ["workspaces:write", "operators:write"], workspaces: ["*"] };
  const ci = await made("POST", "workspaces/system/clients", "clients", {
    client_id: "ci",
    client_name: "CI",
    grant_types: ["client_credentials"],
    scope: "workspaces:write operators:write",
  });
  await made("POST", "workspaces/system/operators", "operators", operator);
  const config = await client.discovery(
    new URL(`${origin}/system`),
    "ci",
    undefined,
    client.ClientSecretBasic(String(ci["client_secret"])),
    { execute: [client.allowInsecureRequests] },
  );
  const { access_token } = await client.clientCredentialsGrant(config, { resource: `${origin}/api` });
  const { status, body } = await call("GET", "workspaces", undefined, access_token);
  assert.deepEqual(
    [status, body["items"]],
    [200, ["shop", "system"].map((id) => ({ id, issuer: `${origin}/${id}` }))],
  );
  assert.equal((await call("GET", "workspaces")).status, 401);
});
