/** KV that does not change (threat 26): what an operator decides holds within ten seconds all the same (design §4, Freshness). */
import { env } from "cloudflare:workers";
import { decodeProtectedHeader } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { api, must, problem } from "../api.ts";
import { Browser } from "../browser.ts";
import { pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { basic, get, post, told } from "../raw.ts";
import { refused } from "../refused.ts";
import { APP, makeWorld, type World } from "../world.ts";

let world: World;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
});

/** Runs a change, then puts KV back to what it was before. */
async function frozen(keys: readonly string[], change: () => Promise<unknown>) {
  const before = await Promise.all(
    keys.map(async (key) => [key, await env.CONFIG.get(`${world.id}/${key}`)] as const),
  );
  await change();
  for (const [key, text] of before) {
    if (text === null) await env.CONFIG.delete(`${world.id}/${key}`);
    else await env.CONFIG.put(`${world.id}/${key}`, text);
  }
}

function request(client_id: string): URL {
  const url = new URL(`${world.issuer}/oauth2/authorize`);
  const params = { client_id, redirect_uri: APP, response_type: "code", scope: "openid" };
  url.search = new URLSearchParams(params).toString();
  return url;
}
const opens = async (client_id: string) => (await get(request(client_id))).status;

it("a client created a second ago works, though KV remembers that it was absent", async () => {
  expect(await opens("new")).toBe(400);
  await frozen(["client/new"], () => world.client("new"));
  pass(1);
  expect(await opens("new")).toBe(303);
});

it("a client disabled eleven seconds ago does not", async () => {
  await world.client("old");
  expect(await opens("old")).toBe(303);
  await frozen(["client/old"], () => world.patch("clients/old", { disabled: true }));
  pass(11);
  expect(await opens("old")).toBe(400);
});

it("a client deleted ten seconds ago is gone", async () => {
  await world.client("gone");
  expect(await opens("gone")).toBe(303);
  await frozen(["client/gone"], () => world.remove("clients/gone"));
  pass(10);
  expect(await opens("gone")).toBe(400);
});

describe("eleven seconds later", () => {
  it("a connection that was disabled signs nobody in, on its callback and on the chooser", async () => {
    const client = await world.client("app");
    await world.connection("extra");
    await frozen(["connection/extra", "connections"], () =>
      world.patch("connections/extra", { disabled: true }),
    );
    pass(11);
    const begun = await client.begin({ idp_hint: "extra" });
    expect(told(await new Browser("ada").open(begun.url))).toMatchObject({ error: "invalid_request" });
    expect((await client.signIn(new Browser("ada"))).id_token).toBeDefined();
  });

  it("a new scope, API and claim exist, and settings hold", async () => {
    const client = await world.client("scoped", { scope: "openid orders" });
    await frozen(["workspace"], async () => {
      await world.put("scopes/orders", {});
      await world.put("apis/orders", { identifier: "https://orders.example.com", name: "Orders" });
      await world.settings({ access_token_lifetime: 77 });
    });
    pass(11);
    const tokens = await client.signIn(new Browser("ada"), {
      scope: "openid orders",
      resource: "https://orders.example.com",
    });
    expect(tokens).toMatchObject({ scope: "openid orders", expires_in: 77 });
  });

  it("a revoked key signs nothing and verifies nothing", async () => {
    const client = await world.client("keys");
    const { access_token } = await client.signIn(new Browser("ada"));
    const { kid } = decodeProtectedHeader(access_token);
    await frozen(["workspace"], () => must("POST", `workspaces/${world.id}/keys/${kid}/revoke`));
    pass(11);
    expect(await refused(client.userinfo(access_token))).toMatchObject({
      status: 401,
      error: "invalid_token",
    });
    const { json } = await get(`${world.issuer}/.well-known/jwks.json`);
    expect(JSON.stringify(json)).not.toContain(kid);
  });
});

it("a workspace made a second ago answers, though it was asked for before", async () => {
  const { via } = counting();
  const id = `late-${world.id}`;
  const url = `http://localhost:8787/${id}/.well-known/openid-configuration`;
  expect((await get(url, {}, via)).status).toBe(404);
  const table = await env.CONFIG.get("system/deployment");
  await must("PUT", `workspaces/${id}`, { name: "Late" });
  await env.CONFIG.put("system/deployment", table!);
  pass(1);
  expect((await get(url, {}, via)).status).toBe(200);
});

describe("when the authority does not answer", () => {
  const broken = {
    getByName: () => ({
      head: () => Promise.reject(new Error("overloaded")),
      read: () => Promise.reject(new Error("overloaded")),
    }),
  };

  it("what is known is used for five minutes, and then nothing new begins", async () => {
    const { via } = counting({ WORKSPACE: broken as never });
    await world.client("app");
    const url = request("app");
    expect((await get(url)).status).toBe(303);
    pass(280);
    expect((await get(url, {}, via)).status).toBe(303);
    pass(21);
    const answer = await get(url, {}, via);
    expect(answer.status).toBe(503);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect((await get(url)).status).toBe(303);
  });

  it("the admin API says that it is the configuration", async () => {
    const { via } = counting({ WORKSPACE: broken as never });
    pass(301);
    const answer = await api("GET", `workspaces/${world.id}/clients`, undefined, {}, via);
    expect(problem(answer)).toEqual([503, "the configuration cannot be read right now"]);
  });

  it("the token endpoint says temporarily_unavailable", async () => {
    const { via } = counting({ WORKSPACE: broken as never });
    pass(301);
    const answer = await post(
      `${world.issuer}/oauth2/token`,
      { grant_type: "client_credentials" },
      basic("app", "x"),
      via,
    );
    expect([answer.status, answer.json]).toEqual([
      503,
      { error: "temporarily_unavailable", error_description: "the service cannot answer right now" },
    ]);
  });
});
