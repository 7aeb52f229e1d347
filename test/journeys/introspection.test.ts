/** Who may learn what about a token (RFC 7662). */
import { decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { DAY, now, pass } from "../clock.ts";
import { basic, post } from "../raw.ts";
import { makeWorld, SECRET, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
let api: RelyingParty;
let stranger: RelyingParty;
const ORDERS = "https://orders.example.com";
const scope = "openid email offline_access";
const INACTIVE = { active: false };

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app");
  api = await world.client("orders-api");
  stranger = await world.client("stranger");
  await world.put("apis/orders", {
    identifier: ORDERS,
    name: "Orders",
    introspection_clients: ["orders-api"],
  });
});

it("a client learns everything about a token that was issued to it", async () => {
  const { access_token } = await app.signIn(new Browser("ada"), { scope });
  const answer = await app.introspect(access_token);
  expect(answer).toEqual({
    active: true,
    iss: world.issuer,
    sub: expect.stringMatching(/^[0-9a-f]{64}$/),
    aud: world.issuer,
    exp: answer.iat! + 3_600,
    iat: expect.closeTo(now(), -1),
    jti: expect.any(String),
    client_id: "app",
    scope,
    scp: scope.split(" "),
    sid: expect.any(String),
    auth_time: expect.any(Number),
    idp: "pool",
    idp_sub: "sub-of-ada",
    idp_method: "cognito",
    token_type: "Bearer",
  });
});

it("an API that names the client opens the tokens for that API, and no other", async () => {
  const [forApi, plain] = [
    await app.signIn(new Browser("ada"), { scope, resource: ORDERS }),
    await app.signIn(new Browser("ada"), { scope }),
  ];
  expect(await api.introspect(forApi.access_token)).toMatchObject({
    active: true,
    aud: ORDERS,
    client_id: "app",
  });
  expect(await api.introspect(plain.access_token)).toEqual(INACTIVE);
});

it("everybody else learns nothing, not even that it exists", async () => {
  const tokens = await app.signIn(new Browser("ada"), { scope, resource: ORDERS });
  for (const token of [tokens.access_token, tokens.refresh_token!, tokens.id_token!, "nonsense"])
    expect(await stranger.introspect(token)).toEqual(INACTIVE);
  expect(await api.introspect(tokens.refresh_token!)).toEqual(INACTIVE);
});

it("a refresh token is active until it is used, and until its family ends", async () => {
  const { refresh_token: first } = await app.signIn(new Browser("ada"), { scope });
  const answer = await app.introspect(first!);
  expect(answer).toEqual({
    active: true,
    iss: world.issuer,
    sub: expect.stringMatching(/^[0-9a-f]{64}$/),
    client_id: "app",
    scope,
    iat: expect.closeTo(now(), -1),
    exp: answer.iat! + 30 * DAY,
  });
  const { refresh_token: second } = await app.refresh(first!);
  expect(await app.introspect(first!)).toEqual(INACTIVE);
  expect(await app.introspect(second!)).toMatchObject({ active: true });
  pass(30 * DAY);
  expect(await app.introspect(second!)).toEqual(INACTIVE);
});

it("a refresh token that the token endpoint would refuse is not active: a lifetime that was lowered holds for it", async () => {
  const { refresh_token } = await app.signIn(new Browser("ada"), { scope });
  await world.settings({ refresh_token_lifetime: 60 });
  const { exp, iat } = await app.introspect(refresh_token!);
  pass(60);
  const over = await app.introspect(refresh_token!);
  await world.settings({ refresh_token_lifetime: 30 * DAY });
  expect([exp! - iat!, over]).toEqual([60, INACTIVE]);
});

it("an ID token is not for introspection", async () => {
  const { id_token } = await app.signIn(new Browser("ada"));
  expect(await app.introspect(id_token!)).toEqual(INACTIVE);
});

it("claims that are configured as opaque are told here, and are not in the token", async () => {
  await world.put("claims/groups", {
    name: "groups",
    type: "access_token",
    source_path: "groups",
    scopes: ["openid"],
    opaque: true,
  });
  const { access_token } = await app.signIn(new Browser("ada"), { scope });
  expect(decodeJwt(access_token)).not.toHaveProperty("groups");
  expect(await app.introspect(access_token)).toMatchObject({ groups: ["staff", "engineering"] });
  await world.remove("claims/groups");
});

it("the endpoint is protected: no client, no answer (RFC 7662 §2.1)", async () => {
  const { access_token: token } = await app.signIn(new Browser("ada"));
  const url = `${world.issuer}/oauth2/introspect`;
  const none = await post(url, { token });
  expect([none.status, none.json]).toEqual([
    401,
    { error: "invalid_client", error_description: "the client does not say who it is" },
  ]);
  expect(none.headers.get("www-authenticate")).toBe(`Basic realm="${world.issuer}"`);
  const wrong = await post(url, { token }, basic("app", `${SECRET}x`));
  expect([wrong.status, wrong.json]).toEqual([
    401,
    { error: "invalid_client", error_description: "client authentication failed" },
  ]);
});

it("a public client proves nothing and may not introspect, not even its own tokens", async () => {
  const spa = await world.client("spa", { token_endpoint_auth_method: "none" });
  const { access_token: token } = await spa.signIn(new Browser("ada"));
  const answer = await post(`${world.issuer}/oauth2/introspect`, { token, client_id: "spa" });
  expect([answer.status, answer.json]).toEqual([
    401,
    { error: "invalid_client", error_description: "a public client may not introspect tokens" },
  ]);
});

it("a request without a token says so, and answers are never stored", async () => {
  const answer = await post(`${world.issuer}/oauth2/introspect`, {}, basic("app", SECRET));
  expect([answer.status, answer.json]).toEqual([
    400,
    { error: "invalid_request", error_description: "token is missing" },
  ]);
  expect(answer.headers.get("cache-control")).toBe("no-store");
});
