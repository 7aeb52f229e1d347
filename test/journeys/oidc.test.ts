/** A connection to any OpenID Provider: each client authentication, each way to ask and to answer. */
import { exportJWK, exportPKCS8, generateKeyPair } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { api, problem } from "../api.ts";
import { told } from "../raw.ts";
import { asked } from "../seen.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  app = await world.client("app");
});

const signIn = (idp_hint: string, params: object = {}, browser = new Browser("ada")) =>
  app.signIn(browser, { scope: "openid profile email", idp_hint, ...params });

const claims = async (idp_hint: string) => {
  const { access_token } = await signIn(idp_hint);
  return app.userinfo(access_token);
};

describe("client authentication", () => {
  it("by a secret in the header, encoded as RFC 6749 §2.3.1 has it", async () => {
    const provider = await world.oidc("basic");
    expect(await claims("basic")).toMatchObject({ name: "Ada Lovelace", email: "ada@example.com" });
    const [{ seen, params } = never()] = await asked(provider, "/token");
    expect([seen.authorization?.split(" ")[0], params.has("client_secret")]).toEqual(["Basic", false]);
  });

  it("by a secret in the form", async () => {
    const settings = { token_endpoint_auth_method: "client_secret_post" };
    const provider = await world.oidc("post", { as: "post", settings });
    expect(await claims("post")).toMatchObject({ name: "Ada Lovelace" });
    const [{ seen } = never()] = await asked(provider, "/token");
    expect(seen.authorization).toBeNull();
  });

  it("not at all, where PKCE alone protects the code", async () => {
    const settings = { token_endpoint_auth_method: "none" };
    const provider = await world.oidc("none", { as: "public", settings, credentials: {} });
    expect(await claims("none")).toMatchObject({ name: "Ada Lovelace" });
    const [{ params } = never()] = await asked(provider, "/token");
    expect([params.get("client_id"), params.has("code_verifier")]).toEqual(["public", true]);
  });

  it.each(["RS256", "PS256", "ES256", "Ed25519"])(
    "by an assertion that a private key signed with %s, as JWK with its kid",
    async (alg) => {
      const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
      const jwk = { ...(await exportJWK(privateKey)), kid: `key-${alg}`, alg };
      await withKey(alg, await exportJWK(publicKey), JSON.stringify(jwk), jwk.kid);
      expect(await claims(alg.toLowerCase())).toMatchObject({ name: "Ada Lovelace" });
    },
  );

  it("by an assertion with a key as PEM", async () => {
    const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
    await withKey("pem", await exportJWK(publicKey), await exportPKCS8(privateKey), undefined, "ES256");
    expect(await claims("pem")).toMatchObject({ name: "Ada Lovelace" });
  });

  it("by an assertion for the token endpoint, where the provider insists on that", async () => {
    const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
    const pem = await exportPKCS8(privateKey);
    const to = { client_assertion_audience: "token_endpoint" };
    await withKey("url", await exportJWK(publicKey), pem, undefined, "ES256", to);
    expect(await claims("url")).toMatchObject({ name: "Ada Lovelace" });
  });

  it.each([
    ["nokey", "not a key"],
    ["nojson", "{"],
    ["symmetric", '{"kty":"oct","k":"AAAA","alg":"RS256"}'],
  ])("with a key that is none (%s): the client is told, the operator why", async (name, key) => {
    await withKey(name, {}, key, undefined);
    const begun = await app.begin({ idp_hint: name });
    expect(told(await new Browser("ada").open(begun.url))).toMatchObject({
      error: "server_error",
      error_description: "the identity provider refused the request",
    });
  });

  async function withKey(
    name: string,
    key: object,
    private_key: string,
    kid?: string,
    alg = "RS256",
    more = {},
  ) {
    const id = name.toLowerCase();
    const settings = {
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: alg,
      client_id: `key${id}`,
      ...more,
    };
    const provider = await world.oidc(id, { settings, credentials: { private_key } });
    const body = JSON.stringify({ client_id: `key${id}`, jwk: { ...key, kid } });
    await fetch(`https://${provider}.op.example.com/client-keys`, { method: "PUT", body });
  }
});

describe("a credential that the settings cannot do without", () => {
  it.each([
    ["client_secret_basic", "client_secret"],
    ["client_secret_post", "client_secret"],
    ["private_key_jwt", "private_key"],
  ])("%s needs %s", async (token_endpoint_auth_method, credential) => {
    const settings = {
      issuer_url: "https://0x.op.example.com",
      client_id: "app",
      token_endpoint_auth_method,
    };
    const body = { name: "X", method: "oidc", settings };
    const answer = await api("PUT", `workspaces/${world.id}/connections/lacking`, body);
    expect(problem(answer)).toEqual([422, "the record is not valid", `credentials.${credential}`]);
  });
});

describe("what is asked", () => {
  it("is what the code flow needs where the operator added nothing", async () => {
    const provider = await world.oidc("bare");
    await signIn("bare");
    const [{ params } = never()] = await asked(provider, "/authorize");
    expect([...params.keys()].toSorted()).toEqual([
      "client_id",
      "code_challenge",
      "code_challenge_method",
      "nonce",
      "redirect_uri",
      "response_type",
      "scope",
      "state",
    ]);
    expect(await asked(provider, "/userinfo")).toEqual([]);
  });

  it("has the operator's parameters and claims, and the client's acr_values", async () => {
    const provider = await world.oidc("asking", {
      settings: {
        send_login_hint: true,
        authorization_parameters: { hd: "example.com", organization: "org_1" },
        claims: { id_token: { email: { essential: true } } },
      },
    });
    await signIn("asking", { acr_values: "aal2 aal1", login_hint: "ada@example.com", prompt: "login" });
    const [{ params } = never()] = await asked(provider, "/authorize");
    expect(Object.fromEntries(params)).toMatchObject({
      response_type: "code",
      scope: "openid email profile",
      code_challenge_method: "S256",
      hd: "example.com",
      organization: "org_1",
      claims: '{"id_token":{"email":{"essential":true}}}',
      acr_values: "aal2 aal1",
      login_hint: "ada@example.com",
      prompt: "login",
      redirect_uri: `${world.issuer}/callback/asking`,
    });
  });

  it.each(["state", "redirect_uri", "Response_Type", "code_challenge", "request", "client_id", "a b", "x&y"])(
    "cannot have %s of an operator's making",
    async (name) => {
      const settings = { issuer_url: "https://0x.op.example.com", client_id: "app" };
      const body = {
        name: "X",
        method: "oidc",
        settings: { ...settings, authorization_parameters: { [name]: "x" } },
        credentials: { client_secret: "x" },
      };
      const answer = await api("PUT", `workspaces/${world.id}/connections/bad`, body);
      expect(problem(answer)).toEqual([
        422,
        "the record is not valid",
        `settings.authorization_parameters.${name}`,
      ]);
    },
  );

  it("is pushed where the provider takes that (RFC 9126), and only its reference travels", async () => {
    const provider = await world.oidc("par", { provider: "onlypar" });
    expect(await claims("par")).toMatchObject({ name: "Ada Lovelace" });
    const [{ params: pushed } = never()] = await asked(provider, "/par");
    expect(pushed.get("code_challenge_method")).toBe("S256");
    const [{ params } = never()] = await asked(provider, "/authorize");
    expect([...params.keys()]).toEqual(["client_id", "request_uri"]);
  });

  it("is not pushed where the operator switched that off", async () => {
    const provider = await world.oidc("nopar", { provider: "par", settings: { use_par: false } });
    await signIn("nopar");
    expect(await asked(provider, "/par")).toEqual([]);
  });

  it("that the provider does not take pushed is an answer to the client", async () => {
    await world.oidc("parfails", { provider: "parfails" });
    const begun = await app.begin({ idp_hint: "parfails" });
    expect(told(await new Browser("ada").open(begun.url))).toMatchObject({
      error: "server_error",
      error_description: "the identity provider refused the request",
    });
  });
});

describe("what is answered", () => {
  it("by form_post continues by GET, so that the session of the browser is kept", async () => {
    await world.oidc("form", { settings: { response_mode: "form_post" } });
    const browser = new Browser("ada");
    const first = await app.begin({ idp_hint: "form" });
    await browser.open(first.url);
    const one = await app.finish(await browser.submit("continue"), first);
    const again = await app.begin({ idp_hint: "form", prompt: "login" });
    await browser.open(again.url);
    const two = await app.finish(await browser.submit("continue"), again);
    const sid = (token?: string) =>
      (JSON.parse(atob(token!.split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/"))) as { sid: string })
        .sid;
    expect(sid(two.id_token)).toBe(sid(one.id_token));
  });

  it("with userinfo is a source of its own", async () => {
    await world.oidc("userinfo", {
      settings: { get_user_info: true },
      attributes: [{ source: "userinfo", name: "nickname" }],
      mappings: [{ source: "userinfo.nickname", target: "nickname" }],
    });
    expect(await claims("userinfo")).toMatchObject({ nickname: "ada of userinfo" });
  });

  it("with an access token that is a JWT of the provider's is a source; an opaque one is none, and no error", async () => {
    const reading = {
      attributes: [{ source: "access_token", name: "roles.0" }],
      mappings: [{ source: "access_token.roles.0", target: "nickname" }],
    };
    await world.oidc("jwt", { faults: ["jwt-access"], ...reading });
    await world.oidc("opaque", reading);
    await world.oidc("foreign", { faults: ["access-wrong-key"], ...reading });
    expect((await claims("jwt"))["nickname"]).toBe("reader");
    expect((await claims("opaque"))["nickname"]).toBeUndefined();
    expect((await claims("foreign"))["nickname"]).toBeUndefined();
  });

  it("by a server that names itself in every answer (RFC 9207)", async () => {
    await world.oidc("iss", { provider: "iss" });
    expect(await claims("iss")).toMatchObject({ name: "Ada Lovelace" });
  });
});

function never(): never {
  throw new Error("the provider was not asked");
}
