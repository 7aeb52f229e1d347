/** Access tokens that only we can read, by workspace setting. */
import { beforeAll, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { pass } from "../clock.ts";
import { refused } from "../refused.ts";
import { script } from "../scripts.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld({ access_token_strategy: "opaque", access_token_lifetime: 300 });
  await world.connection("pool");
  app = await world.client("app", {
    grant_types: ["authorization_code", "refresh_token", "client_credentials"],
  });
});

it("say nothing to whoever holds them", async () => {
  const { access_token, expires_in } = await app.signIn(new Browser("ada"), { scope: "openid email" });
  expect(access_token).toMatch(/^at\.k1\.0\.[\w-]+$/);
  expect(atob(access_token.split(".")[3]!.replaceAll("-", "+").replaceAll("_", "/"))).not.toContain("ada");
  expect(expires_in).toBe(300);
});

it("open userinfo and introspection, and end by exp", async () => {
  const { access_token } = await app.signIn(new Browser("ada"), { scope: "openid email" });
  expect(await app.userinfo(access_token)).toMatchObject({ email: "ada@example.com" });
  expect(await app.introspect(access_token)).toMatchObject({
    active: true,
    client_id: "app",
    scope: "openid email",
  });
  pass(300);
  expect(await refused(app.userinfo(access_token))).toMatchObject({ status: 401, error: "invalid_token" });
  expect(await app.introspect(access_token)).toEqual({ active: false });
});

it("can be revoked, a person's and a client's own", async () => {
  const { access_token } = await app.signIn(new Browser("ada"));
  await app.revoke(access_token);
  expect(await app.introspect(access_token)).toEqual({ active: false });
  const own = await app.clientCredentials();
  expect(await app.introspect(own.access_token)).toMatchObject({ active: true });
  await app.revoke(own.access_token);
  expect(await app.introspect(own.access_token)).toEqual({ active: false });
});

it("of one workspace are nothing in another", async () => {
  const other = await makeWorld({ access_token_strategy: "opaque" });
  await other.connection("pool");
  const client = await other.client("app");
  const { access_token } = await app.signIn(new Browser("ada"));
  expect(await refused(client.userinfo(access_token))).toMatchObject({ status: 401, error: "invalid_token" });
  expect(await client.introspect(access_token)).toEqual({ active: false });
});

it("carry what a script minted to introspection, and no claim of the protocol of it", async () => {
  const body = script(
    "return { access_token: { plan: 'gold', sub: 'forged', scope: 'all', client_id: 'x' } };",
  );
  await world.put("scripts/plan", { name: "Plan", body });
  await world.patch("clients/app", { client_token_minting_script: "plan" });
  const { access_token } = await app.clientCredentials();
  expect(await app.introspect(access_token)).toMatchObject({
    active: true,
    plan: "gold",
    sub: "app",
    client_id: "app",
  });
  expect(await app.introspect(access_token)).not.toHaveProperty("scope");
});
