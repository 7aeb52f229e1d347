/** Claims of the client's and the workspace's own record, of what the protocol knows, and claims that are required. */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { api } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld({ name: "Acme" });
  await world.connection("pool");
  app = await world.client("app", { client_name: "Shop", client_uri: "https://shop.example.com/" });
});

describe("a claim may carry", () => {
  it.each<[string, string, string, unknown]>([
    ["the client's name", "client", "client_name", "Shop"],
    ["the client's page", "client", "client_uri", "https://shop.example.com/"],
    ["the workspace's id", "workspace", "id", "(id)"],
    ["the workspace's name", "workspace", "name", "Acme"],
    ["the provider's own subject", "authn_ctx", "idp_sub", "sub-of-ada"],
    ["the granted scopes", "authn_ctx", "scp", ["openid", "email"]],
    ["a whole object of the context", "authn_ctx", "address", { country: "GB", locality: "London" }],
  ])("%s", async (_, source_type, source_path, expected) => {
    for (const type of ["id_token", "access_token"])
      await world.put(`claims/x-${type}`, { name: "x", type, source_type, source_path });
    const ada = new Browser("ada");
    ada.person.claims = { address: { country: "GB", locality: "London", planet: "Earth" } };
    const { id_token, access_token } = await app.signIn(ada, { scope: "openid email" });
    const value = expected === "(id)" ? world.id : expected;
    for (const claims of [
      decodeJwt(id_token!),
      decodeJwt(access_token),
      await app.userinfo(access_token),
      await app.introspect(access_token),
    ])
      expect(claims["x"]).toEqual(value);
    for (const type of ["id_token", "access_token"]) await world.remove(`claims/x-${type}`);
  });

  it.each([
    [
      "client",
      "client_secret_hash",
      "must be one of client_id, client_name, client_uri, logo_uri, policy_uri, tos_uri",
    ],
    [
      "client",
      "jwks.keys",
      "must be one of client_id, client_name, client_uri, logo_uri, policy_uri, tos_uri",
    ],
    ["workspace", "salt", "must be one of id, name, logo_uri"],
    ["workspace", "audit_webhook_secret", "must be one of id, name, logo_uri"],
  ])("but never %s %s", async (source_type, source_path, message) => {
    const claim = { name: "x", type: "id_token", source_type, source_path };
    const { status, body } = await api("PUT", `workspaces/${world.id}/claims/x`, claim);
    expect([status, body["errors"]]).toEqual([422, [{ path: "source_path", message }]]);
  });
});

it("a client on its own has the claims of its record, and none of a person", async () => {
  const robot = await world.client("robot", { grant_types: ["client_credentials"], redirect_uris: [] });
  await world.put("claims/who", {
    name: "who",
    type: "access_token",
    source_type: "client",
    source_path: "client_name",
  });
  await world.put("claims/mail", {
    name: "mail",
    type: "access_token",
    source_path: "email",
    required: true,
  });
  const claims = decodeJwt((await robot.clientCredentials()).access_token);
  expect(claims["who"]).toBe("Client robot");
  expect(claims).not.toHaveProperty("mail");
  for (const name of ["who", "mail"]) await world.remove(`claims/${name}`);
});

describe("a claim that is required", () => {
  const required = {
    name: "site",
    type: "id_token",
    source_path: "website",
    required: true,
    scopes: ["profile"],
  };
  const begin = async (claims: Record<string, unknown>, scope: string) => {
    const browser = new Browser("ada");
    browser.person.claims = claims;
    const begun = await app.begin({ scope });
    return { begun, page: await browser.open(begun.url) };
  };

  it("and has no value ends the sign-in before anything is stored", async () => {
    await world.put("claims/site", required);
    const { page } = await begin({}, "openid profile");
    expect(Object.fromEntries(page.url.searchParams)).toMatchObject({
      error: "access_denied",
      error_description: "something that the application needs is missing from the sign-in",
    });
    const { body } = await api("GET", `workspaces/${world.id}/audit-events?type=refused`);
    expect(body["items"]).toMatchObject([{ reason: "the required claim site of the id_token has no value" }]);
  });

  it("does not, where its scope was not asked for or it has a value", async () => {
    await world.put("claims/site", required);
    const without = await begin({}, "openid email");
    expect((await app.finish(without.page, without.begun)).id_token).toBeDefined();
    const whole = await begin({ website: "https://ada.example" }, "openid profile");
    expect(decodeJwt((await app.finish(whole.page, whole.begun)).id_token!)["site"]).toBe(
      "https://ada.example",
    );
  });

  it("takes nobody their own page, where no tokens are made", async () => {
    await world.put("claims/site", { ...required, scopes: [] });
    const browser = new Browser("ada");
    browser.person.claims = {};
    const page = await browser.open(`${world.issuer}/me`);
    expect([page.status, page.url.pathname]).toEqual([200, `/${world.id}/me`]);
  });

  it("and does not fit into its token ends it there", async () => {
    await world.put("claims/site", required);
    const { begun, page } = await begin({ website: "w*15000" }, "openid profile");
    await expect(app.finish(page, begun)).rejects.toMatchObject({
      error: "invalid_grant",
      error_description: "a claim that is required cannot be given",
    });
  });
});
