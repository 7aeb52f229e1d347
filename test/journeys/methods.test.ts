/** Methods that endpoints take, and what apps in browsers may call (RFC 6749 §3.2, Fetch §3.2). */
import { beforeAll, describe, expect, it } from "vitest";
import { exports } from "cloudflare:workers";
import { bindings, ORIGIN } from "../bindings.ts";
import { facts } from "../html.ts";
import { get } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  await world.client("app");
});

describe.each(["token", "revoke", "introspect"])("/oauth2/%s takes POST only", (name) => {
  it.each(["GET", "PUT", "DELETE", "PATCH"])("and answers %s with 405 in JSON", async (method) => {
    const answer = await exports.default.fetch(`${world.issuer}/oauth2/${name}`, { method });
    expect([answer.status, answer.headers.get("allow"), answer.headers.get("cache-control")]).toEqual([
      405,
      "POST",
      "no-store",
    ]);
    expect(await answer.json()).toEqual({
      error: "invalid_request",
      error_description: "this endpoint takes POST only",
    });
  });
});

describe("an address that takes other methods says which (RFC 9110 §15.5.6)", () => {
  it.each<[string, string, string, string]>([
    ["PUT", "/userinfo", "GET, HEAD, POST", "this endpoint takes GET and POST only"],
    ["POST", "/.well-known/openid-configuration", "GET, HEAD", "this endpoint takes GET only"],
    ["DELETE", "/.well-known/jwks.json", "GET, HEAD", "this endpoint takes GET only"],
    ["GET", "/oauth2/token", "POST", "this endpoint takes POST only"],
  ])("%s %s: %s, in JSON", async (method, path, allow, error_description) => {
    const answer = await exports.default.fetch(world.issuer + path, { method });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, allow]);
    expect(await answer.json()).toEqual({ error: "invalid_request", error_description });
  });

  it.each<[string, string, string]>([
    ["PUT", "/oauth2/authorize", "GET, HEAD, POST"],
    ["DELETE", "/callback/pool", "GET, HEAD, POST"],
    ["PATCH", "/oidc/logout", "GET, HEAD, POST"],
    ["GET", "/sign-out", "POST"],
    ["GET", "/saml/pool/acs", "POST"],
    ["POST", "/saml/pool/metadata", "GET, HEAD"],
  ])("%s %s: %s, on a page", async (method, path, allow) => {
    const answer = await exports.default.fetch(world.issuer + path, { method });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, allow]);
    expect(facts(await answer.text())).toMatchObject({ Code: "bad_request" });
  });

  it("and what is no address is not found by any, nor is a workspace that does not exist", async () => {
    for (const method of ["GET", "POST", "PUT", "DELETE"])
      for (const url of [`${world.issuer}/nothing`, `${ORIGIN}/nobody-here/userinfo`])
        expect((await exports.default.fetch(url, { method })).status).toBe(404);
  });

  it("HEAD is GET without a body (RFC 9110 §9.3.2)", async () => {
    const url = `${world.issuer}/.well-known/jwks.json`;
    const [head, whole] = [await exports.default.fetch(url, { method: "HEAD" }), await get(url)];
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(head.headers.get("cache-control")).toBe(whole.headers.get("cache-control"));
    expect((await exports.default.fetch(`${world.issuer}/userinfo`, { method: "HEAD" })).status).toBe(401);
  });
});

const preflight = (url: string, method: string, headers: string) =>
  exports.default.fetch(url, {
    method: "OPTIONS",
    headers: {
      origin: "https://spa.example.com",
      "access-control-request-method": method,
      "access-control-request-headers": headers,
    },
  });

describe("a preflight of an app in a browser is answered without credentials", () => {
  it.each([
    ["/oauth2/token", "POST", "content-type"],
    ["/oauth2/revoke", "POST", "content-type"],
    ["/userinfo", "GET", "authorization"],
    ["/.well-known/openid-configuration", "GET", "x-requested-with"],
    ["/.well-known/jwks.json", "GET", "x-requested-with"],
  ])("%s", async (path, method, header) => {
    const { status, headers } = await preflight(`${world.issuer}${path}`, method, header);
    expect([
      status,
      headers.get("access-control-allow-origin"),
      headers.get("access-control-max-age"),
    ]).toEqual([204, "*", "86400"]);
    expect(headers.get("access-control-allow-methods")).toContain(method);
    expect(headers.get("access-control-allow-headers")).toBe(header);
    expect(headers.has("access-control-allow-credentials")).toBe(false);
  });

  it("at the well-known path of RFC 8414 too", async () => {
    const url = `${ORIGIN}/.well-known/oauth-authorization-server/${world.id}`;
    expect((await preflight(url, "GET", "accept")).headers.get("access-control-allow-origin")).toBe("*");
  });
});

it.each(["/oauth2/authorize", "/oauth2/introspect", "/oidc/logout", "/me", "/demo", "/callback/pool"])(
  "%s is not for scripts of other origins",
  async (path) => {
    for (const answer of [
      await preflight(`${world.issuer}${path}`, "POST", "authorization"),
      await get(`${world.issuer}${path}`, { origin: "https://spa.example.com" }),
    ])
      expect(answer.headers.has("access-control-allow-origin")).toBe(false);
  },
);

it("an error of the token endpoint can be read by an app in a browser, and names its request", async () => {
  const answer = await exports.default.fetch(`${world.issuer}/oauth2/token`, {
    method: "POST",
    headers: {
      origin: "https://spa.example.com",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=authorization_code&client_id=nobody",
  });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("access-control-expose-headers")).toBe("WWW-Authenticate,X-Request-Id");
  expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
});

describe("the admin API", () => {
  const path = () => `${ORIGIN}/api/workspaces/${world.id}`;
  const call = (method: string, url: string) =>
    exports.default.fetch(url, { method, headers: { authorization: `Bearer ${bindings.BOOTSTRAP_KEY}` } });

  it.each<[string, string, string]>([
    ["POST", "/keys", "GET, HEAD"],
    ["DELETE", "/clients", "GET, HEAD, POST"],
    ["POST", "/clients/app", "DELETE, GET, HEAD, PATCH, PUT"],
    ["PUT", `/subjects/${"0".repeat(64)}`, "DELETE, GET, HEAD"],
    ["GET", "/keys/some/revoke", "POST"],
    ["OPTIONS", "/audit-events", "GET, HEAD"],
  ])("answers %s %s with 405, and says %s (RFC 9110 §15.5.6)", async (method, of, allowed) => {
    const answer = await call(method, path() + of);
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, allowed]);
    expect(await answer.json()).toMatchObject({ title: "this address does not take that method" });
  });

  it("answers what is no address with 404, and a stranger with 401", async () => {
    expect((await call("POST", `${path()}/nothing`)).status).toBe(404);
    expect((await call("DELETE", `${ORIGIN}/api/nothing`)).status).toBe(404);
    expect((await call("POST", `${ORIGIN}/api/openapi.json`)).headers.get("allow")).toBe("GET, HEAD");
    expect((await exports.default.fetch(`${path()}/keys`, { method: "POST" })).status).toBe(401);
  });
});
