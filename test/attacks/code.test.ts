/** Authorization codes stolen, swapped, replayed and raced (threats 5, 6, 7; Keycloak CVE-2026-16089, workers-oauth-provider #214, CVE-2025-4144). */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { Begun, RelyingParty } from "../client.ts";
import { pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { basic, post } from "../raw.ts";
import { refused } from "../refused.ts";
import { APP, makeWorld, SECRET, type World } from "../world.ts";

const { via, calls } = counting();
let world: World;
let app: RelyingParty;
let url: string;
const INVALID = {
  error: "invalid_grant",
  error_description: "the code is not valid, or is not for this request",
};
const OTHER = "https://app.example.com/other";

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app", { via, redirect_uris: [APP, OTHER, `${APP}/`] });
  await world.client("thief", { via });
  url = `${world.issuer}/oauth2/token`;
});
beforeEach(() => void calls.splice(0));

async function issued(params: Record<string, string> = {}): Promise<{ begun: Begun; code: string }> {
  const begun = await app.begin({ scope: "openid offline_access", ...params });
  const page = await new Browser("ada", via).open(begun.url);
  return { begun, code: app.code(page, begun).get("code")! };
}

const redeem = (fields: Record<string, string>, client = "app", secret = SECRET) =>
  post(url, { grant_type: "authorization_code", redirect_uri: APP, ...fields }, basic(client, secret), via);

describe("a code is refused, and is spent by it,", () => {
  it.each<[string, (begun: Begun) => Record<string, string>, string]>([
    ["from another client", ({ verifier }) => ({ code_verifier: verifier }), "thief"],
    [
      "with another redirect URI of the same client",
      ({ verifier }) => ({ code_verifier: verifier, redirect_uri: OTHER }),
      "app",
    ],
    [
      "with a redirect URI that differs in one character",
      ({ verifier }) => ({ code_verifier: verifier, redirect_uri: `${APP}/` }),
      "app",
    ],
    ["with a wrong verifier", () => ({ code_verifier: "w".repeat(43) }), "app"],
    ["without the verifier", () => ({}), "app"],
    [
      "with the challenge in place of the verifier",
      ({ url: asked }) => ({ code_verifier: asked.searchParams.get("code_challenge")! }),
      "app",
    ],
  ])("%s", async (_, fields, client) => {
    const { begun, code } = await issued();
    const wrong = await redeem({ code, ...fields(begun) }, client);
    expect([wrong.status, wrong.json]).toEqual([400, INVALID]);
    expect(wrong.headers.get("cache-control")).toBe("no-store");
    const right = await redeem({ code, code_verifier: begun.verifier });
    expect([right.status, right.json]).toEqual([400, INVALID]);
  });

  it("with a verifier where there was no challenge (RFC 9700 §2.1.1, downgrade)", async () => {
    const { begun, code } = await issued({ code_challenge: "", code_challenge_method: "" });
    expect((await redeem({ code, code_verifier: begun.verifier })).json).toEqual(INVALID);
    expect((await redeem({ code })).json).toEqual(INVALID);
  });
});

describe("a code is not spent", () => {
  it.each<[string, Record<string, string>, string]>([
    ["by a wrong client secret", {}, `${SECRET}x`],
    ["by a request without redirect_uri", { redirect_uri: "" }, SECRET],
    ["by a verifier that cannot be one", { code_verifier: "short" }, SECRET],
  ])("%s", async (_, fields, secret) => {
    const { begun, code } = await issued();
    calls.splice(0);
    expect(
      (await redeem({ code, code_verifier: begun.verifier, ...fields }, "app", secret)).status,
    ).toBeGreaterThan(399);
    expect(calls.filter((call) => !call.startsWith("AUDIT."))).toEqual([]);
    expect((await redeem({ code, code_verifier: begun.verifier })).status).toBe(200);
  });

  it("by another workspace, which does not even wake the person's object", async () => {
    const other = await makeWorld();
    const client = await other.client("app", { via });
    const { begun, code } = await issued();
    calls.splice(0);
    const there = await post(
      client.server.token_endpoint!,
      { grant_type: "authorization_code", redirect_uri: APP, code, code_verifier: begun.verifier },
      basic("app", SECRET),
      via,
    );
    expect([there.status, there.json]).toEqual([400, INVALID]);
    expect(calls.filter((call) => !call.startsWith("AUDIT."))).toEqual([]);
    expect((await redeem({ code, code_verifier: begun.verifier })).status).toBe(200);
  });
});

it("a request says what is missing", async () => {
  expect((await redeem({})).json).toEqual({ error: "invalid_request", error_description: "code is missing" });
  expect((await redeem({ code: "x", redirect_uri: "" })).json).toEqual({
    error: "invalid_request",
    error_description: "redirect_uri is missing",
  });
  expect((await redeem({ code: "x", code_verifier: "short" })).json).toEqual({
    error: "invalid_request",
    error_description: "code_verifier must be 43 to 128 unreserved characters",
  });
});

it("a code lives 60 seconds", async () => {
  const [young, old] = [await issued(), await issued()];
  pass(59);
  expect((await redeem({ code: young.code, code_verifier: young.begun.verifier })).status).toBe(200);
  pass(1);
  expect((await redeem({ code: old.code, code_verifier: old.begun.verifier })).json).toEqual(INVALID);
});

describe("a code that is used twice (RFC 6749 §4.1.2)", () => {
  it("ends everything that it gave: access token, refresh token", async () => {
    const begun = await app.begin({ scope: "openid offline_access" });
    const answer = app.code(await new Browser("ada", via).open(begun.url), begun);
    const { access_token, refresh_token } = await app.redeem(answer, begun);
    expect((await app.userinfo(access_token)).sub).toBeDefined();
    expect(await refused(app.redeem(answer, begun))).toEqual({ status: 400, ...INVALID });
    expect(await refused(app.userinfo(access_token))).toEqual({
      status: 401,
      error: "invalid_token",
      error_description: "the access token is not valid any more",
    });
    expect(await app.introspect(access_token)).toEqual({ active: false });
    expect(await app.introspect(refresh_token!)).toEqual({ active: false });
    expect(await refused(app.refresh(refresh_token!))).toMatchObject({ error: "invalid_grant" });
  });

  it("even when the second comes from another client", async () => {
    const { begun, code } = await issued();
    const first = await redeem({ code, code_verifier: begun.verifier });
    expect((await redeem({ code, code_verifier: begun.verifier }, "thief")).json).toEqual(INVALID);
    expect(await app.introspect(String(first.json!["access_token"]))).toEqual({ active: false });
  });

  it("twenty at once: exactly one succeeds, and its tokens die (threat 6)", async () => {
    const { begun, code } = await issued();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => redeem({ code, code_verifier: begun.verifier })),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(answers.filter(({ json }) => json?.["error"] === "invalid_grant")).toHaveLength(19);
    const access_token = String(won[0]!.json!["access_token"]);
    expect(await refused(app.userinfo(access_token))).toMatchObject({ status: 401, error: "invalid_token" });
    expect(await app.introspect(access_token)).toEqual({ active: false });
  });
});

it("a refresh token, a session and an access token are no codes", async () => {
  const browser = new Browser("ada", via);
  const { access_token, refresh_token } = await app.signIn(browser, { scope: "openid offline_access" });
  const session = browser.jar.value(`__Host-${world.id}-s`)!.split("~")[0]!;
  calls.splice(0);
  for (const code of [
    access_token,
    refresh_token!,
    session,
    refresh_token!.replace(/^rt/, "code"),
    session.replace(/^session/, "code"),
  ])
    expect((await redeem({ code, code_verifier: "w".repeat(43) })).json).toEqual(INVALID);
  expect(calls.filter((call) => !call.startsWith("AUDIT."))).toEqual([]);
});

it("a public client must always prove itself by PKCE", async () => {
  const spa = await world.client("spa", { via, token_endpoint_auth_method: "none" });
  const begun = await spa.begin();
  const answer = spa.code(await new Browser("ada", via).open(begun.url), begun);
  const stolen = await post(
    url,
    { grant_type: "authorization_code", client_id: "spa", redirect_uri: APP, code: answer.get("code")! },
    {},
    via,
  );
  expect([stolen.status, stolen.json]).toEqual([400, INVALID]);
  const again = await spa.begin();
  expect((await spa.finish(await new Browser("ada", via).open(again.url), again)).id_token).toBeDefined();
});
