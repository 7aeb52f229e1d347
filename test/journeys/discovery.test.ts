/** What the issuer says about itself, no more and no less (OpenID Connect Discovery 1.0, RFC 8414). */
import { beforeAll, expect, it } from "vitest";
import { STANDARD_CLAIMS } from "../../src/config/claim.ts";
import { ORIGIN } from "../bindings.ts";
import { counting } from "../counting.ts";
import { get } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
const OPENID = "/.well-known/openid-configuration";

beforeAll(async () => {
  world = await makeWorld();
});

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
  token_endpoint_auth_signing_alg_values_supported: ["RS256", "PS256", "ES256", "EdDSA"],
  revocation_endpoint_auth_methods_supported: [
    "client_secret_basic",
    "client_secret_post",
    "private_key_jwt",
    "none",
  ],
  revocation_endpoint_auth_signing_alg_values_supported: ["RS256", "PS256", "ES256", "EdDSA"],
  introspection_endpoint_auth_methods_supported: [
    "client_secret_basic",
    "client_secret_post",
    "private_key_jwt",
  ],
  introspection_endpoint_auth_signing_alg_values_supported: ["RS256", "PS256", "ES256", "EdDSA"],
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
    "manage_sessions",
    "offline_access",
    "openid",
    "phone",
    "profile",
    "revoke_client_access",
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
