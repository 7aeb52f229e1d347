/** Scripts at the other points: which providers somebody may choose from, and what goes into tokens. */
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { auditShard } from "../../src/store/shards.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { now, pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { basic, get, post } from "../raw.ts";
import { script } from "../scripts.ts";
import { makeWorld, SECRET, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeEach(async () => {
  world = await makeWorld();
  for (const id of ["pool", "staff"]) await world.connection(id);
  app = await world.client("app", {
    grant_types: ["authorization_code", "refresh_token", "client_credentials"],
  });
});

const write = (id: string, body: string, rest: object = {}) =>
  world.put(`scripts/${id}`, { name: id, body: script(body), ...rest });
const events = async () => {
  const object = env.AUDIT.getByName(auditShard(world.id, now()));
  return (await object.list(100, "", { type: "script_executed" })).map(({ event }) => event);
};

describe("allowed_idp_ids", () => {
  const only = async (body: string, rest: object = {}) => {
    await write("choose", body, rest);
    await world.settings({ allowed_idp_ids_script: "choose" });
  };
  const go = async (params: Record<string, string> = {}) =>
    (await new Browser("ada").open((await app.begin(params)).url)).url.searchParams;

  it("chooses providers by the request: with one left nobody is asked", async () => {
    await only("return { idps_ids: context.idps.map(({ id }) => id).filter((id) => id !== 'staff') };");
    expect((await go()).get("code")).not.toBeNull();
    expect((await events())[0]).toMatchObject({
      point: "allowed_idp_ids",
      outcome: "succeeded",
      client_id: "app",
    });
  });

  it("does not learn of one that is switched off", async () => {
    await world.patch("connections/staff", { disabled: true });
    await only("if (context.idps.length > 1) throw new Error('it did'); return { idps_ids: ['pool'] };");
    expect((await go()).get("code")).not.toBeNull();
  });

  it("an idp_hint for one that it does not allow is refused", async () => {
    await only("return { idps_ids: ['pool'] };");
    const answer = await go({ idp_hint: "staff" });
    expect([answer.get("error"), answer.get("error_description")]).toEqual([
      "invalid_request",
      "idp_hint names no connection that can be used",
    ]);
  });

  it("a session with one that it does not allow is not enough", async () => {
    await world.patch("connections/staff", { config: { enable_stateful_ctx: true } });
    const browser = new Browser("ada");
    await browser.open((await app.begin({ idp_hint: "staff" })).url);
    const silent = async () =>
      (await browser.open((await app.begin({ prompt: "none" })).url)).url.searchParams;
    expect((await silent()).get("code")).not.toBeNull();
    await only("return { idps_ids: ['pool'] };");
    expect((await silent()).get("error")).toBe("login_required");
  });

  it("returning nothing allows all; a name that is no connection's means nothing", async () => {
    await only("");
    const browser = new Browser("ada");
    await browser.open((await app.begin()).url);
    expect([...browser.links.keys()]).toEqual(
      expect.arrayContaining(["connection-pool", "connection-staff"]),
    );
    await only("return { idps_ids: ['pool', 'nobody'] };");
    expect((await go()).get("code")).not.toBeNull();
  });

  it("shows none that it does not allow to whoever writes an address, whichever that is", async () => {
    const ofDomain = (domain: string) => ({ discovery_settings: { domains: [domain] } });
    await world.connection("guests");
    await world.connection("acme", ofDomain("acme.example"));
    await world.connection("corp", ofDomain("corp.example"));
    await world.settings({ idp_discovery: { enabled: true } });
    await only("return { idps_ids: ['pool', 'guests', 'acme'] };");
    const browser = new Browser("ada");
    await browser.open((await app.begin()).url);
    for (const [login_hint, doors] of [
      ["ada@nobody.example", ["guests", "pool"]],
      ["ada@corp.example", ["guests", "pool"]],
      ["ada@acme.example", ["acme"]],
      [`${"a".repeat(400)}@acme.example`, ["guests", "pool"]],
    ] as const) {
      await browser.submit("find", { login_hint });
      const shown = [...browser.links.keys()].filter((id) => id.startsWith("connection-"));
      expect([login_hint, shown]).toEqual([login_hint, doors.map((id) => `connection-${id}`)]);
    }
  });

  it("runs for whoever asks, and a flood of strangers does not fill the audit", async () => {
    await only("return { idps_ids: [] };");
    pass(2);
    const { via, calls } = counting();
    const { url } = await app.begin();
    for (let n = 0; n < 15; n++) expect((await get(url, {}, via)).status).toBe(404);
    expect(calls.filter((call) => call === "AUDIT.append")).toHaveLength(10);
  });

  it("a failure ends the request, or allows all where the operator chose so", async () => {
    await only("return { idps_ids: 'pool' };");
    expect((await go()).get("error")).toBe("server_error");
    await only("throw new Error('x');", { on_error: "continue" });
    const browser = new Browser("ada");
    await browser.open((await app.begin()).url);
    expect(browser.page.status).toBe(200);
  });
});

describe("minting", () => {
  const signIn = async () =>
    app.signIn(new Browser("ada"), { idp_hint: "pool", scope: "openid offline_access" });

  it("the workspace's and the client's script add claims that no configuration has, at refresh too", async () => {
    await write(
      "all",
      "return { access_token: { tier: 'gold', by: 'all' }, id_token: { tier: context.authn_ctx.given_name } };",
    );
    await write("own", "return { access_token: { by: 'own', scope_seen: context.grant.scope.length } };");
    await world.settings({ token_minting_script: "all" });
    await world.patch("clients/app", { client_token_minting_script: "own" });
    const first = await signIn();
    const again = await app.refresh(first.refresh_token!);
    for (const { access_token, id_token } of [first, again]) {
      expect(decodeJwt(access_token)).toMatchObject({ tier: "gold", by: "own", scope_seen: 2 });
      expect(decodeJwt(id_token!)["tier"]).toBe("Ada");
    }
  });

  it("a client on its own behalf has claims of its script as well", async () => {
    await write(
      "own",
      "return { access_token: { robot: context.authn_ctx === undefined, subject: typeof context.subject } };",
    );
    await world.patch("clients/app", { client_token_minting_script: "own" });
    expect(decodeJwt((await app.clientCredentials()).access_token)).toMatchObject({
      robot: true,
      subject: "undefined",
    });
  });

  it("an explicit __proto__ among the claims is none", async () => {
    const forged = JSON.stringify(`{"id_token":{"__proto__":{"tier":"forged"},"by":"own"}}`);
    await write("own", `return JSON.parse(${forged});`);
    await world.patch("clients/app", { client_token_minting_script: "own" });
    const claims = decodeJwt((await signIn()).id_token!);
    expect([claims["by"], Object.hasOwn(claims, "__proto__")]).toEqual(["own", false]);
  });

  it("what has no room is left out whole", async () => {
    await write("own", "return { access_token: { large: 'x'.repeat(6_000), small: 1 } };");
    await world.patch("clients/app", { client_token_minting_script: "own" });
    const claims = decodeJwt((await signIn()).access_token);
    expect([claims["large"], claims["small"]]).toEqual([undefined, 1]);
  });

  it.each(["access_token", "id_token"] as const)(
    "what a configured claim of the %s takes is no room any more",
    async (type) => {
      const claim = { name: "website", type, source_path: "website", scopes: ["profile"] };
      await world.put(`claims/${type}-website`, claim);
      await write("own", `return { ${type}: { large: 'x'.repeat(3_000), small: 1 } };`);
      await world.patch("clients/app", { client_token_minting_script: "own" });
      const browser = new Browser("ada");
      browser.person.claims = { website: "w*3000" };
      const tokens = await app.signIn(browser, { idp_hint: "pool", scope: "openid profile" });
      const claims = decodeJwt(tokens[type]!);
      expect([claims["website"], claims["large"], claims["small"]]).toEqual([
        "w".repeat(3_000),
        undefined,
        1,
      ]);
    },
  );

  it("a failure gives no token, with a clear message", async () => {
    await write("own", "throw new Error('x');");
    await world.patch("clients/app", { client_token_minting_script: "own" });
    const answer = await post(
      `${world.issuer}/oauth2/token`,
      { grant_type: "client_credentials" },
      basic("app", SECRET),
    );
    expect([answer.status, answer.json]).toEqual([
      500,
      { error: "server_error", error_description: "a script that this service runs at sign-in failed" },
    ]);
    expect((await events())[0]).toMatchObject({ point: "client_token_minting", outcome: "failed" });
  });

  it("the consent page says that there may be more", async () => {
    await world.patch("clients/app", { trusted: false });
    const consent = async () => {
      const browser = new Browser("ada");
      await browser.open((await app.begin({ idp_hint: "pool", scope: "openid email" })).url);
      return browser.page.html;
    };
    expect(await consent()).not.toContain("may also get further values");
    await write("own", "");
    await world.patch("clients/app", { client_token_minting_script: "own" });
    expect(await consent()).toContain("may also get further values");
  });
});
