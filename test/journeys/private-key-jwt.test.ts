/** Clients that prove themselves by a signature (RFC 7523 §3, OpenID Connect Core §9). */
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import { MINUTE, now, pass } from "../clock.ts";
import { post } from "../raw.ts";
import { asked } from "../seen.ts";
import { makeWorld, random, type World } from "../world.ts";

let world: World;
let url: string;
const keys = await generateKeyPair("ES256", { extractable: true });
const stranger = await generateKeyPair("ES256", { extractable: true });
const jwk: JWK = { ...(await exportJWK(keys.publicKey)), kid: "one" };
const registered = {
  token_endpoint_auth_method: "private_key_jwt",
  grant_types: ["client_credentials", "authorization_code"],
  key: keys.privateKey,
};
const FAILED = { error: "invalid_client", error_description: "client authentication failed" };
const NOT_ACCEPTED = { error: "invalid_client", error_description: "the assertion was not accepted" };

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  await world.client("app", { ...registered, jwks: { keys: [jwk] } });
  await world.client("other", { ...registered, jwks: { keys: [jwk] } });
  url = `${world.issuer}/oauth2/token`;
});

async function assertion(changed: JWTPayload = {}, header: object = {}, key = keys.privateKey) {
  const claims = {
    iss: "app",
    sub: "app",
    aud: world.issuer,
    jti: random(),
    iat: now(),
    exp: now() + 60,
    ...changed,
  };
  return new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid: "one", ...header }).sign(key);
}

const present = (client_assertion: string, more: Record<string, string> = {}) =>
  post(url, {
    grant_type: "client_credentials",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion,
    ...more,
  });

async function refusal(client_assertion: string, more?: Record<string, string>) {
  const { status, json } = await present(client_assertion, more);
  expect(status).toBe(json?.["error"] === "invalid_request" ? 400 : 401);
  return json;
}

it("works for sign-in and for a program, as oauth4webapi makes it", async () => {
  const app = await world.client("whole", { ...registered, jwks: { keys: [jwk] } });
  expect((await app.signIn(new Browser("ada"))).id_token).toBeDefined();
  expect((await app.clientCredentials()).access_token).toBeDefined();
});

it("may be addressed to the issuer, to the endpoint that is called, or as openid-client 5 does to both", async () => {
  for (const aud of [world.issuer, url, [world.issuer], [world.issuer, url]])
    expect((await present(await assertion({ aud }))).status).toBe(200);
  const revoke = `${world.issuer}/oauth2/revoke`;
  const revoked = await post(revoke, {
    token: "x",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: await assertion({ aud: revoke }),
  });
  expect(revoked.status).toBe(200);
});

it("audience injection: good for us and for another authorization server, it is good for nobody (CVE-2025-27370)", async () => {
  for (const aud of [
    ["https://elsewhere.example", world.issuer],
    [world.issuer, url, "https://elsewhere.example/token"],
  ])
    expect(await refusal(await assertion({ aud }))).toEqual({
      error: "invalid_client",
      error_description: "the assertion is addressed to others as well",
    });
});

it("is not good for one workspace with the address of another one's endpoint, however the caller writes the path", async () => {
  // What an encoded letter moves to the right reads like a longer name.
  const path = `/%77${world.id.slice(1)}/oauth2/token`;
  const aud = `${world.issuer}${path.slice(world.id.length + 1)}`;
  expect(aud).toBe(`${world.issuer}${world.id.slice(-2)}/oauth2/token`);
  const { status, json } = await post(`${new URL(url).origin}${path}`, {
    grant_type: "client_credentials",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: await assertion({ aud }),
  });
  expect([status, json]).toEqual([401, NOT_ACCEPTED]);
});

it("is used once: the jti of an assertion that was accepted is refused (RFC 7523 §3)", async () => {
  const once = await assertion();
  expect((await present(once)).status).toBe(200);
  expect(await refusal(once)).toEqual(FAILED);
});

it("is used once by twenty at the same time", async () => {
  const once = await assertion();
  const answers = await Promise.all(Array.from({ length: 20 }, () => present(once)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

it("keeps the jti of one client apart from another's", async () => {
  const jti = random();
  expect((await present(await assertion({ jti }))).status).toBe(200);
  expect((await present(await assertion({ jti, iss: "other", sub: "other" }))).status).toBe(200);
});

it("does not let a stranger use up the jti of a client", async () => {
  const jti = random();
  expect(await refusal(await assertion({ jti }, {}, stranger.privateKey))).toEqual(NOT_ACCEPTED);
  expect((await present(await assertion({ jti }))).status).toBe(200);
});

describe("is refused", () => {
  it.each<[string, JWTPayload]>([
    ["of another issuer", { iss: "other" }],
    ["for another audience", { aud: "https://elsewhere.example" }],
    ["for another endpoint of ours", { aud: "http://localhost:8787/elsewhere/oauth2/token" }],
    ["without audience", { aud: undefined }],
    ["that expired", { exp: now() - 31 }],
    ["that is not valid yet", { nbf: now() + 3_600 }],
    ["without exp", { exp: undefined }],
    ["without jti", { jti: undefined }],
  ])("one %s", async (_, changed) => {
    expect(await refusal(await assertion(changed))).toEqual(NOT_ACCEPTED);
  });

  it("one that lives longer than an hour, because its jti is remembered so long", async () => {
    expect(await refusal(await assertion({ exp: now() + 3_631 }))).toEqual({
      error: "invalid_client",
      error_description: "the assertion lives longer than an hour",
    });
    expect((await present(await assertion({ exp: now() + 3_629 }))).status).toBe(200);
  });

  it("one whose jti is empty or very long", async () => {
    const unusable = { error: "invalid_client", error_description: "the assertion has no usable jti" };
    for (const jti of ["", "x".repeat(201)])
      expect(await refusal(await assertion({ jti }))).toEqual(unusable);
  });

  it("one signed with another key", async () => {
    expect(await refusal(await assertion({}, {}, stranger.privateKey))).toEqual(NOT_ACCEPTED);
  });

  it("alg none, and HS256 with the public key as its secret (CVE-2026-22817)", async () => {
    const claims = { iss: "app", sub: "app", aud: world.issuer, jti: random(), exp: now() + 60 };
    const part = (value: object) => btoa(JSON.stringify(value)).replaceAll("=", "");
    expect(await refusal(`${part({ alg: "none" })}.${part(claims)}.`)).toEqual(NOT_ACCEPTED);
    const secret = new TextEncoder().encode(JSON.stringify(jwk));
    const hmac = await new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "one" }).sign(secret);
    expect(await refusal(hmac)).toEqual(NOT_ACCEPTED);
  });

  it("one that names another client in the body", async () => {
    expect(await refusal(await assertion(), { client_id: "other" })).toEqual({
      error: "invalid_request",
      error_description: "client_id is not the client that authenticates",
    });
  });

  it("what is not an assertion at all", async () => {
    expect(await refusal("nonsense")).toEqual({
      error: "invalid_client",
      error_description: "client_assertion has no subject",
    });
    const type = { client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:saml2-bearer" };
    expect(await refusal(await assertion(), type)).toEqual({
      error: "invalid_client",
      error_description: "client_assertion is not a JWT bearer assertion",
    });
  });

  it("the client's assertion by a client that registered a secret", async () => {
    await world.client("secretive", { grant_types: ["client_credentials"], redirect_uris: [] });
    expect(await refusal(await assertion({ iss: "secretive", sub: "secretive" }))).toEqual(FAILED);
  });
});

describe("with a jwks_uri", () => {
  const uri = (name: string) => `https://keys.example.com/${name}`;
  const publish = (name: string, list: JWK[]) =>
    fetch(uri(name), { method: "PUT", body: JSON.stringify({ keys: list }) });
  const reads = async (name: string) => (await asked(name)).length;
  const signed = (id: string, kid = "one") => assertion({ iss: id, sub: id }, { kid });

  it("the keys are read once an hour", async () => {
    const id = random();
    await publish(id, [jwk]);
    await world.client(id, { ...registered, jwks_uri: uri(id) });
    for (let n = 0; n < 5; n++) expect((await present(await signed(id))).status).toBe(200);
    expect(await reads(id)).toBe(1);
    pass(60 * MINUTE);
    expect((await present(await signed(id))).status).toBe(200);
    expect(await reads(id)).toBe(2);
  });

  it("an unknown kid reads them again, at most once a minute and client", async () => {
    const id = random();
    await publish(id, [jwk]);
    await world.client(id, { ...registered, jwks_uri: uri(id) });
    expect((await present(await signed(id))).status).toBe(200);
    pass(MINUTE);
    for (let n = 0; n < 5; n++) expect(await refusal(await signed(id, `made-up-${n}`))).toEqual(NOT_ACCEPTED);
    expect(await reads(id)).toBe(2);
    await publish(id, [{ ...jwk, kid: "two" }]);
    pass(MINUTE);
    expect((await present(await signed(id, "two"))).status).toBe(200);
    expect(await reads(id)).toBe(3);
  });

  it("no other fault than an unknown kid reads them again: two keys that fit do not", async () => {
    const id = random();
    const [{ kid: _, ...one }, two] = [jwk, await exportJWK(stranger.publicKey)];
    await publish(id, [one, two]);
    await world.client(id, { ...registered, jwks_uri: uri(id) });
    for (let n = 0; n < 3; n++) {
      const unnamed = await assertion({ iss: id, sub: id }, { kid: undefined });
      expect(await refusal(unnamed)).toEqual(NOT_ACCEPTED);
      pass(MINUTE);
    }
    expect(await reads(id)).toBe(1);
  });

  it.each([["down"], ["html"], ["redirect"]])(
    "that is %s the client fails, and is not hammered",
    async (fault) => {
      const id = `${fault}-${random()}`;
      await world.client(id, { ...registered, jwks_uri: uri(id) });
      for (let n = 0; n < 3; n++)
        expect(await refusal(await signed(id))).toEqual({
          error: "invalid_client",
          error_description: "the keys of the client could not be read",
        });
      expect(await reads(id)).toBe(1);
    },
  );
});
