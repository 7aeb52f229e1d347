/** How clients say who they are at the token endpoint (RFC 6749 §2.3). */
import { beforeAll, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import { basic, post } from "../raw.ts";
import { makeWorld, SECRET, type World } from "../world.ts";

let world: World;
let url: string;
const grant_type = "client_credentials";
const FAILED = { error: "invalid_client", error_description: "client authentication failed" };

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  const how = { grant_types: ["client_credentials"], redirect_uris: [] };
  await world.client("basic", { ...how, token_endpoint_auth_method: "client_secret_basic" });
  await world.client("post", { ...how, token_endpoint_auth_method: "client_secret_post" });
  await world.client("off", { ...how, disabled: true });
  await world.client("spa", { token_endpoint_auth_method: "none" });
  url = `${world.issuer}/oauth2/token`;
});

it.each(["client_secret_basic", "client_secret_post", "none"])(
  "%s works for the client that registered it",
  async (how) => {
    const client = await world.client(`by-${how.replaceAll("_", "-")}`, { token_endpoint_auth_method: how });
    expect((await client.signIn(new Browser("ada"))).id_token).toBeDefined();
  },
);

it("id and secret in Basic are form-encoded first (RFC 6749 §2.3.1)", async () => {
  const secret = "a secret: with + and % and ü, and 32 characters";
  await world.put("clients/odd", {
    client_name: "Odd",
    client_secret: secret,
    grant_types: [grant_type],
    redirect_uris: [],
  });
  const encode = (text: string) => new URLSearchParams({ "": text }).toString().slice(1);
  const authorization = `Basic ${btoa(`odd:${encode(secret)}`)}`;
  expect((await post(url, { grant_type }, { authorization })).status).toBe(200);
});

describe("is refused with one answer that tells nothing (RFC 6749 §5.2):", () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    ["a wrong secret", {}, basic("basic", `${SECRET}x`)],
    ["an empty secret", {}, basic("basic", "")],
    ["an unknown client", {}, basic("nobody", SECRET)],
    ["a disabled client", {}, basic("off", SECRET)],
    ["post by a client that registered basic", { client_id: "basic", client_secret: SECRET }, {}],
    ["basic by a client that registered post", {}, basic("post", SECRET)],
    ["no secret by a client that has one", { client_id: "basic" }, {}],
    ["a secret by a public client", { client_id: "spa", client_secret: SECRET }, {}],
  ])("%s", async (_, fields, headers) => {
    const answer = await post(url, { grant_type, ...fields }, headers);
    expect([answer.status, answer.json]).toEqual([401, FAILED]);
    expect(answer.headers.get("www-authenticate")).toBe(`Basic realm="${world.issuer}"`);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });
});

it.each<[string, number, string, string, Record<string, string>, Record<string, string>]>([
  ["nobody", 401, "invalid_client", "the client does not say who it is", {}, {}],
  ["a secret without id", 401, "invalid_client", "client_id is missing", { client_secret: SECRET }, {}],
  [
    "Bearer",
    401,
    "invalid_client",
    "the authorization header is not Basic credentials",
    {},
    { authorization: "Bearer x" },
  ],
  [
    "Basic without colon",
    401,
    "invalid_client",
    "the authorization header is not Basic credentials",
    {},
    { authorization: `Basic ${btoa("basic")}` },
  ],
  [
    "Basic that is not base64",
    401,
    "invalid_client",
    "the authorization header is not Basic credentials",
    {},
    { authorization: "Basic %%%" },
  ],
  [
    "two ways at once",
    400,
    "invalid_request",
    "the client authenticates in more than one way",
    { client_id: "basic", client_secret: SECRET },
    basic("basic", SECRET),
  ],
  [
    "one client in the header and another in the body",
    400,
    "invalid_request",
    "client_id is not the client that authenticates",
    { client_id: "post" },
    basic("basic", SECRET),
  ],
])("%s is refused", async (_, status, error, error_description, fields, headers) => {
  const answer = await post(url, { grant_type, ...fields }, headers);
  expect([answer.status, answer.json]).toEqual([status, { error, error_description }]);
});

describe("after the client is proven", () => {
  it.each<[string, number, string, string]>([
    ["", 400, "invalid_request", "grant_type is missing"],
    ["password", 400, "unsupported_grant_type", "grant_type is not supported"],
    ["authorization_code", 400, "unauthorized_client", "the client may not use this grant type"],
  ])("grant_type %j is refused", async (type, status, error, error_description) => {
    const answer = await post(url, { grant_type: type }, basic("basic", SECRET));
    expect([answer.status, answer.json]).toEqual([status, { error, error_description }]);
  });
});

it("what libraries add is no error: their client_id beside Basic, parameters without a value, and others that nobody knows (RFC 6749 §3.2)", async () => {
  const added = { client_id: "basic", client_secret: "", scope: "", type: "web_server" };
  expect((await post(url, { grant_type, ...added }, basic("basic", SECRET))).status).toBe(200);
});

it("a parameter that comes twice is refused (RFC 6749 §3.2)", async () => {
  const fields = new URLSearchParams([
    ["grant_type", grant_type],
    ["grant_type", "refresh_token"],
  ]);
  const answer = await post(url, fields, basic("basic", SECRET));
  expect([answer.status, answer.json]).toEqual([
    400,
    { error: "invalid_request", error_description: "a parameter is included more than once" },
  ]);
});

it("a body that is no form is refused, in JSON", async () => {
  const headers = { ...basic("basic", SECRET), "content-type": "application/json" };
  const answer = await post(url, { grant_type }, headers);
  expect([answer.status, answer.json]).toEqual([
    400,
    { error: "invalid_request", error_description: "the body must be application/x-www-form-urlencoded" },
  ]);
});

it("a body that is too large is refused, in JSON", async () => {
  const answer = await post(url, { grant_type, padding: "x".repeat(70_000) }, basic("basic", SECRET));
  expect([answer.status, answer.json]).toEqual([
    400,
    { error: "invalid_request", error_description: "the body is too large" },
  ]);
});

it("token answers are never stored (RFC 6749 §5.1)", async () => {
  const answer = await post(url, { grant_type }, basic("basic", SECRET));
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
});

it("a secret is shown once, when it is made, and never again", async () => {
  const { client_secret } = await world.put("clients/made", {
    client_name: "Made",
    grant_types: [grant_type],
  });
  expect(client_secret).toMatch(/^[\w-]{43}$/);
  expect((await post(url, { grant_type }, basic("made", String(client_secret)))).status).toBe(200);
  const changed = await world.patch("clients/made", { client_name: "Still made" });
  expect(changed).not.toHaveProperty("client_secret");
  expect(changed).not.toHaveProperty("client_secret_hash");
  expect((await post(url, { grant_type }, basic("made", String(client_secret)))).status).toBe(200);
});

it("a secret that an operator brings has at least 32 characters", async () => {
  const short = { client_name: "Short", grant_types: [grant_type], client_secret: "x".repeat(31) };
  await expect(world.put("clients/short", short)).rejects.toThrow(/at least 32 random characters/);
});
