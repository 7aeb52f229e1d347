/** A program on its own behalf (RFC 6749 §4.4). */
import { decodeJwt } from "jose";
import { expect, it } from "vitest";
import { now, pass } from "../clock.ts";
import { refused } from "../refused.ts";
import { makeWorld } from "../world.ts";

const world = await makeWorld();
await world.put("scopes/orders:read", { display_name: "Read orders" });
await world.put("scopes/orders:write", { display_name: "Write orders" });
const robot = (id: string, how: object = {}) =>
  world.client(id, {
    grant_types: ["client_credentials"],
    redirect_uris: [],
    scope: "openid email offline_access orders:read orders:write",
    ...how,
  });

it("gets an access token whose subject is the client itself, without ID token and refresh token", async () => {
  const tokens = await (await robot("robot")).clientCredentials();
  expect(Object.keys(tokens).toSorted()).toEqual(["access_token", "expires_in", "scope", "token_type"]);
  const claims = decodeJwt(tokens.access_token);
  expect(claims).toEqual({
    iss: world.issuer,
    sub: "robot",
    aud: world.issuer,
    exp: claims.iat! + 3_600,
    iat: expect.any(Number),
    jti: expect.stringMatching(/^[\w-]{22}$/),
    client_id: "robot",
    scope: "orders:read orders:write",
    scp: ["orders:read", "orders:write"],
  });
});

it("gets a part of its scopes when it asks for a part", async () => {
  const { scope } = await (await robot("part")).clientCredentials({ scope: "orders:read" });
  expect(scope).toBe("orders:read");
});

it.each([
  ["profile", "scope names something that this client may not ask for"],
  ["email", "scope names something that only a person can grant"],
  ["openid orders:read", "scope names something that only a person can grant"],
  ["offline_access", "scope names something that only a person can grant"],
  ["nonsense", "scope names something that does not exist here"],
])("scope %s is refused", async (scope, error_description) => {
  expect(await refused((await robot("asks")).clientCredentials({ scope }))).toEqual({
    status: 400,
    error: "invalid_scope",
    error_description,
  });
});

it("a client without the grant type is refused (RFC 6749 §5.2)", async () => {
  const app = await world.client("app");
  expect(await refused(app.clientCredentials())).toEqual({
    status: 400,
    error: "unauthorized_client",
    error_description: "the client may not use this grant type",
  });
});

it("its token is no person's: userinfo refuses it", async () => {
  const client = await robot("userinfo");
  const { access_token } = await client.clientCredentials();
  expect(await refused(client.userinfo(access_token))).toEqual({
    status: 403,
    error: "insufficient_scope",
    error_description: "the access token lacks the scope openid",
  });
});

it("its token ends by exp", async () => {
  const client = await robot("ends");
  const { access_token } = await client.clientCredentials();
  expect(await client.introspect(access_token)).toMatchObject({ active: true, sub: "ends" });
  pass(3_601);
  expect(await client.introspect(access_token)).toEqual({ active: false });
});

it("its token ends by not_before of the client", async () => {
  const client = await robot("floor");
  const { access_token } = await client.clientCredentials();
  pass(5);
  await world.patch("clients/floor", { not_before: now() });
  expect(await client.introspect(access_token)).toEqual({ active: false });
});

it("its token ends by not_before of the workspace", async () => {
  const other = await makeWorld();
  const client = await other.client("robot", { grant_types: ["client_credentials"], redirect_uris: [] });
  const { access_token } = await client.clientCredentials();
  pass(5);
  await other.settings({ not_before: now() });
  expect(await client.introspect(access_token)).toEqual({ active: false });
});

it("its token ends by its jti, and no other does", async () => {
  const client = await robot("revokes");
  const [one, other] = [await client.clientCredentials(), await client.clientCredentials()];
  await client.revoke(one.access_token);
  expect(await client.introspect(one.access_token)).toEqual({ active: false });
  expect(await client.introspect(other.access_token)).toMatchObject({ active: true });
});

it("a public client cannot be given the grant type", async () => {
  const how = { token_endpoint_auth_method: "none" };
  await expect(robot("public", how)).rejects.toThrow(/a public client has no credentials of its own/);
});
