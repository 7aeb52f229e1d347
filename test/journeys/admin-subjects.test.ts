/** People, as operators see them: found through the directory, shown, and ended at once (threat 24). */
import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { auditShard, directoryShard, subjectObject } from "../../src/store/shards.ts";
import { api, must, problem } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { now, pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { refused } from "../refused.ts";
import { told } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
let people: string;

beforeAll(async () => {
  world = await makeWorld();
  people = `workspaces/${world.id}/subjects`;
  await world.connection("pool", { config: { enable_stateful_ctx: true } });
  await world.connection("second");
  app = await world.client("app");
});

const objectOf = (subject: string) => env.SUBJECT.getByName(subjectObject(world.id, subject));

/** Signed in, and in the directory. */
async function person(name: string, party = app, connection = "pool") {
  const browser = new Browser(name);
  const params = { scope: "openid email offline_access", idp_hint: connection };
  const tokens = await party.signIn(browser, params);
  const subject = decodeJwt(tokens.id_token!).sub!;
  await runDurableObjectAlarm(objectOf(subject));
  return { browser, tokens, subject, path: `${people}/${subject}` };
}

interface Shown {
  readonly subject: string;
  readonly sessions: readonly { readonly id: string }[];
  readonly grants: readonly { readonly id: string; readonly client_id: string }[];
  readonly consents: readonly { readonly client_id: string; readonly scopes: object }[];
}

const show = async (path: string) => (await must("GET", path)) as unknown as Shown;
const find = async (query: string) =>
  ((await must("GET", `${people}?${query}`))["items"] as unknown as Shown[]).map(({ subject }) => subject);

describe("finding", () => {
  it("by e-mail address, login name, client and connection, alone and together", async () => {
    const other = await world.client("other-app");
    const [ada, zoe] = [await person("ada"), await person("zoe", other, "second")];
    expect(await find("email=ada@example.com")).toEqual([ada.subject]);
    expect(await find("email=%20ADA@Example.com")).toEqual([ada.subject]);
    expect(await find("client_id=other-app")).toEqual([zoe.subject]);
    expect(await find("connection=second")).toEqual([zoe.subject]);
    expect(await find("connection=second&email=ada@example.com")).toEqual([]);
    expect(await find("email=nobody@example.com")).toEqual([]);
    expect(await find("email=ada")).toEqual([]);
  });

  it("every person once, in pages", async () => {
    const made = new Set<string>();
    for (let i = 0; i < 20; i++) made.add((await person(`many-${i}`)).subject);
    const found: string[] = [];
    for (let after = ""; ;) {
      const page = await must("GET", `${people}?limit=3&after=${after}`);
      found.push(...(page["items"] as unknown as Shown[]).map(({ subject }) => subject));
      if (page["next"] === undefined) break;
      after = String(page["next"]);
    }
    expect(found).toEqual([...new Set(found)].toSorted());
    for (const subject of made) expect(found).toContain(subject);
  });

  it("shows no address, name or hash", async () => {
    const { path } = await person("shy");
    for (const text of [JSON.stringify(await show(path)), JSON.stringify(await must("GET", people))])
      expect(text).not.toMatch(/hash|shy|authentication|@/);
  });
});

describe("a person", () => {
  it("is shown with sessions, grants and consents", async () => {
    const asks = await world.client("asks", { trusted: false });
    const { browser, path } = await person("shown");
    const begun = await asks.begin({ scope: "openid email" });
    await browser.open(begun.url);
    await asks.finish(await browser.submit("allow"), begun);
    const shown = await show(path);
    expect(shown.sessions).toHaveLength(1);
    expect(shown.grants.map(({ client_id }) => client_id).toSorted()).toEqual(["app", "asks"]);
    expect(shown.consents).toMatchObject([{ client_id: "asks", scopes: { email: now() } }]);
  });

  it("whose session is ended signs in again, and keeps what was to last", async () => {
    const { browser, tokens, path } = await person("ended");
    const [session] = (await show(path)).sessions;
    expect((await api("DELETE", `${path}/sessions/${session!.id}`)).status).toBe(204);
    expect((await api("DELETE", `${path}/sessions/${session!.id}`)).status).toBe(404);
    expect(told(await browser.open((await app.begin({ prompt: "none" })).url))).toMatchObject({
      error: "login_required",
    });
    expect((await app.refresh(tokens.refresh_token!)).access_token).toBeDefined();
  });

  it("whose grant is ended has no token of it any more", async () => {
    const { tokens, path } = await person("granted");
    const [grant] = (await show(path)).grants;
    expect((await api("DELETE", `${path}/grants/${grant!.id}`)).status).toBe(204);
    expect(await app.introspect(tokens.access_token)).toEqual({ active: false });
    expect(await refused(app.refresh(tokens.refresh_token!))).toMatchObject({ error: "invalid_grant" });
    expect(await refused(app.userinfo(tokens.access_token))).toMatchObject({ error: "invalid_token" });
  });

  it("whose consent is withdrawn is asked again, and the client's tokens are dead at once", async () => {
    const asks = await world.client("withdrawn", { trusted: false });
    const { browser, tokens: others, path } = await person("withdraws");
    const begun = await asks.begin({ scope: "openid email" });
    await browser.open(begun.url);
    const tokens = await asks.finish(await browser.submit("allow"), begun);
    expect((await api("DELETE", `${path}/consents/withdrawn`)).status).toBe(204);
    expect(await asks.introspect(tokens.access_token)).toEqual({ active: false });
    expect(await app.introspect(others.access_token)).toMatchObject({ active: true });
    await browser.open((await asks.begin({ scope: "openid email" })).url);
    expect(browser.title).toContain("asks for access");
    expect((await api("DELETE", `${path}/consents/nobody`)).status).toBe(404);
  });

  it("who is erased does not come back to the directory with a row that was late on its way", async () => {
    const { subject, path } = await person("late");
    const directory = env.DIRECTORY.getByName(directoryShard(world.id, subject));
    const [row] = await directory.list(1, "", { subject });
    pass(1);
    expect((await api("DELETE", path)).status).toBe(204);
    await directory.put(subject, row!.person);
    expect([await directory.has(subject), await find("email=late@example.com")]).toEqual([false, []]);
    pass(1);
    await person("late");
    expect(await find("email=late@example.com")).toEqual([subject]);
  });

  it("who comes back in the very second of their erasure hides from nobody", async () => {
    const { subject, path } = await person("quick");
    expect((await api("DELETE", path)).status).toBe(204);
    await person("quick");
    expect([await find("email=quick@example.com"), (await api("GET", path)).status]).toEqual([
      [subject],
      200,
    ]);
  });

  it("who is erased leaves nothing but events, which say who did it", async () => {
    const { browser, tokens, subject, path } = await person("erased");
    expect((await api("DELETE", path)).status).toBe(204);
    const kinds = await runInDurableObject(objectOf(subject), (_, { storage }) =>
      storage.sql.exec<{ kind: string }>("SELECT DISTINCT kind FROM row").toArray(),
    );
    expect(kinds).toEqual([{ kind: "logout" }, { kind: "outbox" }]);
    expect((await api("GET", path)).status).toBe(404);
    expect(await find("email=erased@example.com")).toEqual([]);
    expect(await app.introspect(tokens.access_token)).toEqual({ active: false });
    expect(await refused(app.refresh(tokens.refresh_token!))).toMatchObject({ error: "invalid_grant" });
    await runDurableObjectAlarm(objectOf(subject));
    const events = await env.AUDIT.getByName(auditShard(world.id, now())).list(100, "", { subject });
    expect(events.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: "erased", by: "bootstrap key" }),
    );
    expect(
      await runInDurableObject(objectOf(subject), (_, { storage }) => storage.sql.databaseSize),
    ).toBeLessThan(20_000);
    // Who comes back is the same person, and new.
    const again = await app.signIn(browser, { idp_hint: "pool" });
    expect(decodeJwt(again.id_token!).sub).toBe(subject);
  });
});

it("a made-up subject wakes no object of a person, whatever is asked of it", async () => {
  const { calls, via } = counting();
  for (const subject of ["0".repeat(64), "F".repeat(64), "x", "__proto__", "..%2f..", "%F0%9F%99%82"])
    for (const [method, rest] of [
      ["GET", ""],
      ["DELETE", ""],
      ["DELETE", "/sessions/x"],
      ["DELETE", "/grants/x"],
      ["DELETE", "/consents/x"],
    ] as const)
      expect(problem(await api(method, `${people}/${subject}${rest}`, undefined, {}, via))).toEqual([
        404,
        "there is no such person",
      ]);
  expect(calls.filter((call) => call.startsWith("SUBJECT"))).toEqual([]);
});

it("a person of one workspace is nobody in another", async () => {
  const { subject } = await person("local");
  const other = await makeWorld();
  expect((await api("GET", `workspaces/${other.id}/subjects/${subject}`)).status).toBe(404);
});
