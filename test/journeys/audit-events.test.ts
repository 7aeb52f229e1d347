/** What an auditor finds of a person, an app and their tokens: each event with what it says. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { expect, it } from "vitest";
import { auditShard, subjectObject } from "../../src/store/shards.ts";
import { Browser } from "../browser.ts";
import { now, pass } from "../clock.ts";
import { makeApplication } from "../custom-app.ts";
import { basic, get, post } from "../raw.ts";
import { refusedEvent } from "../refused-event.ts";
import { script } from "../scripts.ts";
import { makeWorld, SECRET } from "../world.ts";

const world = await makeWorld();
await world.connection("pool");
const app = await world.client("app");
const scope = "openid profile email offline_access";

/** Of one person, the latest last. */
async function eventsOf(token: string) {
  const { sub } = decodeJwt(token);
  await runDurableObjectAlarm(env.SUBJECT.getByName(subjectObject(world.id, sub!)));
  const events = await env.AUDIT.getByName(auditShard(world.id, now())).list(100, "", { subject: sub });
  return events.map(({ event }) => event).toReversed();
}
const grantOf = (token: string) => decodeJwt(token).jti!.split(".")[0];

it("a code that somebody else presents is refused, with the reason, and is spent", async () => {
  const browser = new Browser("refused");
  const { id_token } = await app.signIn(browser);
  const begun = await app.begin();
  const code = app.code(await browser.open(begun.url), begun);
  const verifier = "another-verifier-of-at-least-43-characters-000";
  await expect(app.redeem(code, { ...begun, verifier })).rejects.toThrow();
  expect(await eventsOf(id_token!)).toContainEqual(
    expect.objectContaining({
      type: "code_refused",
      client_id: "app",
      reason: "code_verifier",
      grant: expect.any(String),
    }),
  );
});

it("a session that is used again, a token that is revoked, and a grant that is ended", async () => {
  await world.patch("connections/pool", { config: { enable_stateful_ctx: true } });
  const browser = new Browser("resumes");
  await app.signIn(browser, { scope });
  const tokens = await app.signIn(browser, { scope });
  const { sid } = decodeJwt(tokens.id_token!);
  const grant = grantOf(tokens.access_token);
  await app.revoke(tokens.access_token);
  await app.revoke(tokens.refresh_token!);
  const events = await eventsOf(tokens.id_token!);
  expect(events).toContainEqual(
    expect.objectContaining({ type: "session_resumed", connection: "pool", session: sid, client_id: "app" }),
  );
  expect(events).toContainEqual(expect.objectContaining({ type: "token_revoked", grant, client_id: "app" }));
  expect(events).toContainEqual(expect.objectContaining({ type: "grant_ended", grant, client_id: "app" }));
});

it("a refresh token of the past", async () => {
  const first = await app.signIn(new Browser("reuses"), { scope });
  const second = await app.refresh(first.refresh_token!);
  await app.refresh(second.refresh_token!);
  await expect(app.refresh(first.refresh_token!)).rejects.toThrow();
  expect(await eventsOf(first.id_token!)).toContainEqual(
    expect.objectContaining({
      type: "refresh_reused",
      grant: grantOf(first.access_token),
      generation: 1,
      client_id: "app",
    }),
  );
});

it("consent that is asked for, denied, given, and withdrawn by the person, who takes their data along", async () => {
  const others = ["export_my_data", "revoke_client_access"];
  for (const name of others) await world.put(`scopes/${name}`, { display_name: name });
  const asks = await world.client("asks", { trusted: false });
  const own = await world.client("own", { scope: ["openid", ...others].join(" ") });
  const browser = new Browser("consents");
  const mine = await own.signIn(browser, { scope: ["openid", ...others].join(" ") });
  await browser.open((await asks.begin({ scope: "openid email" })).url);
  await browser.submit("deny");
  const begun = await asks.begin({ scope: "openid email" });
  await browser.open(begun.url);
  await asks.finish(await browser.submit("allow"), begun);
  const bearer = { authorization: `Bearer ${mine.access_token}` };
  expect((await get(`${world.issuer}/me/data`, bearer)).status).toBe(200);
  const { exports } = await import("cloudflare:workers");
  const removal = new Request(`${world.issuer}/me/clients/asks`, { method: "DELETE", headers: bearer });
  expect((await exports.default.fetch(removal)).status).toBe(204);
  const events = await eventsOf(mine.id_token!);
  const about = (type: string) =>
    events.filter((event) => event.type === type).map((event) => ({ ...event, request_id: "", at: 0 }));
  const common = {
    subject: decodeJwt(mine.id_token!).sub,
    workspace: world.id,
    request_id: "",
    at: 0,
    client_id: "asks",
  };
  const asked = { ...common, type: "consent_asked", scope: ["openid", "email"] };
  expect(about("consent_asked")).toEqual([asked, asked]);
  expect(about("consent_denied")).toEqual([{ ...common, type: "consent_denied" }]);
  expect(about("consent_withdrawn")).toEqual([{ ...common, type: "consent_withdrawn", grants: 1 }]);
  expect(about("exported")).toHaveLength(1);
});

it("claims that had no room in a token, by name", async () => {
  const body = script("return { access_token: { large: 'x'.repeat(6_000) } };");
  await world.put("scripts/large", { name: "Large", body });
  const large = await world.client("large", { client_token_minting_script: "large" });
  const { id_token } = await large.signIn(new Browser("large"));
  const events = (await eventsOf(id_token!)).filter(({ type }) => type === "claims_left_out");
  expect(events).toMatchObject([{ client_id: "large", session: decodeJwt(id_token!)["sid"] }]);
  expect(events).toMatchObject([{ left_out: ["access_token.large"] }]);
});

it("an application's abort, with its error and not its words", async () => {
  const before = await app.signIn(new Browser("aborts"));
  await world.connection("through");
  const terms = await makeApplication(world, "terms", "through");
  const { url } = await new Browser("aborts").open((await app.begin({ idp_hint: "through" })).url);
  const { subject } = (await terms.read(url)).body;
  await terms.abort(url, { error: "terms_refused", error_description: "Ada said no", status_code: 403 });
  expect(before.id_token).toBeDefined();
  await runDurableObjectAlarm(env.SUBJECT.getByName(subjectObject(world.id, String(subject))));
  const found = await env.AUDIT.getByName(auditShard(world.id, now())).list(100, "", { type: "app_aborted" });
  expect(found.map(({ event }) => event)).toMatchObject([
    { subject, app: "terms", error: "terms_refused", client_id: "app" },
  ]);
  expect(JSON.stringify(found)).not.toContain("Ada said no");
});

it("of a flood of refusals how many there were", async () => {
  pass(1);
  const wrong = () =>
    post(`${world.issuer}/oauth2/token`, { grant_type: "client_credentials" }, basic("app", `${SECRET}x`));
  for (let n = 0; n < 14; n++) await wrong();
  pass(1);
  await wrong();
  const shard = env.AUDIT.getByName(auditShard(world.id, now()));
  await expect
    .poll(async () => (await shard.list(100, "", { type: "refusals_counted" })).map(({ event }) => event))
    .toMatchObject([{ type: "refusals_counted", count: 4 }]);
});

it("of a flood by way of many isolates ten a second are kept, and the others are one row that counts them", async () => {
  const event = refusedEvent(world.id);
  const audit = env.AUDIT.getByName(`${auditShard(world.id, now())}-flood`);
  const refused = (n: number) => ({ id: `${now()}-${String(n).padStart(2, "0")}`, event });
  await audit.append(Array.from({ length: 13 }, (_, n) => refused(n)));
  await audit.append(Array.from({ length: 12 }, (_, n) => refused(13 + n)));
  const kept = (await audit.list(100, "", {})).map(({ event: one }) => one);
  expect(kept.filter(({ type }) => type === "refused")).toHaveLength(10);
  expect(kept.filter(({ type }) => type !== "refused")).toMatchObject([
    { type: "refusals_counted", count: 15 },
  ]);
});
