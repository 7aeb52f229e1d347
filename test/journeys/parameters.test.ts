/** Authorization requests that are refused, each by its name, at the redirect URI (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6). */
import { beforeAll, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { counting } from "../counting.ts";
import { get, told } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
let spa: RelyingParty;
const { via, calls } = counting();

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app", { via });
  spa = await world.client("spa", { via, token_endpoint_auth_method: "none" });
  await world.client("robot", { grant_types: ["client_credentials"] });
});

type Params = Record<string, string>;

async function refusal(params: Params, client = app) {
  const { url, state } = await client.begin(params);
  const browser = new Browser("ada", via);
  const page = await browser.open(url);
  const { state: returned, iss, ...rest } = told(page);
  expect([returned, iss]).toEqual([params["state"] ?? state, world.issuer]);
  expect(browser.jar.names()).toEqual([]);
  return rest;
}

describe("what is not supported is refused by name, not ignored", () => {
  it.each([
    ["request", "request_not_supported"],
    ["request_uri", "request_uri_not_supported"],
    ["registration", "registration_not_supported"],
  ])("%s", async (name, error) => {
    const said = { error, error_description: `the parameter ${name} is not supported` };
    expect(await refusal({ [name]: "https://app.example.com/r" })).toEqual(said);
  });
});

it.each<[string, Params, string, string]>([
  ["response_type is missing", { response_type: "" }, "invalid_request", "response_type is missing"],
  [
    "response_type=token",
    { response_type: "token" },
    "unsupported_response_type",
    "response_type must be code",
  ],
  [
    "response_type=code id_token",
    { response_type: "code id_token" },
    "unsupported_response_type",
    "response_type must be code",
  ],
  [
    "response_mode=web_message",
    { response_mode: "web_message" },
    "invalid_request",
    "response_mode must be query, fragment or form_post",
  ],
  [
    "prompt=create",
    { prompt: "create" },
    "invalid_request",
    "prompt must be none, login, consent or select_account",
  ],
  [
    "prompt=login nonsense",
    { prompt: "login nonsense" },
    "invalid_request",
    "prompt must be none, login, consent or select_account",
  ],
  [
    "a scope that the client may not ask for",
    { scope: "openid phone" },
    "invalid_scope",
    "scope names something that this client may not ask for",
  ],
  [
    "scopes that nobody knows",
    { scope: "one two" },
    "invalid_scope",
    "scope names nothing that can be granted here",
  ],
  ["a long nonce", { nonce: "n".repeat(501) }, "invalid_request", "nonce is longer than 500 characters"],
  [
    "a long login_hint",
    { login_hint: "l".repeat(301) },
    "invalid_request",
    "login_hint is longer than 300 characters",
  ],
  [
    "a long idp_hint",
    { idp_hint: "i".repeat(65) },
    "invalid_request",
    "idp_hint is longer than 64 characters",
  ],
  [
    "long acr_values",
    { acr_values: "a".repeat(501) },
    "invalid_request",
    "acr_values is longer than 500 characters",
  ],
])("%s is refused", async (_, params, error, error_description) => {
  expect(await refusal(params)).toEqual({ error, error_description });
});

it("a client without the authorization code grant is refused", async () => {
  const url = new URL(`${world.issuer}/oauth2/authorize`);
  url.search = new URLSearchParams({
    client_id: "robot",
    redirect_uri: app.redirect_uri,
    response_type: "code",
  }).toString();
  expect(told(await new Browser("ada", via).open(url))).toEqual({
    error: "unauthorized_client",
    error_description: "the client may not use the authorization code grant",
    iss: world.issuer,
  });
});

describe("PKCE (RFC 7636 §4.4.1, RFC 9700 §2.1.1)", () => {
  it.each<[string, Params, string]>([
    [
      "no challenge from a public client",
      { code_challenge: "", code_challenge_method: "" },
      "code_challenge is required for this client",
    ],
    [
      "a method without challenge",
      { code_challenge: "" },
      "code_challenge_method comes without code_challenge",
    ],
    ["plain", { code_challenge_method: "plain" }, "code_challenge_method must be S256"],
    ["no method, which means plain", { code_challenge_method: "" }, "code_challenge_method must be S256"],
    ["s256 in lower case", { code_challenge_method: "s256" }, "code_challenge_method must be S256"],
    ["a short challenge", { code_challenge: "short" }, "code_challenge must be 43 characters of base64url"],
    [
      "a challenge with padding",
      { code_challenge: `${"a".repeat(42)}=` },
      "code_challenge must be 43 characters of base64url",
    ],
  ])("%s is refused", async (_, params, error_description) => {
    expect(await refusal(params, spa)).toEqual({ error: "invalid_request", error_description });
  });

  it("a confidential client may do without", async () => {
    const begun = await app.begin({ code_challenge: "", code_challenge_method: "" });
    expect(told(await new Browser("ada", via).open(begun.url))["code"]).toBeDefined();
  });
});

describe("a parameter that comes twice (RFC 6749 §3.1)", () => {
  it.each(["scope", "nonce", "response_type", "code_challenge", "prompt", "unknown"])(
    "%s is refused",
    async (name) => {
      const { url, state } = await app.begin({ prompt: "login", unknown: "x" });
      url.searchParams.append(name, url.searchParams.get(name)!);
      expect(told(await new Browser("ada", via).open(url))).toEqual({
        error: "invalid_request",
        error_description: "a parameter is included more than once",
        state,
        iss: world.issuer,
      });
    },
  );

  it.each(["client_id", "redirect_uri", "state", "response_mode"])(
    "%s is a page: where the answer goes is in doubt",
    async (name) => {
      const { url } = await app.begin({ response_mode: "query" });
      url.searchParams.append(name, url.searchParams.get(name)!);
      const browser = new Browser("ada", via);
      expect((await browser.open(url)).status).toBe(400);
      expect(browser.page.url.origin).toBe(new URL(world.issuer).origin);
    },
  );
});

it("unknown parameters and unknown scopes are ignored (RFC 6749 §3.1, OpenID Connect Core §3.1.2.1)", async () => {
  const { scope } = await app.signIn(new Browser("ada", via), {
    scope: "openid unknown-scope",
    unknown: "x",
    ui_locales: "de",
  });
  expect(scope).toBe("openid");
});

it("without scope a client gets what is implicit", async () => {
  await world.put("scopes/orders", { implicit: true });
  const client = await world.client("implicit", { scope: "openid orders" });
  const begun = await client.begin({ scope: "" });
  const page = await new Browser("ada").open(begun.url);
  const answer = client.code(page, begun);
  const tokens = await client.redeem(answer, { ...begun, nonce: undefined as never });
  expect(tokens.scope).toBe("orders");
});

it.each(["", " ", "  "])("scope=%j names nothing: invalid_scope (RFC 6749 §3.3)", async (scope) => {
  const { url } = await app.begin();
  url.searchParams.set("scope", scope);
  expect(told(await new Browser("ada", via).open(url))).toMatchObject({
    error: "invalid_scope",
    error_description: "scope names nothing that can be granted here",
  });
});

it("a parameter without a value counts as left out (RFC 6749 §3.1)", async () => {
  const { url } = await app.begin({ state: "" });
  for (const name of ["state", "prompt", "max_age", "request", "claims", "idp_hint"])
    url.searchParams.set(name, "");
  const answer = told(await new Browser("ada", via).open(url));
  expect(Object.keys(answer).toSorted()).toEqual(["code", "iss"]);
});

it("errors go where the client asked for: fragment and form_post", async () => {
  const fragment = await app.begin({ response_mode: "fragment", prompt: "none" });
  const page = await new Browser("ada", via).open(fragment.url);
  expect(page.url.search).toBe("");
  expect(new URLSearchParams(page.url.hash.slice(1)).get("error")).toBe("login_required");
  const post = await app.begin({ response_mode: "form_post", prompt: "none" });
  const browser = new Browser("ada", via);
  await browser.open(post.url);
  expect(told(await browser.submit("continue"))).toMatchObject({
    error: "login_required",
    state: post.state,
  });
});

it("a form is posted to the web only: an app with a scheme of its own is told in the address (RFC 8252 §7.1)", async () => {
  const native = await world.client("native", { redirect_uris: ["com.example.app:/cb"] });
  const { url, state } = await native.begin({ response_mode: "form_post" });
  const answer = await get(url, {}, via);
  expect([answer.status, told(new URL(answer.headers.get("location")!))]).toEqual([
    303,
    {
      error: "invalid_request",
      error_description: "response_mode form_post needs a redirect URI of the web",
      state,
      iss: world.issuer,
    },
  ]);
});

it("a refused request is answered 303 and not stored, and calls no object of a person", async () => {
  calls.splice(0);
  const { url } = await app.begin({ response_type: "token" });
  const answer = await get(url, {}, via);
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([303, "no-store"]);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(calls.filter((call) => !call.startsWith("AUDIT."))).toEqual([]);
});
