/** Values that we did not make: no object is woken for them, so a flood of them costs one HMAC each (design §4, Token bytes). */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { counting } from "../counting.ts";
import { basic, get, post, told } from "../raw.ts";
import { APP, makeWorld, SECRET, type World } from "../world.ts";

const { via, calls } = counting();
let world: World;
let app: RelyingParty;
let browser: Browser;
let tokens: Awaited<ReturnType<RelyingParty["signIn"]>>;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool", { config: { enable_stateful_ctx: true } });
  app = await world.client("app", { via });
  browser = new Browser("ada", via);
  tokens = await app.signIn(browser, { scope: "openid offline_access" });
});
beforeEach(() => void calls.splice(0));

const woken = () => calls.filter((call) => !call.startsWith("AUDIT."));

/** Another subject, id, generation and workspace in the payload; another kind, key id and MAC around it. */
function forgeries(genuine: string): string[] {
  const [kind, key, payload, mac] = genuine.split(".") as [string, string, string, string];
  const flip = (text: string, at: number) =>
    text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
  const changes = [0, 10, 43, 60, payload.length - 2].map((at) => [kind, key, flip(payload, at), mac]);
  const parts = [
    ...changes,
    [kind, key, payload, flip(mac, 0)],
    [kind, key, payload, ""],
    [kind, "k2", payload, mac],
    [kind, "", payload, mac],
    ["code", key, payload, mac],
    ["rt", key, payload, mac],
    ["session", key, payload, mac],
    ["login", key, payload, mac],
    [kind, key, payload, mac, "x"],
    [kind, key, payload],
  ];
  return parts.map((part) => part.join(".")).filter((text) => text !== genuine);
}

it("refresh tokens", async () => {
  for (const refresh_token of forgeries(tokens.refresh_token!)) {
    const answer = await post(
      `${world.issuer}/oauth2/token`,
      { grant_type: "refresh_token", refresh_token },
      basic("app", SECRET),
      via,
    );
    expect([answer.status, answer.json]).toEqual([
      400,
      { error: "invalid_grant", error_description: "the refresh token is not valid any more" },
    ]);
    expect(await app.introspect(refresh_token)).toEqual({ active: false });
    await app.revoke(refresh_token);
  }
  expect(woken()).toEqual([]);
});

it("codes", async () => {
  const { url } = await app.begin();
  const { code } = told(await new Browser("ada", via).open(url));
  calls.splice(0);
  for (const forged of forgeries(code!)) {
    const fields = { grant_type: "authorization_code", code: forged, redirect_uri: APP };
    expect((await post(`${world.issuer}/oauth2/token`, fields, basic("app", SECRET), via)).json).toEqual({
      error: "invalid_grant",
      error_description: "the code is not valid, or is not for this request",
    });
  }
  expect(woken()).toEqual([]);
});

it("session cookies: silent sign-in, sign-out, consent", async () => {
  const name = `__Host-${world.id}-s`;
  const genuine = browser.jar.value(name)!;
  const { url } = await app.begin({ prompt: "none" });
  for (const forged of [
    ...forgeries(genuine.split("~")[0]!).map((text) => `${text}~pool`),
    "",
    "~pool",
    "x".repeat(4_000),
  ]) {
    const headers = { cookie: `${name}=${forged}` };
    const answer = await get(url, headers, via);
    expect(new URL(answer.headers.get("location")!).searchParams.get("error")).toBe("login_required");
    await get(`${world.issuer}/oidc/logout`, headers, via);
  }
  expect(woken()).toEqual([]);
});

it("a genuine session under the name of another connection does not wake the person's object", async () => {
  await world.connection("plain", { hidden: true });
  const [handle] = browser.jar.value(`__Host-${world.id}-s`)!.split("~");
  const { url } = await app.begin({ prompt: "none" });
  for (const connection of ["plain", "nobody", "", "../pool"]) {
    const answer = await get(url, { cookie: `__Host-${world.id}-s=${handle}~${connection}` }, via);
    expect(new URL(answer.headers.get("location")!).searchParams.get("error")).toBe("login_required");
  }
  expect(woken().filter((call) => call.startsWith("SUBJECT."))).toEqual([]);
});

describe("pending cookies", () => {
  it("of any kind open nothing", async () => {
    const handle = "A".repeat(22);
    for (const value of [
      "",
      "x",
      "0-k1.0.AAAA",
      `0-k1.${Math.floor(Date.now() / 86_400_000).toString(36)}.${"A".repeat(200)}`,
    ]) {
      const headers = { cookie: `__Host-${world.id}-p-${handle}=${value}` };
      expect((await get(`${world.issuer}/callback/pool?code=x&state=${handle}`, headers, via)).status).toBe(
        400,
      );
      expect((await get(`${world.issuer}/consent/${handle}`, headers, via)).status).toBe(400);
    }
    expect(woken()).toEqual([]);
  });
});

it("names of workspaces that do not exist", async () => {
  const origin = new URL(world.issuer).origin;
  await get(`${origin}/first-nobody/oauth2/authorize`, {}, via);
  calls.splice(0);
  for (let n = 0; n < 20; n++)
    expect((await get(`${origin}/nobody-${n}/oauth2/authorize`, {}, via)).status).toBe(404);
  expect(calls).toEqual([]);
});
