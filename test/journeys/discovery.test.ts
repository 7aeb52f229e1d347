/** What the issuer says about itself, no more and no less (OpenID Connect Discovery 1.0, RFC 8414). */
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { STANDARD_CLAIMS } from "../../src/config/claim.ts";
import { ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import { now } from "../clock.ts";
import { counting } from "../counting.ts";
import { basic, get, post, told } from "../raw.ts";
import { makeWorld, random, SECRET, type World } from "../world.ts";

let world: World;
const OPENID = "/.well-known/openid-configuration";

beforeAll(async () => {
  world = await makeWorld();
});

const ASSERTIONS = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"];

const document = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/oauth2/authorize`,
  token_endpoint: `${issuer}/oauth2/token`,
  revocation_endpoint: `${issuer}/oauth2/revoke`,
  introspection_endpoint: `${issuer}/oauth2/introspect`,
  userinfo_endpoint: `${issuer}/userinfo`,
  end_session_endpoint: `${issuer}/oidc/logout`,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  scopes_supported: expect.any(Array),
  response_types_supported: ["code"],
  response_modes_supported: ["query", "fragment", "form_post"],
  grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256", "ES256", "PS256"],
  token_endpoint_auth_methods_supported: [
    "client_secret_basic",
    "client_secret_post",
    "private_key_jwt",
    "none",
  ],
  token_endpoint_auth_signing_alg_values_supported: ASSERTIONS,
  revocation_endpoint_auth_methods_supported: [
    "client_secret_basic",
    "client_secret_post",
    "private_key_jwt",
    "none",
  ],
  revocation_endpoint_auth_signing_alg_values_supported: ASSERTIONS,
  introspection_endpoint_auth_methods_supported: [
    "client_secret_basic",
    "client_secret_post",
    "private_key_jwt",
  ],
  introspection_endpoint_auth_signing_alg_values_supported: ASSERTIONS,
  code_challenge_methods_supported: ["S256"],
  prompt_values_supported: ["none", "login", "consent", "select_account"],
  ui_locales_supported: ["en", "de"],
  claims_supported: expect.any(Array),
  claims_parameter_supported: true,
  request_parameter_supported: false,
  request_uri_parameter_supported: false,
  authorization_response_iss_parameter_supported: true,
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
});

it("the document is exactly this", async () => {
  const { json, headers } = await get(world.issuer + OPENID);
  expect(json).toEqual(document(world.issuer));
  expect((json!["scopes_supported"] as string[]).toSorted()).toEqual([
    "address",
    "email",
    "erase_my_data",
    "export_my_data",
    "list_clients_with_access",
    "manage_identities",
    "manage_sessions",
    "offline_access",
    "openid",
    "phone",
    "profile",
    "revoke_client_access",
    "view_identities",
    "view_lineage",
    "view_sessions",
  ]);
  const protocol = [
    "iss",
    "sub",
    "aud",
    "exp",
    "iat",
    "auth_time",
    "nonce",
    "acr",
    "amr",
    "at_hash",
    "sid",
    "idp",
  ];
  const standard = STANDARD_CLAIMS.map(({ name }) => name.split(".")[0] ?? "");
  const all = new Set([...protocol, "idp_sub", "idp_method", ...standard]);
  expect((json!["claims_supported"] as string[]).toSorted()).toEqual([...all].toSorted());
  expect(headers.get("access-control-allow-origin")).toBe("*");
  expect(headers.get("cache-control")).toMatch(/^public, max-age=\d+$/);
});

it("RFC 8414 §3.1: the same document at the well-known path in front of the workspace's", async () => {
  const [openid, oauth] = [
    await get(world.issuer + OPENID),
    await get(`${ORIGIN}/.well-known/oauth-authorization-server/${world.id}`),
  ];
  expect(oauth.json).toEqual(openid.json);
});

it("every URL begins with the configured origin, whatever host a proxy asks for", async () => {
  const { via } = counting({ ORIGIN: "https://login.example.com", HOSTS: "internal.example.net:8080" });
  const issuer = `https://login.example.com/${world.id}`;
  for (const host of ["https://login.example.com", "http://internal.example.net:8080"]) {
    const headers = {
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "http",
      forwarded: "host=evil.example",
    };
    const { json } = await get(`${host}/${world.id}${OPENID}`, headers, via);
    expect(json).toEqual(document(issuer));
  }
});

it("scopes and claims that the operator adds are in it", async () => {
  const other = await makeWorld();
  await other.put("scopes/orders", {});
  await other.put("claims/dept", { name: "department.name", type: "id_token", source_path: "name" });
  await other.put("claims/own", { name: "for_apis", type: "access_token", source_path: "name" });
  const { json } = await get(other.issuer + OPENID);
  expect(json!["scopes_supported"]).toContain("orders");
  expect(json!["claims_supported"]).toContain("department");
  // OpenID Connect Discovery §3: what a client can get, and access tokens are not for clients.
  expect(json!["claims_supported"]).not.toContain("for_apis");
});

it("the key set holds public keys only, one for each algorithm at least", async () => {
  const { json, headers } = await get(`${world.issuer}/.well-known/jwks.json`);
  const keys = json!["keys"] as Record<string, unknown>[];
  expect(new Set(keys.map(({ alg }) => alg))).toEqual(new Set(["RS256", "ES256", "PS256"]));
  // RFC 7517 §4.5: two keys of one type and one name could not be told apart.
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
  for (const key of keys) {
    expect(key).toMatchObject({ use: "sig", kid: expect.stringMatching(/^[\w-]{43}$/) });
    for (const secret of ["d", "p", "q", "dp", "dq", "qi", "k"]) expect(key).not.toHaveProperty(secret);
  }
  expect(headers.get("cache-control")).toBe("public, max-age=3600");
  expect(headers.get("access-control-allow-origin")).toBe("*");
});

it.each(["/nobody-here", "/admin", "/UPPER"])(
  "a workspace that is not there has no document: %s",
  async (path) => {
    const { status } = await get(`${ORIGIN}${path}${OPENID}`);
    expect(status).toBe(404);
  },
);

describe("what the document promises works:", () => {
  const grant_type = "client_credentials";
  const form = (endpoint: string): Record<string, string> =>
    endpoint === "token" ? { grant_type } : { token: "nothing" };
  const endpoints = ["token", "revoke", "introspect"];

  it.each(ASSERTIONS)(
    "an assertion with %s proves a client at every endpoint that takes one",
    async (alg) => {
      const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
      const id = `by-${alg}`;
      await world.put(`clients/${id}`, {
        client_name: id,
        grant_types: [grant_type],
        token_endpoint_auth_method: "private_key_jwt",
        jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: "one" }] },
      });
      for (const endpoint of endpoints) {
        const claims = { iss: id, sub: id, aud: world.issuer, jti: random(), exp: now() + 60 };
        const assertion = await new SignJWT(claims).setProtectedHeader({ alg, kid: "one" }).sign(privateKey);
        const answer = await post(`${world.issuer}/oauth2/${endpoint}`, {
          ...form(endpoint),
          client_assertion: assertion,
          client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        });
        expect([endpoint, answer.status]).toEqual([endpoint, 200]);
      }
    },
  );

  it.each(["client_secret_basic", "client_secret_post"])("so does %s", async (method) => {
    const id = method.replaceAll("_", "-");
    const registered = { grant_types: [grant_type], token_endpoint_auth_method: method };
    await world.put(`clients/${id}`, { client_name: id, client_secret: SECRET, ...registered });
    const byPost = method === "client_secret_post";
    const fields: Record<string, string> = byPost ? { client_id: id, client_secret: SECRET } : {};
    const headers = byPost ? {} : basic(id, SECRET);
    for (const endpoint of endpoints) {
      const answer = await post(
        `${world.issuer}/oauth2/${endpoint}`,
        { ...form(endpoint), ...fields },
        headers,
      );
      expect([endpoint, answer.status]).toEqual([endpoint, 200]);
    }
  });

  it("every scope can be granted, and every prompt and way to answer be asked for", async () => {
    const { json } = await get(world.issuer + OPENID);
    const scope = (json!["scopes_supported"] as string[]).join(" ");
    await world.connection("pool");
    const app = await world.client("all", { scope });
    const tokens = await app.signIn(new Browser("ada"), { scope });
    expect(tokens.scope?.split(" ").toSorted()).toEqual(scope.split(" ").toSorted());
    for (const prompt of json!["prompt_values_supported"] as string[]) {
      const { url } = await app.begin({ prompt });
      const page = await new Browser("ada").open(url);
      if (prompt === "none") expect(told(page)).toMatchObject({ error: "login_required" });
      else if (prompt === "consent") expect(page.url.pathname).toMatch(/\/consent\//);
      else expect(told(page)).toHaveProperty("code");
    }
    for (const response_mode of json!["response_modes_supported"] as string[]) {
      const begun = await app.begin({ response_mode });
      const browser = new Browser("ada");
      const page = await browser.open(begun.url);
      const at = response_mode === "form_post" ? await browser.submit("continue") : page;
      expect((await app.finish(at, begun)).id_token).toBeDefined();
    }
  });
});
