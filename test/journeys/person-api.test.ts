/** What is a person's, for programs: their own access token, one scope for each thing. */
import { exports } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { now } from "../clock.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
let helper: RelyingParty;
const ALL =
  "openid list_clients_with_access revoke_client_access view_sessions manage_sessions view_identities manage_identities export_my_data erase_my_data";

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  await world.put("scopes/accounts.*", { display_name: "Accounts" });
  app = await world.client("app", {
    client_name: "Photo Book",
    client_uri: "https://app.example.com/",
    scope: "openid email offline_access accounts.*",
  });
  helper = await world.client("helper", { scope: ALL });
});

async function call(method: string, path: string, token?: string, issuer = world.issuer) {
  const headers = new Headers(token === undefined ? {} : { authorization: `Bearer ${token}` });
  const response = await exports.default.fetch(new Request(`${issuer}/me/${path}`, { method, headers }));
  const text = await response.text();
  return {
    status: response.status,
    challenge: response.headers.get("www-authenticate"),
    body: text ? (JSON.parse(text) as unknown) : undefined,
  };
}

async function person(name: string, scope = ALL) {
  const browser = new Browser(name);
  const theirs = await app.signIn(browser, { scope: "openid email accounts.own" });
  const { access_token } = await helper.signIn(browser, { scope });
  return { browser, theirs, token: access_token };
}

it("lists the apps with access, and what each was granted", async () => {
  const { token } = await person("lists");
  const { status, body } = await call("GET", "clients", token);
  expect(status).toBe(200);
  expect((body as { clients: unknown[] }).clients[1]).toEqual({
    client: { id: "app", name: "Photo Book", client_uri: "https://app.example.com/" },
    given_at: now(),
    connection: "pool",
    granted_scopes: [
      { scope_name: "openid", granted_scope_name: "openid", is_dynamic: false, given_at: now() },
      { scope_name: "email", granted_scope_name: "email", is_dynamic: false, given_at: now() },
      { scope_name: "accounts.*", granted_scope_name: "accounts.own", is_dynamic: true, given_at: now() },
    ],
    claims: ["email", "email_verified"],
    readable_until: now() + 3_660,
    trusted: true,
  });
});

it("revokes one: its tokens are dead before the answer is there", async () => {
  const { token, theirs } = await person("revokes");
  expect((await call("DELETE", "clients/app", token)).status).toBe(204);
  expect(await app.introspect(theirs.access_token)).toEqual({ active: false });
  expect((await call("DELETE", "clients/app", token)).status).toBe(404);
  expect((await call("GET", "clients", token)).status).toBe(200);
});

it("lists sessions, and ends one or all", async () => {
  const { token, browser } = await person("sessions");
  const { body } = await call("GET", "sessions", token);
  const sid = decodeJwt(token)["sid"] as string;
  expect(body).toEqual({
    sessions: [
      { id: sid, connection: "pool", auth_time: now(), active_time: now(), user_agent: "", ip_address: "" },
    ],
  });
  expect((await call("DELETE", "sessions/nobody", token)).status).toBe(404);
  expect((await call("DELETE", `sessions/${sid}`, token)).status).toBe(204);
  await browser.open(`${world.issuer}/me`);
  expect(browser.title).toBe("Welcome to Test");
  const again = await person("sessions");
  expect((await call("DELETE", "sessions", again.token)).status).toBe(204);
});

it("exports and erases", async () => {
  const { token, theirs } = await person("erases");
  const { body } = await call("GET", "data", token);
  expect(body).toMatchObject({ subject: decodeJwt(token).sub, grants: [{}, {}] });
  expect((await call("DELETE", "data", token)).status).toBe(204);
  expect(await app.introspect(theirs.access_token)).toEqual({ active: false });
  expect(await call("GET", "data", token)).toMatchObject({ status: 401, body: { error: "invalid_token" } });
});

it.each([
  ["GET", "clients", "list_clients_with_access"],
  ["DELETE", "clients/app", "revoke_client_access"],
  ["GET", "sessions", "view_sessions"],
  ["DELETE", "sessions/x", "manage_sessions"],
  ["DELETE", "sessions", "manage_sessions"],
  ["GET", "identities", "view_identities"],
  ["DELETE", "identities/staff", "manage_identities"],
  ["GET", "data", "export_my_data"],
  ["DELETE", "data", "erase_my_data"],
])("%s %s needs the scope %s", async (method, path, scope) => {
  const { token, theirs } = await person("scoped", ALL.replace(` ${scope}`, ""));
  expect(await call(method, path, token)).toMatchObject({
    status: 403,
    body: { error: "insufficient_scope", error_description: `the access token lacks the scope ${scope}` },
  });
  expect(await app.introspect(theirs.access_token)).toMatchObject({ active: true });
  expect(await call(method, path)).toMatchObject({ status: 401, body: undefined });
});

it("a session cookie opens none of it: programs bring a token", async () => {
  const { browser } = await person("cookie");
  const page = await browser.open(`${world.issuer}/me/data`);
  expect(page.status).toBe(401);
});
