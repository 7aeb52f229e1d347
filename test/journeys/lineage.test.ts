/** A person's app asks why their tokens say what they say, for the sign-in that its token is of and no other (design §1, data lineage). */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import { api } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { now, pass } from "../clock.ts";
import { get } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
const scope = "openid email view_lineage";

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app", { scope });
});

async function signedIn(asked = scope) {
  const { access_token } = await app.signIn(new Browser("ada"), { scope: asked });
  return { access_token, sid: String(decodeJwt(access_token)["sid"]) };
}
const lineage = (sid: string, token?: string) =>
  get(`${world.issuer}/me/sign-ins/${sid}/lineage`, token ? { authorization: `Bearer ${token}` } : {});

it("shows the way of each value, and no value", async () => {
  const { access_token, sid } = await signedIn();
  const { status, json, text, headers } = await lineage(sid, access_token);
  expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(json!["id_token"]).toContainEqual({
    name: "email",
    path: ["pool: id_token.email", "authn_ctx.email", "id_token.email"],
  });
  expect(text).not.toContain("ada@example.com");
});

it("of another sign-in is as absent as one that never was, of the same person even (threat 23, IDOR)", async () => {
  const [mine, other] = [await signedIn(), await signedIn()];
  for (const sid of [other.sid, "nobody", "A".repeat(22)]) {
    const answer = await lineage(sid, mine.access_token);
    expect([answer.status, answer.json]).toEqual([404, { error: "not_found" }]);
  }
});

it("needs a token with the scope view_lineage", async () => {
  const { access_token, sid } = await signedIn("openid email");
  expect((await lineage(sid, access_token)).json).toEqual({
    error: "insufficient_scope",
    error_description: "the access token lacks the scope view_lineage",
  });
  const bare = await lineage(sid);
  expect([bare.status, bare.headers.get("www-authenticate")]).toEqual([
    401,
    'Bearer realm="http://localhost:8787"',
  ]);
});

interface Answer {
  readonly read: { name: string; left_out?: string }[];
  readonly mapped: { source?: string; target: string; conversion?: string; left_out?: string }[];
  readonly absent: { token: string; name: string; reason: string }[];
  readonly clients: (Answer & { client_id: string })[];
  readonly values?: { read: Record<string, unknown>; context: Record<string, unknown> };
  readonly [token: string]: unknown;
}
const operator = async (path: string) => api("GET", `workspaces/${world.id}/subjects/${path}`);
/** Delivers what the person's object has to tell. */
const settled = (sub: string) => runDurableObjectAlarm(env.SUBJECT.getByName(`${world.id}/${sub}`));

/** One sign-in of a person with these claims at the pool, told by itself and by the operator's API. */
async function told(claims: Record<string, unknown>, asked = scope, person = "ada") {
  const browser = new Browser(person);
  browser.person.claims = claims;
  const { access_token } = await app.signIn(browser, { scope: asked });
  const { sid, sub } = decodeJwt(access_token);
  await settled(String(sub));
  const own = (await lineage(String(sid), access_token)).json as unknown as Answer;
  const { status, body } = await operator(`${String(sub)}/sign-ins/${String(sid)}/lineage`);
  expect(status).toBe(200);
  return { own, seen: body as unknown as Answer, sub: String(sub), sid: String(sid) };
}
const reason = ({ absent }: Answer, token: string, name: string) =>
  absent.find((one) => one.token === token && one.name === name)?.reason;

it("says of every claim that is absent the first reason why, to the person and to the operator alike", async () => {
  await world.put("schema/department", {});
  await world.put("schema/badge", {});
  await world.put("scopes/staff", {});
  const claim = { type: "id_token", source_path: "department" };
  await world.put("claims/department", { ...claim, name: "department" });
  await world.put("claims/badge", { ...claim, name: "badge", source_path: "badge" });
  await world.put("claims/secret", { ...claim, name: "secret", source_path: "email", opaque: true });
  await world.put("claims/staff", { ...claim, name: "staff", source_path: "email", scopes: ["staff"] });
  await world.put("claims/site", {
    ...claim,
    name: "site",
    source_type: "client",
    source_path: "client_uri",
  });
  const { own, seen } = await told({ email: 7, email_verified: null });
  const [client] = seen.clients;
  for (const answer of [own, client!]) {
    const why = (name: string, token = "id_token") => reason(answer, token, name);
    expect(why("name")).toBe("scope_not_granted");
    expect(why("email")).toBe("wrong_type");
    expect(why("email_verified")).toBe("null");
    expect(why("department")).toBe("not_mapped");
    expect(why("secret")).toBe("wrong_type");
    expect(why("staff")).toBe("scope_not_granted");
    expect(why("site")).toBe("no_value");
  }
  expect(seen.read).toContainEqual({ name: "id_token.email", type: "string", left_out: "wrong_type" });
  expect(seen.mapped).toContainEqual({
    source: "id_token.email",
    target: "email",
    left_out: "missing",
  });
  const fine = await told({});
  expect(reason(fine.own, "id_token", "secret")).toBe("opaque");
  expect(fine.own["userinfo"]).toContainEqual({
    name: "secret",
    path: ["pool: id_token.email", "authn_ctx.email", "userinfo.secret"],
  });
  for (const name of ["department", "badge", "secret", "staff", "site"]) await world.remove(`claims/${name}`);
});

it("a claim that a token has no room for is told, and the operator is warned of it once a day", async () => {
  await world.put("claims/long", { name: "long", type: "id_token", source_path: "website" });
  for (let times = 0; times < 2; times++) {
    const { own, seen, sub } = await told({ website: "w*15000" }, scope, "long");
    expect(reason(own, "id_token", "long")).toBe("token_full");
    expect(reason(seen.clients[0]!, "id_token", "long")).toBe("token_full");
    expect(reason(own, "userinfo", "long")).toBeUndefined();
    await settled(sub);
  }
  const { body } = await api("GET", `workspaces/${world.id}/audit-events?type=alert`);
  const alerts = body["items"] as unknown as Record<string, unknown>[];
  expect(alerts.filter(({ client_id }) => client_id === "app")).toMatchObject([
    { alert: "values_left_out", left_out: ["id_token.long"] },
  ]);
  await world.remove("claims/long");
});

it("a value of the provider that is too large warns the operator too, and one of another type does not", async () => {
  for (const claims of [{ website: 7 }, { website: "w*17000" }, { website: "w*17000" }]) {
    const { sub } = await told(claims, scope, "large");
    await settled(sub);
  }
  const { body } = await api("GET", `workspaces/${world.id}/audit-events?type=alert`);
  const alerts = body["items"] as unknown as Record<string, unknown>[];
  expect(alerts.filter(({ connection }) => connection === "pool")).toMatchObject([
    { alert: "values_left_out", left_out: ["id_token.website: too_large"] },
  ]);
});

it("values are kept only while the operator has them recorded, for a day at most, and the switch is an event", async () => {
  const silent = await told({}, scope, "values");
  expect([silent.own.values, silent.seen.values]).toEqual([undefined, undefined]);
  expect(JSON.stringify(silent)).not.toContain("values@example.com");
  const soon = now() + 3_600;
  await world.settings({ lineage_values_until: soon });
  const open = await told({}, scope, "values");
  expect(open.seen.values?.read["id_token.email"]).toBe("values@example.com");
  expect(open.own.values?.context["email"]).toBe("values@example.com");
  await world.settings({ lineage_values_until: 0 });
  expect((await told({}, scope, "values")).seen.values).toBeUndefined();
  const far = await api("PATCH", `workspaces/${world.id}`, { lineage_values_until: now() + 90_000 });
  expect([far.status, far.body["errors"]]).toEqual([
    422,
    [{ path: "lineage_values_until", message: "must be within the next 24 hours" }],
  ]);
  await runDurableObjectAlarm(env.WORKSPACE.getByName(world.id));
  const { body } = await api("GET", `workspaces/${world.id}/audit-events?type=configuration_changed`);
  expect(JSON.stringify(body)).toContain(`"lineage_values_until":{"before":"0","after":"${soon}"}`);
  pass(86_401);
  const { body: later } = await operator(`${open.sub}/sign-ins/${open.sid}/lineage`);
  expect(later["values"]).toBeUndefined();
});

it("keeps ten sign-ins of a person, each for a week, and none of a person who was erased", async () => {
  let sub = "";
  for (let times = 0; times < 11; times++) {
    pass(1);
    ({ sub } = await told({}, scope, "often"));
  }
  const kept = async () =>
    (await operator(`${sub}/sign-ins`)).body["items"] as unknown as { session: string }[];
  const sessions = await kept();
  expect(sessions).toHaveLength(10);
  pass(7 * 86_400);
  expect(await kept()).toEqual([]);
  const { sub: erased, sid } = await told({}, scope, "often");
  const object = env.SUBJECT.getByName(`${world.id}/${erased}`);
  await object.erase({ workspace: world.id, subject: erased, request_id: "r" });
  expect(await object.lineage(sid)).toBeUndefined();
});

it("stays under 64 KB with a thousand attributes, and says that it was shortened", async () => {
  const big = await makeWorld();
  const names = Array.from(
    { length: 1_000 },
    (_, index) => `attribute_number_${index}_with_a_name_that_is_long`,
  );
  const attributes = names.map((name) => ({ source: "id_token", name }));
  const mappings = names.map((name) => ({ source: `id_token.${name}`, target: "nickname" }));
  await big.connection("pool", { attributes, mappings });
  const client = await big.client("app", { scope });
  const { access_token } = await client.signIn(new Browser("ada"), { scope });
  const { sub, sid } = decodeJwt(access_token);
  const stored = await env.SUBJECT.getByName(`${big.id}/${String(sub)}`).lineage(String(sid));
  expect(stored!.row.lineage.length).toBeLessThan(65_536);
  const { json } = await get(`${big.issuer}/me/sign-ins/${String(sid)}/lineage`, {
    authorization: `Bearer ${access_token}`,
  });
  expect(json!["shortened"]).toBe(true);
});
