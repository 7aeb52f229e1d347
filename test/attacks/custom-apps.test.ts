/** A sign-in that waits for an application belongs to one browser, one application and one answer (threats 4, 23). */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { auditShard, subjectObject } from "../../src/store/shards.ts";
import { must } from "../api.ts";
import { ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { HOUR, now, pass } from "../clock.ts";
import { type Answer, type Application, makeApplication } from "../custom-app.ts";
import { basic, post } from "../raw.ts";
import { systemClient } from "../operators.ts";
import { APP, makeWorld, random, SECRET, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
let terms: Application;

beforeEach(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app");
  terms = await makeApplication(world, "terms", "pool");
});

async function leave(browser = new Browser("ada")) {
  const begun = await app.begin();
  const { url } = await browser.open(begun.url);
  return { begun, browser, url };
}

const NOT_THERE = [404, "no sign-in of that id and state waits for this application"];
const said = ({ status, body }: Answer) => [status, body["title"]];

describe("redirect_to", () => {
  it("continues only in the browser that left", async () => {
    const { url } = await leave();
    const { body } = await terms.complete(url, {});
    const eve = new Browser("eve");
    const page = await eve.open(String(body["redirect_to"]));
    const { pathname } = new URL(String(body["redirect_to"]));
    expect([page.status, page.url.pathname, eve.facts["Code"]]).toEqual([400, pathname, "expired"]);
  });

  it("continues once", async () => {
    const { begun, browser, url } = await leave();
    const to = String((await terms.complete(url, {})).body["redirect_to"]);
    const jar = browser.jar.header({ to: new URL(to), crossSite: false, navigation: true });
    await app.finish(await browser.open(to), begun);
    const again = await fetchWith(to, jar);
    expect(new URL(again.headers.get("location")!).searchParams.get("error")).toBe("access_denied");
  });

  it("continues once, of five that come at the same time", async () => {
    const { browser, url } = await leave();
    const to = String((await terms.complete(url, {})).body["redirect_to"]);
    const jar = browser.jar.header({ to: new URL(to), crossSite: false, navigation: true });
    const answers = await Promise.all(Array.from({ length: 5 }, () => fetchWith(to, jar)));
    const codes = answers.map(({ headers }) => new URL(headers.get("location")!).searchParams.has("code"));
    expect(codes.filter(Boolean)).toHaveLength(1);
  });

  it("keeps two tabs apart", async () => {
    const browser = new Browser("ada");
    const [one, two] = [await leave(browser), await leave(browser)];
    const [first, second] = [await terms.complete(one.url, {}), await terms.abort(two.url, {})];
    const denied = await browser.open(String(second.body["redirect_to"]));
    expect(denied.url.searchParams.get("error")).toBe("access_denied");
    expect(denied.url.searchParams.get("state")).toBe(two.begun.state);
    const page = await browser.open(String(first.body["redirect_to"]));
    expect(await app.finish(page, one.begun)).toHaveProperty("id_token");
  });
});

describe("a login is answered", () => {
  const ways = ["complete", "abort", "read"] as const;
  it.each(ways.flatMap((second) => [`${second} after complete`, `${second} after abort`]))(
    "once: no %s",
    async (what) => {
      const { url } = await leave();
      const [second = "", first = ""] = what.split(" after ");
      await (first === "abort" ? terms.abort(url, {}) : terms.complete(url, {}));
      expect(said(await terms[second as (typeof ways)[number]](url, {}))).toEqual(NOT_THERE);
    },
  );

  it("once, of ten that come at the same time, and the first counts", async () => {
    const { begun, browser, url } = await leave();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        index % 2 === 0 ? terms.complete(url, {}) : terms.abort(url, { error: "no" }),
      ),
    );
    const taken = answers.filter(({ status }) => status === 200);
    expect([taken.length, answers.filter(({ status }) => status === 404).length]).toEqual([1, 9]);
    const page = await browser.open(String(taken[0]!.body["redirect_to"]));
    const isFirst = answers.findIndex(({ status }) => status === 200) % 2 === 0;
    expect(page.url.searchParams.has(isFirst ? "code" : "error")).toBe(true);
    expect(page.url.searchParams.get("state")).toBe(begun.state);
  });

  it("within an hour", async () => {
    const { url } = await leave();
    pass(HOUR + 1);
    expect(said(await terms.read(url))).toEqual(NOT_THERE);
    expect(said(await terms.complete(url, {}))).toEqual(NOT_THERE);
  });

  it("with the state of its own browser", async () => {
    const [one, two] = [await leave(), await leave(new Browser("bob"))];
    const login_state = two.url.searchParams.get("login_state")!;
    for (const changed of [{ login_state }, { login_state: "" }]) {
      expect(said(await terms.read(one.url, changed))).toEqual(NOT_THERE);
      expect(said(await terms.complete(one.url, {}, changed))).toEqual(NOT_THERE);
      expect(said(await terms.abort(one.url, {}, changed))).toEqual(NOT_THERE);
    }
    expect((await terms.read(one.url)).status).toBe(200);
  });

  it("by the application that it waits for", async () => {
    const { url } = await leave();
    const other = await makeApplication(world, "other");
    const elsewhere = await makeWorld();
    const stranger = await makeApplication(elsewhere, "terms");
    for (const one of [other, stranger]) {
      expect(said(await one.read(url))).toEqual(NOT_THERE);
      expect(said(await one.complete(url, {}))).toEqual(NOT_THERE);
      expect(said(await one.abort(url, {}))).toEqual(NOT_THERE);
    }
  });

  it("under the id that it has", async () => {
    const { url } = await leave();
    const login_id = url.searchParams.get("login_id")!;
    const forged = `${login_id.slice(0, -2)}${login_id.endsWith("AA") ? "BB" : "AA"}`;
    for (const id of [forged, login_id.replace(world.id, "system"), "x", "system~login.k1.AA.AA"])
      expect(said(await terms.read(url, { login_id: id })), id).toEqual(NOT_THERE);
  });
});

describe("a caller", () => {
  const credentials = { grant_type: "client_credentials" };

  it("without a token, or with one that is not of system, gets 401", async () => {
    const { url } = await leave();
    const robot = await world.client("robot", { grant_types: ["client_credentials"], redirect_uris: [] });
    const foreign = (await robot.clientCredentials()).access_token;
    for (const token of ["nothing", foreign])
      expect(said(await terms.read(url, { token }))).toEqual([
        401,
        "this needs an access token of the system workspace",
      ]);
  });

  it("without the scope gets 403", async () => {
    const { url } = await leave();
    const id = `robot-${world.id}`;
    await must("PUT", `workspaces/system/clients/${id}`, {
      client_name: "Robot",
      grant_types: ["client_credentials"],
      scope: "scripts:read",
      client_secret: SECRET,
    });
    const answer = await post(`${ORIGIN}/system/oauth2/token`, credentials, basic(id, SECRET));
    const token = String(answer.json!["access_token"]);
    expect(said(await terms.read(url, { token }))).toEqual([403, "this needs the scope manage_post_authn"]);
  });

  it("with a token of a person, though they have the scope, gets 401", async () => {
    const { url } = await leave();
    const staff = `staff-${world.id}`;
    await must("PUT", `workspaces/system/connections/${staff}`, {
      name: staff,
      method: "cognito",
      settings: { pool_id: `eu-central-1_0${random()}`, region: "eu-central-1", client_id: "app" },
    });
    const party = await systemClient({
      grant_types: ["authorization_code"],
      redirect_uris: [APP],
      scope: ["openid", "manage_post_authn"],
      trusted: true,
    });
    const scope = "openid manage_post_authn";
    const { access_token: token } = await party.signIn(new Browser("ada"), { idp_hint: staff, scope });
    expect(said(await terms.read(url, { token }))[0]).toBe(401);
    await must("DELETE", `workspaces/system/connections/${staff}`);
  });

  it("with a token for another API gets 401 (RFC 8707 §2)", async () => {
    const { url } = await leave();
    const identifier = `https://${world.id}.example.com`;
    await must("PUT", `workspaces/system/apis/${world.id}`, { identifier, name: "Other" });
    const party = await systemClient({ scope: "manage_post_authn" });
    const other = await party.clientCredentials({ resource: identifier });
    const ours = await party.clientCredentials();
    expect(said(await terms.read(url, { token: other.access_token }))[0]).toBe(401);
    expect(said(await terms.read(url, { token: ours.access_token }))).toEqual(NOT_THERE);
    await must("DELETE", `workspaces/system/apis/${world.id}`);
  });

  it("whose id ends like an application's is not that application", async () => {
    const { url } = await leave();
    const id = `other.${world.id}.terms`;
    await must("PUT", `workspaces/system/clients/${id}`, {
      client_name: "Other",
      grant_types: ["client_credentials"],
      scope: "manage_post_authn",
      client_secret: SECRET,
    });
    const answer = await post(`${ORIGIN}/system/oauth2/token`, credentials, basic(id, SECRET));
    const token = String(answer.json!["access_token"]);
    expect(said(await terms.read(url, { token }))).toEqual(NOT_THERE);
    expect(said(await terms.complete(url, {}, { token }))).toEqual(NOT_THERE);
    expect((await terms.read(url)).status).toBe(200);
  });

  it("of an application finds nothing while its workspace has the feature off", async () => {
    const { url } = await leave();
    await world.put("features/custom_apps", { enabled: false });
    pass(11);
    expect(said(await terms.read(url))).toEqual(NOT_THERE);
    expect(said(await terms.complete(url, {}))).toEqual(NOT_THERE);
  });

  it("says in the body which login it means, the same as in the address", async () => {
    const [one, two] = [await leave(), await leave(new Browser("bob"))];
    const path = (url: URL) =>
      `${ORIGIN}/api/system/default/post-authn/${url.searchParams.get("login_id") ?? ""}/complete`;
    const send = async (body: object | string | ReadableStream) => {
      const request = new Request(path(one.url), {
        method: "POST",
        headers: { authorization: `Bearer ${await terms.token()}`, "content-type": "application/json" },
        body: typeof body === "string" || body instanceof ReadableStream ? body : JSON.stringify(body),
      });
      const response = await exports.default.fetch(request);
      return [response.status, (await response.json<{ title: string }>()).title];
    };
    const [id, login_state] = ["login_id", "login_state"].map((name) => one.url.searchParams.get(name));
    expect(await send({ id: two.url.searchParams.get("login_id"), login_state })).toEqual([
      400,
      "id is not the login of the address",
    ]);
    expect(await send({ id })).toEqual([422, "the answer is not valid"]);
    expect(await send({ id, login_state, authentication_context: [] })).toEqual([
      422,
      "the answer is not valid",
    ]);
    const large = JSON.stringify({
      id,
      login_state,
      authentication_context: { padding: "x".repeat(100_000) },
    });
    // Whether it says so, or comes in pieces and does not.
    for (const body of [large, new Blob([large]).stream()])
      expect(await send(body)).toEqual([413, "the body has more than 100000 bytes"]);
    const deep = `{"id":"${id}","login_state":"${login_state}","authentication_context":{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`;
    expect(await send(deep)).toEqual([400, "the body must be a JSON object"]);
    expect((await send({ id, login_state }))[0]).toBe(200);
  });

  it("with the scope that is no application's client gets 404, and the admin API stays closed to applications", async () => {
    const { url } = await leave();
    const id = `other-${world.id}`;
    await must("PUT", `workspaces/system/clients/${id}`, {
      client_name: "Other",
      grant_types: ["client_credentials"],
      scope: "manage_post_authn",
      client_secret: SECRET,
    });
    const answer = await post(`${ORIGIN}/system/oauth2/token`, credentials, basic(id, SECRET));
    expect(said(await terms.read(url, { token: String(answer.json!["access_token"]) }))).toEqual(NOT_THERE);
    const admin = await fetchWith(`${ORIGIN}/api/workspaces`, "", await terms.token());
    expect(admin.status).toBe(401);
  });
});

it("what it answers cannot touch the protocol, nor what the schema does not have", async () => {
  const { begun, browser, url } = await leave();
  const forged = Object.fromEntries(
    ["sub", "iss", "aud", "amr", "acr", "idp", "idp_sub", "auth_time", "vip", "__proto__"].map((name) => [
      name,
      "forged",
    ]),
  );
  const { body } = await terms.complete(url, forged);
  const tokens = await app.finish(await browser.open(String(body["redirect_to"])), begun);
  for (const token of [tokens.id_token!, tokens.access_token])
    expect(JSON.stringify(decodeJwt(token))).not.toContain("forged");
});

it("what it calls its values does not fill the audit", async () => {
  const { url } = await leave();
  const { subject } = (await terms.read(url)).body;
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`n${n}`, 1]));
  await terms.complete(url, { ["n".repeat(50_000)]: 1, ...many });
  const attributes = ["n".repeat(128), ...Object.keys(many).slice(0, 99)];
  expect(await told("app_completed", String(subject))).toMatchObject([{ attributes }]);
});

it("why it aborts is short, and one word in the audit", async () => {
  const { url } = await leave();
  for (const long of [{ error: "e".repeat(101) }, { error_description: "d".repeat(501) }])
    expect(said(await terms.abort(url, long))).toEqual([422, "the answer is not valid"]);
  const { subject } = (await terms.read(url)).body;
  expect((await terms.abort(url, { error: 'no\n"ada"' })).status).toBe(200);
  expect(await told("app_aborted", String(subject))).toMatchObject([{ error: "no__ada_" }]);
});

async function told(type: "app_completed" | "app_aborted", subject: string) {
  await runDurableObjectAlarm(env.SUBJECT.getByName(subjectObject(world.id, subject)));
  const events = await env.AUDIT.getByName(auditShard(world.id, now())).list(10, "", { type });
  return events.map(({ event }) => event);
}

it("what the operator ended while the person was there stays ended", async () => {
  for (const change of [
    () => world.patch("connections/pool", { disabled: true }),
    () =>
      world.patch("connections/pool", { disabled: false, not_before: Math.floor(Date.now() / 1_000) + 60 }),
  ]) {
    const { browser, url } = await leave();
    const to = String((await terms.complete(url, {})).body["redirect_to"]);
    await change();
    pass(11);
    const answer = (await browser.open(to)).url.searchParams;
    expect(answer.get("error")).toBe("access_denied");
    await world.patch("connections/pool", { disabled: false, not_before: 0 });
    pass(11);
  }
});

describe("while the person is at the application", () => {
  const back = async (change: () => Promise<unknown>) => {
    const { browser, url } = await leave();
    const to = String((await terms.complete(url, {})).body["redirect_to"]);
    await change();
    pass(11);
    const page = await browser.open(to);
    return page.status === 0 ? page.url.searchParams.get("error") : browser.facts["Code"];
  };

  it.each<[string, object, string]>([
    ["a client that is disabled gets nothing", { disabled: true }, "unknown_client"],
    [
      "a redirect URI that is not registered any more is not opened",
      { redirect_uris: ["https://app.example.com/other"] },
      "wrong_redirect",
    ],
  ])("%s", async (_, patch, code) => {
    expect(await back(() => world.patch("clients/app", patch))).toBe(code);
  });

  it("a client that is deleted gets nothing", async () => {
    expect(await back(() => world.remove("clients/app"))).toBe("unknown_client");
  });

  it("an application that is gone asks nobody any more, and lets nobody in", async () => {
    const { browser, url } = await leave();
    await world.patch("connections/pool", { post_authn_app_id: null });
    await world.remove("custom-apps/terms");
    pass(11);
    const state = url.searchParams.get("login_state") ?? "";
    const { searchParams } = (await browser.open(`${world.issuer}/post-authn/${state}`)).url;
    expect([searchParams.get("error"), searchParams.get("error_description")]).toEqual([
      "access_denied",
      "this sign-in was already continued or is too old",
    ]);
  });
});

it("with the feature switched off in the deployment nobody passes by what an application would ask", async () => {
  await must("PUT", "workspaces/system/features/custom_apps", { enabled: false });
  pass(11);
  const { url } = await leave();
  await must("PUT", "workspaces/system/features/custom_apps", { enabled: true });
  expect([url.searchParams.get("error"), url.searchParams.get("error_description")]).toEqual([
    "access_denied",
    "this way to sign in cannot be used right now",
  ]);
});

async function fetchWith(url: string, cookie: string, token?: string): Promise<Response> {
  const headers = { cookie, ...(token && { authorization: `Bearer ${token}` }) };
  return exports.default.fetch(new Request(url, { headers, redirect: "manual" }));
}

it("what an operator changes while a person is away is not got around: their context is not taken for one that the change made", async () => {
  await world.patch("connections/pool", { config: { enable_stateful_ctx: true } });
  const { begun, browser, url } = await leave();
  await world.patch("connections/pool", { static_amr: ["mfa"] });
  const { body } = await terms.complete(url, {});
  await app.finish(await browser.open(String(body["redirect_to"])), begun);
  const silent = async () => {
    const { url: at } = await browser.open((await app.begin({ prompt: "none" })).url);
    return at.searchParams.get("error") ?? "none";
  };
  expect(await silent()).toBe("login_required");
  const again = await leave(browser);
  const answered = await terms.complete(again.url, {});
  await app.finish(await browser.open(String(answered.body["redirect_to"])), again.begun);
  expect(await silent()).toBe("none");
});
