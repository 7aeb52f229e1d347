/** A person goes through an application of the operator's between their provider and their app. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeEach, expect, it } from "vitest";
import { auditShard, subjectObject } from "../../src/store/shards.ts";
import { api, must, problem } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { HOUR, now, pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { type Application, makeApplication } from "../custom-app.ts";
import { script } from "../scripts.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
let terms: Application;

beforeEach(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app");
  terms = await makeApplication(world, "terms", "pool");
  await world.put("schema/terms", { type: "string" });
  for (const type of ["id_token", "access_token"])
    await world.put(`claims/${type}-terms`, { name: "terms", type, source_path: "terms" });
});

const scope = "openid profile email";

async function leave(browser = new Browser("ada"), params: Record<string, string> = {}) {
  const begun = await app.begin({ scope, ...params });
  const { url } = await browser.open(begun.url);
  return { begun, browser, url };
}

it("what it adds is in both tokens, and the rest stays", async () => {
  const { begun, browser, url } = await leave();
  expect(`${url.origin}${url.pathname}`).toBe("https://terms.example.com/start");
  expect([...url.searchParams.keys()]).toEqual(["lang", "login_id", "login_state"]);
  const { status, body } = await terms.complete(url, { terms: "2026-11" });
  expect([status, Object.keys(body)]).toEqual([200, ["redirect_to"]]);
  const tokens = await app.finish(await browser.open(String(body["redirect_to"])), begun);
  const id = decodeJwt(tokens.id_token!);
  expect([id["terms"], id["given_name"], decodeJwt(tokens.access_token)["terms"]]).toEqual([
    "2026-11",
    "Ada",
    "2026-11",
  ]);
});

it("whoever asked the browser to remember their choice is remembered, though it lies on the way", async () => {
  await world.connection("other");
  const [begun, browser] = [await app.begin(), new Browser("ada")];
  await browser.open(begun.url);
  await browser.click("remember");
  const { url } = await browser.click("connection-pool");
  const { body } = await terms.complete(url, {});
  await app.finish(await browser.open(String(body["redirect_to"])), begun);
  await browser.open((await app.begin()).url);
  expect(browser.title).toBe("Welcome back, Ada Lovelace");
});

it("nobody goes through it again for what a cached context answers, and what it added stays", async () => {
  await world.patch("connections/pool", { config: { enable_stateful_ctx: true } });
  const { begun, browser, url } = await leave();
  const { body } = await terms.complete(url, { terms: "2026-11" });
  await app.finish(await browser.open(String(body["redirect_to"])), begun);
  const { id_token } = await app.signIn(browser, { scope });
  expect(decodeJwt(id_token!)["terms"]).toBe("2026-11");
});

it("it reads the login session in the original's words", async () => {
  const claims = { id_token: { email: null }, userinfo: { given_name: { value: "Ada" } } };
  const { url } = await leave(new Browser("ada"), { login_hint: "ada", claims: JSON.stringify(claims) });
  const { status, body } = await terms.read(url);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    id: url.searchParams.get("login_id"),
    login_state: url.searchParams.get("login_state"),
    tenant_id: "default",
    server_id: world.id,
    client_id: "app",
    client_info: { client_name: "Client app" },
    idp_id: "pool",
    requested_redirect_uri: app.redirect_uri,
    request_query_params: { client_id: ["app"], scope: [scope], login_hint: ["ada"] },
    requested_scopes: ["openid", "profile", "email"].map((name) => ({
      requested_name: name,
      scope: { name },
    })),
    requested_claims: { id_token: { email: null }, userinfo: { given_name: { values: ["Ada"] } }, extra: {} },
    authentication_context: { given_name: "Ada", email: "ada@example.com" },
    login_approved: true,
    scope_grant_approved: false,
    max_age: "1h0m0s",
  });
  expect(String(body["subject"])).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(body)).not.toContain("secret");
});

it("an error says why in the original's members beside our own", async () => {
  const { url } = await leave();
  const title = "no sign-in of that id and state waits for this application";
  const { status, body } = await terms.read(url, { login_state: "another" });
  expect([status, body]).toEqual([
    404,
    { title, status: 404, error: title, status_code: 404, request_id: expect.any(String) },
  ]);
});

it.each([undefined, 403, 503])(
  "an abort tells the client, whatever its status_code (%s)",
  async (status_code) => {
    const { begun, browser, url } = await leave();
    const { body } = await terms.abort(url, {
      error: "terms_refused",
      error_description: 'the person said "no"',
      ...(status_code && { status_code }),
    });
    const to = (await browser.open(String(body["redirect_to"]))).url;
    expect(to.href.startsWith(app.redirect_uri)).toBe(true);
    const said = ["error", "error_description", "state", "iss"].map((name) => to.searchParams.get(name));
    expect(said).toEqual(["access_denied", "the person said  no", begun.state, world.issuer]);
  },
);

it("a script runs before it, and it sees what the script made", async () => {
  await world.put("schema/tier", { type: "string" });
  await world.put("scripts/tier", { name: "Tier", body: script("return { authn_ctx: { tier: 'gold' } };") });
  await world.patch("connections/pool", { post_authn_ctx_script: "tier" });
  const { url } = await leave();
  expect((await terms.read(url)).body["authentication_context"]).toMatchObject({ tier: "gold" });
});

it("consent is asked after it", async () => {
  await world.patch("clients/app", { trusted: false });
  const { begun, browser, url } = await leave();
  const { body } = await terms.complete(url, { terms: "2026-11" });
  await browser.open(String(body["redirect_to"]));
  expect(browser.page.url.pathname).toContain("/consent/");
  const tokens = await app.finish(await browser.submit("allow"), begun);
  expect(decodeJwt(tokens.id_token!)["terms"]).toBe("2026-11");
});

it("a browser that comes back too early is sent there again", async () => {
  const { begun, browser, url } = await leave();
  const state = url.searchParams.get("login_state")!;
  const again = (await browser.open(`${world.issuer}/post-authn/${state}`)).url;
  expect(again.href).toBe(url.href);
  const { body } = await terms.complete(again, {});
  expect(await app.finish(await browser.open(String(body["redirect_to"])), begun)).toHaveProperty("id_token");
});

it("who comes back to what is over is told so, with what to do", async () => {
  const { begun, browser, url } = await leave();
  const to = String((await terms.complete(url, {})).body["redirect_to"]);
  await app.finish(await browser.open(to), begun);
  const other = await leave(new Browser("bob"));
  const state = other.url.searchParams.get("login_state")!;
  pass(HOUR + 1);
  for (const [who, back] of [
    [browser, to],
    [other.browser, `${world.issuer}/post-authn/${state}`],
  ] as const) {
    const { status, html } = await who.open(back);
    expect([status, who.facts["Code"]]).toEqual([400, "expired"]);
    expect(html).toContain("This sign-in is over");
    expect(html).toContain("Open the app again.");
  }
});

it("the audit tells of each step, by subject", async () => {
  const { begun, browser, url } = await leave();
  const { body } = await terms.complete(url, { terms: "2026-11" });
  const tokens = await app.finish(await browser.open(String(body["redirect_to"])), begun);
  const { sub } = decodeJwt(tokens.id_token!);
  await runDurableObjectAlarm(env.SUBJECT.getByName(subjectObject(world.id, sub!)));
  const events = await env.AUDIT.getByName(auditShard(world.id, now())).list(100, "", { subject: sub });
  expect(events.map(({ event }) => event)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ type: "app_asked", app: "terms", client_id: "app" }),
      expect.objectContaining({ type: "app_completed", app: "terms", attributes: ["terms"] }),
    ]),
  );
});

it("costs two calls more, beside the application's own", async () => {
  const { via, calls } = counting();
  const party = await world.client("counted", { via });
  const browser = new Browser("ada", via);
  await party.begin();
  calls.length = 0;
  const begun = await party.begin();
  const { url } = await browser.open(begun.url);
  const { body } = await terms.complete(url, {});
  await party.finish(await browser.open(String(body["redirect_to"])), begun);
  expect(calls.filter((call) => call.startsWith("SUBJECT"))).toEqual([
    "SUBJECT.awaitApp",
    "SUBJECT.continueApp",
    "SUBJECT.signIn",
    "SUBJECT.redeem",
  ]);
});

it("its client is made and deleted with it, and has that one scope", async () => {
  const { client_id } = terms;
  expect(client_id).toBe(`post-authn.${world.id}.terms`);
  expect(await must("GET", `workspaces/system/clients/${client_id}`)).toMatchObject({
    scope: ["manage_post_authn"],
    grant_types: ["client_credentials"],
  });
  const used = await api("DELETE", `workspaces/${world.id}/custom-apps/terms`);
  expect([used.status, used.body["used_by"]]).toEqual([409, ["connections/pool"]]);
  await world.patch("connections/pool", { post_authn_app_id: null });
  await world.remove("custom-apps/terms");
  expect((await api("GET", `workspaces/system/clients/${client_id}`)).status).toBe(404);
});

it("without the feature there are no applications, and a connection that names one lets nobody in", async () => {
  const other = await makeWorld();
  const refused = await api("PUT", `workspaces/${other.id}/custom-apps/terms`, {
    name: "Terms",
    url: "https://terms.example.com/",
  });
  expect(problem(refused)).toEqual([
    422,
    "the feature custom_apps is off: switch it on in the workspace system and in this workspace",
  ]);
  await world.put("features/custom_apps", { enabled: false });
  const { url } = await leave();
  expect([url.searchParams.get("error"), url.searchParams.get("error_description")]).toEqual([
    "access_denied",
    "this way to sign in cannot be used right now",
  ]);
});
