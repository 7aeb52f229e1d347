/** Claims that only the protocol sets (threat 20; better-auth #10140; design §5.5). */
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { api } from "../api.ts";
import { Browser } from "../browser.ts";
import { pass } from "../clock.ts";
import { makeWorld } from "../world.ts";
import { RESERVED_CLAIMS } from "../../src/config/reserved-claims.ts";

const world = await makeWorld();
await world.connection("pool");
const app = await world.client("app");

it("the list is the design's", () => {
  const list =
    "iss sub aud exp nbf iat jti nonce auth_time acr amr azp sid at_hash c_hash cnf act may_act client_id scope scp typ token_use events idp idp_sub idp_method";
  expect([...RESERVED_CLAIMS].toSorted()).toEqual(list.split(" ").toSorted());
});

describe("no claim can name", () => {
  it.each([...RESERVED_CLAIMS])("%s, nor a member of it", async (name) => {
    for (const path of [name, `${name}.x`]) {
      const record = { name: path, type: "id_token", source_path: "name" };
      const { status, body } = await api("PUT", `workspaces/${world.id}/claims/bad`, record);
      expect([status, body["errors"]]).toEqual([
        422,
        [{ path: "name", message: "this claim is set by the protocol" }],
      ]);
    }
  });
});

it("a record that got into KV some other way changes no protocol claim either", async () => {
  const hostile = await makeWorld();
  await hostile.connection("pool");
  const client = await hostile.client("app");
  const key = `${hostile.id}/workspace`;
  const published = (await env.CONFIG.get<{ version: number; value: { claims: object[] } }>(key, "json"))!;
  const names = [...RESERVED_CLAIMS];
  const claims = ["id_token", "access_token"].flatMap((type) =>
    names.map((name) => ({
      id: `x-${name}`,
      name,
      type,
      source_type: "authn_ctx",
      source_path: "nickname",
      scopes: [],
      opaque: false,
    })),
  );
  const stored = { ...published, version: published.version + 1_000, value: { ...published.value, claims } };
  await env.CONFIG.put(key, JSON.stringify(stored));
  await hostile.put("scopes/wake", {});
  await env.CONFIG.put(key, JSON.stringify(stored));
  pass(11);
  const browser = new Browser("ada");
  browser.person.claims = { nickname: "forged" };
  const { id_token, access_token } = await client.signIn(browser);
  for (const claims of [decodeJwt(id_token!), decodeJwt(access_token), await client.userinfo(access_token)])
    expect(JSON.stringify(claims)).not.toContain("forged");
});

it("a provider that sends our claim names does not set them", async () => {
  const browser = new Browser("ada");
  browser.person.claims = {
    idp: "forged",
    idp_sub: "forged",
    client_id: "forged",
    scope: "forged",
    act: { sub: "forged" },
    cnf: { jkt: "forged" },
  };
  const { id_token, access_token } = await app.signIn(browser, { scope: "openid profile email" });
  for (const claims of [
    decodeJwt(id_token!),
    decodeJwt(access_token),
    await app.userinfo(access_token),
    await app.introspect(access_token),
  ])
    expect(JSON.stringify(claims)).not.toContain("forged");
});

it("names like __proto__ and constructor are names", async () => {
  await world.put("claims/proto", { name: "__proto__.polluted", type: "id_token", source_path: "name" });
  await world.put("claims/ctor", { name: "constructor", type: "id_token", source_path: "name" });
  const { id_token } = await app.signIn(new Browser("ada"));
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(decodeJwt(id_token!)["constructor"]).toBe("Ada Lovelace");
});
