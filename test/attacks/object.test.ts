/** A person's object believes no caller: what endpoints check, it decides again by what it keeps (design §4, Objects). */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { now, pass } from "../clock.ts";
import { randomId } from "../../src/crypto/handle.ts";
import { toHex } from "../../src/crypto/hex.ts";
import type { Subject } from "../../src/store/subject.ts";
import { EXPORTED } from "../../src/store/subject/export.ts";

const limits = { session_for: 3_600, idle_for: 3_600 };
const asking = { trusted: true, scopes: [], again: false, since: 0 };
const [client_id, redirect_uri] = ["app", "https://app.example.com/cb"];
const SCOPE = ["openid", "offline_access"];

async function person({ scope = SCOPE, offline_for = 1_000, ...terms }: Record<string, unknown> = {}) {
  const subject = toHex(crypto.getRandomValues(new Uint8Array(32)));
  const object = env.SUBJECT.getByName(`model/${subject}`);
  const about = { workspace: "model", subject, request_id: "r" };
  /** From a browser that has no session yet. */
  const again = async () => {
    const arrived = await object.signIn({
      about,
      arriving: { connection: "pool", rules: [] },
      present: { session: randomId(), connection: "pool", authentication: "sealed" },
      visitor: "sealed",
      limits,
      cache: { for: 60, made_by: "today's", lacks: ["website"] },
      person: { connection: "pool", issuer: "https://issuer.example" },
      lineage: { lineage: "sealed" },
      left_out: [],
      request: {
        client_id,
        redirect_uri,
        scope: scope as string[],
        resource: [],
        offline_for: offline_for as number,
        tokens_for: 600,
      },
      asking: { ...asking, ...terms },
    });
    if (!("session" in arrived)) throw new Error(arrived.as);
    return { ...arrived, id: arrived.as === "granted" ? arrived.grant : "" };
  };
  const decision = await again();
  const events = () =>
    runInDurableObject(object, (_, { storage }) =>
      storage.sql
        .exec<{ body: string }>("SELECT body FROM row WHERE kind = 'outbox' ORDER BY id")
        .toArray()
        .flatMap(({ body }) => (JSON.parse(body) as { events?: { type: string }[] }).events ?? [])
        .map(({ type }) => type),
    );
  const { session, id } = decision;
  return { object, about, session, decision, events, id, again };
}
const presented = { client_id, redirect_uri };
const wanted = (changed: object = {}) => ({
  client_id,
  scope: [],
  resource: [],
  apis: [],
  refresh_lifetime: 1_000,
  tokens_for: 600,
  asking,
  floors: { everywhere: 0, connections: {} },
  ...changed,
});

it("a grant whose code was not presented yet carries no token, and cannot be refreshed", async () => {
  const { object, about, id } = await person();
  expect(await object.grant(id)).toBeUndefined();
  expect(await object.refresh(about, id, 0, wanted())).toEqual({ as: "refused", reason: "gone" });
  expect((await object.redeem(about, id, presented)).as).toBe("redeemed");
  expect(await object.grant(id)).toMatchObject({ generation: 1 });
});

it("a grant without offline access has no family, whatever generation is claimed", async () => {
  const { object, about, id } = await person({ scope: ["openid"] });
  await object.redeem(about, id, presented);
  expect(await object.grant(id)).toMatchObject({ generation: 0, offline_for: 0 });
  for (const generation of [-1, 0, 1])
    expect(await object.refresh(about, id, generation, wanted())).toMatchObject({ reason: "gone" });
});

it("another client ends and revokes nothing, and its refresh costs the family nothing", async () => {
  const { object, about, id } = await person();
  await object.redeem(about, id, presented);
  await object.end(about, id, "thief");
  await object.revoke(about, id, "thief", "jti", now() + 60);
  expect(await object.refresh(about, id, 1, wanted({ client_id: "thief" }))).toMatchObject({
    reason: "client",
  });
  expect(await object.grant(id, "jti")).toMatchObject({ generation: 1 });
  await object.revoke(about, id, client_id, "jti", now() + 60);
  expect(await object.grant(id, "jti")).toBeUndefined();
  expect(await object.grant(id, "another")).toBeDefined();
  await object.end(about, id, client_id);
  expect(await object.grant(id)).toBeUndefined();
});

it("a family ends by the shorter of the lifetime it was given and today's, and its row outlives its last token", async () => {
  for (const [given, today] of [
    [1_000, 50_000],
    [50_000, 1_000],
  ]) {
    const { object, about, id } = await person({ offline_for: given });
    await object.redeem(about, id, presented);
    const terms = wanted({ refresh_lifetime: today });
    pass(999);
    expect(await object.refresh(about, id, 1, terms)).toMatchObject({ as: "refreshed" });
    pass(1);
    expect(await object.refresh(about, id, 2, terms)).toEqual({ as: "refused", reason: "ended" });
    // An access token of the last refresh may live ten minutes more.
    pass(598);
    expect(await object.grant(id)).toBeDefined();
  }
});

it("connections are looked up by their own names only: one called constructor is no floor", async () => {
  const { object, about, id } = await person();
  await object.redeem(about, id, presented);
  const floors = { everywhere: 0, connections: { other: Infinity } };
  expect(await object.refresh(about, id, 1, wanted({ floors }))).toMatchObject({ as: "refreshed" });
  const closed = { everywhere: 0, connections: { pool: Infinity } };
  expect(await object.refresh(about, id, 2, wanted({ floors: closed }))).toMatchObject({ reason: "void" });
  const ended = { everywhere: now() + 1, connections: {} };
  expect(await object.refresh(about, id, 2, wanted({ floors: ended }))).toMatchObject({ reason: "void" });
  expect(await object.refresh(about, id, 2, wanted())).toMatchObject({ as: "refreshed" });
});

it("a consent page is answered in the session that opened it, and in no other", async () => {
  const { object, about, session, decision, events } = await person({ trusted: false });
  if (decision.as !== "asking") throw new Error("the client is not trusted");
  const answer = (by: string, not_before = 0) =>
    object.consent(about, decision.login, by, ["offline_access"], not_before);
  expect(await answer(randomId())).toEqual({ as: "gone" });
  expect(await answer(session, now() + 1)).toEqual({ as: "gone" });
  expect(await answer(session)).toMatchObject({ as: "granted" });
  expect(await answer(session)).toEqual({ as: "gone" });
  expect((await events()).filter((type) => type === "consent_given")).toHaveLength(1);
});

it("who waits for consent is told to the page of that session only", async () => {
  const { object, session, decision } = await person({ trusted: false });
  if (decision.as !== "asking") throw new Error("the client is not trusted");
  expect(await object.waiting(decision.login, session)).toBe("sealed");
  expect(await object.waiting(decision.login, randomId())).toBeUndefined();
  expect(await object.waiting(randomId(), session)).toBeUndefined();
});

it("a session that ends takes along what waits for an answer in it", async () => {
  const { object, about, session, decision } = await person({ trusted: false });
  if (decision.as !== "asking") throw new Error("the client is not trusted");
  await object.signOut(about, session);
  expect(await object.waiting(decision.login, session)).toBeUndefined();
});

describe("a person who was erased", () => {
  const kinds = (object: DurableObjectStub<Subject>) =>
    runInDurableObject(object, (_, { storage }) =>
      storage.sql
        .exec<{ kind: string }>("SELECT DISTINCT kind FROM row ORDER BY kind")
        .toArray()
        .map(({ kind }) => kind),
    );

  it("has no row of any kind left but what is on its way", async () => {
    const { object, about, id } = await person();
    await object.redeem(about, id, presented);
    await runInDurableObject(object, (_, { storage }) => {
      // The object of a linked identity holds a pointer and nothing else.
      for (const kind of Object.keys(EXPORTED).filter((one) => one !== "pointer"))
        storage.sql.exec(
          "INSERT OR IGNORE INTO row VALUES (?, 'one', ?, ?)",
          kind,
          now() + 1_000,
          JSON.stringify({ to: "audit", events: [], link: "l", clients: [], present: {} }),
        );
    });
    expect(await kinds(object)).toHaveLength(Object.keys(EXPORTED).length - 1);
    await object.erase(about);
    expect(await kinds(object)).toEqual(["logout", "outbox"]);
  });

  it("gets nothing back from a token that was on its way: what it left out is an event and no row", async () => {
    const { object, about, session, id } = await person();
    await object.redeem(about, id, presented);
    await object.leftOut(about, session, client_id, ["id_token.a"]);
    expect(await kinds(object)).toContain("release");
    await object.erase(about);
    await object.leftOut(about, session, client_id, ["id_token.b"]);
    expect(await kinds(object)).toEqual(["logout", "outbox"]);
  });
});

it("the directory forgets nobody's erasure: a row that was on its way before it does not come back", async () => {
  const directory = env.DIRECTORY.getByName(`model/${randomId()}`);
  const row = (last_seen: number) => ({
    connection: "pool",
    issuer: "https://issuer.example",
    first_seen: 1,
    last_seen,
    clients: [],
  });
  const last = async () => (await directory.list(10, "", {})).map(({ person: { last_seen } }) => last_seen);
  await directory.put("s", row(now()));
  await directory.put("s", row(now() - 10));
  expect(await last()).toEqual([now()]);
  await directory.remove("s", now());
  for (const late of [now() - 10, now()]) await directory.put("s", row(late));
  expect(await last()).toEqual([]);
  // They came back, and the erasure arrives late.
  await directory.put("s", row(now() + 5));
  await directory.remove("s", now() + 1);
  expect(await last()).toEqual([now() + 5]);
  await directory.put("t", row(now()));
  expect(await directory.list(1, "", {})).toHaveLength(1);
});

it("a session that is over is not signed out again: no event, and later grants stay", async () => {
  const { object, about, session, id, events } = await person({ scope: ["openid"] });
  await object.redeem(about, id, presented);
  await object.signOut(about, randomId());
  expect(await object.grant(id)).toBeDefined();
  expect(await events()).not.toContain("signed_out");
  await object.signOut(about, session);
  await object.signOut(about, session);
  expect(await object.grant(id)).toBeUndefined();
  expect((await events()).filter((type) => type === "signed_out")).toHaveLength(1);
});

it("a cached context answers for its own session, connection, age and floor (design §4)", async () => {
  const { object, about, session } = await person();
  const resume = async (changed: object = {}) =>
    (
      await object.resume({
        about,
        session,
        connection: "pool",
        limits,
        cached_for: 60,
        made_by: "today's",
        not_before: 0,
        asking,
        silent: true,
        request: {
          client_id,
          redirect_uri,
          scope: ["openid"],
          resource: [],
          offline_for: 0,
          tokens_for: 600,
        },
        ...changed,
      })
    ).as;
  expect(await resume()).toBe("granted");
  expect(await resume({ session: randomId() })).toBe("login");
  expect(await resume({ connection: "other" })).toBe("login");
  expect(await resume({ not_before: now() + 1 })).toBe("login");
  expect(await resume({ made_by: "yesterday's" })).toBe("login");
  expect(await resume({ needs: ["website"] })).toBe("login");
  expect(await resume({ needs: ["email"] })).toBe("granted");
  expect(await resume({ cached_for: 0 })).toBe("login");
  // The provider said nothing about when: no max_age can be met.
  expect(await resume({ max_age: 1_000_000 })).toBe("login");
  expect(await resume({ asking: { ...asking, trusted: false } })).toBe("consent_required");
  pass(60);
  expect(await resume()).toBe("login");
});

it("a program that signs in every minute does not fill a person's object: the last hundred sessions stay", async () => {
  const { object, events, again } = await person();
  await runInDurableObject(object, (_, { storage }) => {
    storage.sql.exec(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 199)
       INSERT INTO row SELECT kind, i, expires + 1, body FROM row, n WHERE kind = 'session'`,
    );
  });
  const { session } = await again();
  const { sessions } = await object.overview();
  expect(sessions).toHaveLength(100);
  // The one of now, also where those before it would last longer.
  expect(sessions.map(({ id }) => id)).toContain(session);
  expect((await events()).filter((type) => type === "signed_out")).toHaveLength(101);
});

it("nor with grants: the last hundred of its app stay, and all of the others", async () => {
  const { object, about, id, events, again } = await person();
  await object.redeem(about, id, presented);
  await runInDurableObject(object, (_, { storage }) => {
    const [row] = storage.sql.exec<{ body: string }>("SELECT body FROM row WHERE kind = 'grant'").toArray();
    for (let index = 0; index < 399; index++) {
      const client = index % 3 === 0 ? "other" : client_id;
      const made = { ...(JSON.parse(row!.body) as object), client_id: client, created_at: now() - 1 };
      const [name, expires] = [String(index), now() + 10_000];
      storage.sql.exec("INSERT INTO row VALUES ('grant', ?, ?, ?)", name, expires, JSON.stringify(made));
    }
  });
  const last = await again();
  await object.redeem(about, last.id, presented);
  const { grants } = await object.overview();
  const of = (client: string) => grants.filter((grant) => grant.client_id === client);
  expect([of(client_id).length, of("other").length]).toEqual([100, 133]);
  expect(await object.grant(last.id)).toBeDefined();
  expect((await events()).filter((type) => type === "grant_ended")).toHaveLength(168);
});
