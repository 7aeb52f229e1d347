/** A script after authentication: what it is given, what it may change, and what happens when it fails. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { auditShard, subjectObject } from "../../src/store/shards.ts";
import { api } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { now } from "../clock.ts";
import { get } from "../raw.ts";
import { script } from "../scripts.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeEach(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app");
  await world.put("schema/tier", { type: "string" });
  for (const type of ["id_token", "access_token"])
    await world.put(`claims/${type}-tier`, { name: "tier", type, source_path: "tier" });
});

async function assign(body: string, rest: object = {}): Promise<void> {
  await world.put("scripts/enrich", { name: "Enrich", body, ...rest });
  await world.patch("connections/pool", { post_authn_ctx_script: "enrich" });
}

async function signIn(browser = new Browser("ada")) {
  const { id_token, access_token } = await app.signIn(browser, { scope: "openid profile email" });
  return { id: decodeJwt(id_token!), access: decodeJwt(access_token) };
}

const refusal = async () => (await new Browser("ada").open((await app.begin()).url)).url.searchParams;

async function events(subject?: string) {
  if (subject) await runDurableObjectAlarm(env.SUBJECT.getByName(subjectObject(world.id, subject)));
  const object = env.AUDIT.getByName(auditShard(world.id, now()));
  return (await object.list(100, "", { type: "script_executed" })).map(({ event }) => event);
}

it("an attribute that no mapping delivers is in both tokens, and in the audit with its duration", async () => {
  await assign(script("return { authn_ctx: { tier: 'gold of ' + context.authn_ctx.given_name } };"));
  const { id, access } = await signIn();
  expect([id["tier"], access["tier"]]).toEqual(["gold of Ada", "gold of Ada"]);
  const about = { script: "enrich", point: "post_authn_ctx", connection: "pool", client_id: "app" };
  expect(await events(id.sub)).toEqual([
    expect.objectContaining({
      ...about,
      subject: id.sub,
      outcome: "succeeded",
      duration: expect.any(Number),
    }),
  ]);
});

it("an ES module may be the script as well", async () => {
  await assign("export default ({ amr }) => ({ authn_ctx: { tier: typeof amr } });");
  expect((await signIn()).id["tier"]).toBe("undefined");
});

it("it is given the context, the client, the request and its secrets, and nothing that opens anything", async () => {
  await world.put("secrets/KEY", { secret: "a-secret-of-scripts" });
  await world.put("schema/seen", { type: "any" });
  await world.put("claims/seen", { name: "seen", type: "id_token", source_path: "seen" });
  await assign(script("return { authn_ctx: { seen: context } };"), { secrets: ["KEY"] });
  const seen = (await signIn()).id["seen"] as Record<string, Record<string, never>>;
  expect(Object.keys(seen).toSorted()).toEqual([
    "authn_ctx",
    "client",
    "idp",
    "idp_sub",
    "request",
    "secrets",
  ]);
  expect(seen["secrets"]).toEqual({ KEY: "a-secret-of-scripts" });
  expect(seen["idp"]).toEqual({ id: "pool", name: "Connection pool", method: "cognito" });
  expect(seen["client"]).toMatchObject({ client_id: "app", client_name: "Client app" });
  expect(seen["client"]).not.toHaveProperty("client_secret_hash");
  expect(seen["request"]!["query_params"]).toMatchObject({
    client_id: ["app"],
    scope: ["openid profile email"],
  });
  expect(Object.keys(seen["request"]!["headers"]!)).toContain("Sec-Fetch-Site");
  expect(Object.keys(seen["request"]!["headers"]!)).not.toContain("Cookie");
});

it.each(["", "return undefined;", "return null;", "return {};", "return { authn_ctx: {} };"])(
  "returning nothing changes nothing (%s)",
  async (body) => {
    await assign(script(body));
    const { id } = await signIn();
    expect([id["tier"], id["given_name"]]).toEqual([undefined, "Ada"]);
  },
);

it("what it does to its input is not what it returns", async () => {
  await assign(script("context.authn_ctx.given_name = 'Eve'; context.authn_ctx.__proto__.polluted = 1;"));
  expect((await signIn()).id["given_name"]).toBe("Ada");
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

it("amr and acr are what it says, and nothing else of the protocol is", async () => {
  const forged =
    "sub: 'x', iss: 'x', idp_sub: 'x', authn_ctx: { sub: 'x', iss: 'x', aud: 'x', amr: ['x'], acr: 'x', auth_time: 1, idp: 'x' }";
  await assign(script(`return { amr: ['pwd', 'otp'], acr: 'urn:2fa', ${forged} };`));
  const { id, access } = await signIn();
  for (const claims of [id, access]) {
    expect(claims).toMatchObject({ amr: ["pwd", "otp"], acr: "urn:2fa", idp: "pool", iss: world.issuer });
    expect(Object.values(claims)).not.toContain("x");
  }
});

it("what the schema does not have, and what is of another type, is left out", async () => {
  await assign(script("return { authn_ctx: { tier: 7, vip: true, given_name: 'Eve' }, extra: 1 };"));
  const { id } = await signIn();
  expect([id["tier"], id["vip"], id["given_name"]]).toEqual([undefined, undefined, "Eve"]);
});

describe("a failing script", () => {
  const description = "a script that this service runs at sign-in failed";

  it.each([
    ["throws", "throw new Error('about ada@example.com');", "Error in line 1"],
    ["names a person", "throw Object.assign(new Error(''), { name: 'ada@example.com' });", "Error in line 1"],
    [
      "names its own kind of error",
      "class Own extends TypeError {}; throw new Own('x');",
      "TypeError in line 1",
    ],
    ["waits for ever", "await new Promise(() => {});", "TimeoutError"],
    ["returns text", "return 'x';", "what it returned is of a wrong type"],
    ["returns an array", "return [1];", "what it returned is of a wrong type"],
    ["returns amr of a wrong type", "return { amr: 'pwd' };", "its amr is of a wrong type"],
    ["returns acr of a wrong type", "return { acr: 1 };", "its acr is of a wrong type"],
    ["returns a context of a wrong type", "return { authn_ctx: 'x' };", "its authn_ctx is of a wrong type"],
  ])("that %s fails the sign-in, and the audit says why without a name", async (_, body, reason) => {
    await assign(script(body));
    const answer = await refusal();
    expect([answer.get("error"), answer.get("error_description")]).toEqual(["server_error", description]);
    expect(await events()).toEqual([expect.objectContaining({ outcome: "failed", reason })]);
  });

  it("is left out where the operator chose so, and the audit tells", async () => {
    await assign(script("throw new Error('x');"), { on_error: "continue" });
    const { id } = await signIn();
    expect(id["given_name"]).toBe("Ada");
    expect(await events(id.sub)).toEqual([
      expect.objectContaining({ outcome: "continued", reason: "Error in line 1" }),
    ]);
  });
});

it("must be there when it is assigned, and stays while it is", async () => {
  const missing = await api("PATCH", `workspaces/${world.id}/connections/pool`, {
    post_authn_ctx_script: "none",
  });
  expect([missing.status, missing.body["errors"]]).toEqual([
    422,
    [{ path: "post_authn_ctx_script", message: "names something that is not in scripts" }],
  ]);
  await assign(script(""));
  const removed = await api("DELETE", `workspaces/${world.id}/scripts/enrich`);
  expect([removed.status, removed.body["used_by"]]).toEqual([409, ["connections/pool"]]);
});

it("state of one version may survive, and is nobody else's", async () => {
  const counting = "let n = 0; module.exports = () => ({ authn_ctx: { tier: String(++n) } });";
  await assign(counting);
  await signIn();
  expect(Number((await signIn()).id["tier"])).toBeGreaterThanOrEqual(1);
  const other = await makeWorld();
  await other.connection("pool");
  await other.put("schema/tier", { type: "string" });
  await other.put("claims/tier", { name: "tier", type: "id_token", source_path: "tier" });
  await other.put("scripts/enrich", { name: "Same", body: counting });
  await other.patch("connections/pool", { post_authn_ctx_script: "enrich" });
  const tokens = await (await other.client("app")).signIn(new Browser("ada"));
  expect(decodeJwt(tokens.id_token!)["tier"]).toBe("1");
  await assign(`${counting} // another version`);
  expect((await signIn()).id["tier"]).toBe("1");
  await assign(counting, { hosts: ["api.example.com"] });
  expect((await signIn()).id["tier"]).toBe("1");
  await world.put("secrets/KEY", { secret: "a-secret-of-scripts" });
  await assign(counting, { secrets: ["KEY"] });
  expect((await signIn()).id["tier"]).toBe("1");
});

it("a cached context ends with the version of the script that made it", async () => {
  await world.patch("connections/pool", { config: { enable_stateful_ctx: true } });
  const browser = new Browser("ada");
  for (const tier of ["gold", "silver"]) {
    await assign(script(`return { authn_ctx: { tier: '${tier}' } };`));
    expect((await signIn(browser)).id["tier"]).toBe(tier);
  }
});

it("does not run again for what a cached context answers, and token minting scripts run for every token", async () => {
  await world.patch("connections/pool", { config: { enable_stateful_ctx: true } });
  await assign(script("return { authn_ctx: { tier: 'gold' } };"));
  await world.put("scripts/mint", { name: "Mint", body: script("return { id_token: { minted: true } };") });
  await world.settings({ token_minting_script: "mint" });
  const browser = new Browser("ada");
  const [first, again] = [await signIn(browser), await signIn(browser)];
  for (const { id } of [first, again]) expect(id).toMatchObject({ tier: "gold", minted: true });
  const ran = (await events(first.id.sub)).map((event) => "point" in event && event.point);
  expect(ran.filter((point) => point === "post_authn_ctx")).toHaveLength(1);
  expect(ran.filter((point) => point === "token_minting")).toHaveLength(2);
});

it("the lineage of the sign-in names the script that made a value", async () => {
  await assign(script("return { authn_ctx: { tier: 'gold', given_name: 'Eve' } };"));
  const client = await world.client("asks", { scope: "openid profile view_lineage" });
  const { access_token } = await client.signIn(new Browser("ada"), { scope: "openid profile view_lineage" });
  const sid = String(decodeJwt(access_token)["sid"]);
  const { json } = await get(`${world.issuer}/me/sign-ins/${sid}/lineage`, {
    authorization: `Bearer ${access_token}`,
  });
  expect(json!["id_token"]).toEqual(
    expect.arrayContaining([
      { name: "tier", path: ["script: enrich", "authn_ctx.tier", "id_token.tier"] },
      {
        name: "given_name",
        path: ["pool: id_token.given_name", "script: enrich", "authn_ctx.given_name", "id_token.given_name"],
      },
    ]),
  );
});
