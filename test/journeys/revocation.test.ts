/** Tokens end when their client says so (RFC 7009). */
import { beforeAll, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { basic, post } from "../raw.ts";
import { refused } from "../refused.ts";
import { makeWorld, SECRET, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
let other: RelyingParty;
let url: string;
const scope = "openid offline_access";

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app");
  other = await world.client("other");
  url = `${world.issuer}/oauth2/revoke`;
});

it("an access token ends alone: the refresh token of the same grant lives", async () => {
  const { access_token, refresh_token } = await app.signIn(new Browser("ada"), { scope });
  await app.revoke(access_token);
  expect(await refused(app.userinfo(access_token))).toEqual({
    status: 401,
    error: "invalid_token",
    error_description: "the access token is not valid any more",
  });
  expect(await app.introspect(access_token)).toEqual({ active: false });
  const next = await app.refresh(refresh_token!);
  expect(await app.introspect(next.access_token)).toMatchObject({ active: true });
});

it("a refresh token ends with every token of its grant (RFC 7009 §2.1)", async () => {
  const first = await app.signIn(new Browser("ada"), { scope });
  const second = await app.refresh(first.refresh_token!);
  await app.revoke(second.refresh_token!);
  expect(await refused(app.refresh(second.refresh_token!))).toMatchObject({ error: "invalid_grant" });
  for (const token of [first.access_token, second.access_token]) {
    expect(await app.introspect(token)).toEqual({ active: false });
    expect(await refused(app.userinfo(token))).toMatchObject({ status: 401, error: "invalid_token" });
  }
});

it("another sign-in of the same person goes on", async () => {
  const [one, two] = [
    await app.signIn(new Browser("ada"), { scope }),
    await app.signIn(new Browser("ada"), { scope }),
  ];
  await app.revoke(one.refresh_token!);
  expect(await app.introspect(two.access_token)).toMatchObject({ active: true });
});

it("a token of another client stays, and the answer does not tell (RFC 7009 §2.1)", async () => {
  const tokens = await app.signIn(new Browser("ada"), { scope });
  for (const token of [tokens.access_token, tokens.refresh_token!]) {
    const answer = await post(url, { token }, basic("other", SECRET));
    expect([answer.status, answer.text]).toEqual([200, ""]);
  }
  expect(await app.introspect(tokens.access_token)).toMatchObject({ active: true });
  expect(await app.introspect(tokens.refresh_token!)).toMatchObject({ active: true });
  expect(other.client.client_id).toBe("other");
});

it.each(["nonsense", "rt.k1.AAAA.BBBB", "a.b.c", "at.k1.0.AAAA"])(
  "%s is nothing, and revoked (RFC 7009 §2.2)",
  async (token) => {
    const answer = await post(url, { token, token_type_hint: "refresh_token" }, basic("app", SECRET));
    expect([answer.status, answer.text]).toEqual([200, ""]);
  },
);

it("a wrong token_type_hint changes nothing (RFC 7009 §2.1)", async () => {
  const { access_token } = await app.signIn(new Browser("ada"));
  await post(url, { token: access_token, token_type_hint: "refresh_token" }, basic("app", SECRET));
  expect(await app.introspect(access_token)).toEqual({ active: false });
});

it("a public client revokes its own by its client_id", async () => {
  const spa = await world.client("spa", { token_endpoint_auth_method: "none" });
  const { access_token } = await spa.signIn(new Browser("ada"));
  await spa.revoke(access_token);
  expect(await refused(spa.userinfo(access_token))).toMatchObject({ status: 401, error: "invalid_token" });
});

it("who does not authenticate revokes nothing", async () => {
  const { access_token: token } = await app.signIn(new Browser("ada"));
  for (const [fields, headers] of [
    [{ token }, {}],
    [{ token, client_id: "app" }, {}],
    [{ token }, basic("app", "wrong")],
  ] as const)
    expect((await post(url, fields, headers)).json).toMatchObject({ error: "invalid_client" });
  expect(await app.introspect(token)).toMatchObject({ active: true });
});

it("a request without a token says so", async () => {
  const answer = await post(url, {}, basic("app", SECRET));
  expect([answer.status, answer.json]).toEqual([
    400,
    { error: "invalid_request", error_description: "token is missing" },
  ]);
});
