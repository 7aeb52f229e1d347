/** Tokens of ours, forged or used for what they are not (threats 16 and 17; CVE-2026-22817, oidc-provider 9.11.4). */
import {
  base64url,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  SignJWT,
  type JWK,
} from "jose";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { now } from "../clock.ts";
import { counting } from "../counting.ts";
import { signedByUs } from "../own-key.ts";
import { get } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

const { via, calls } = counting();
let world: World;
let app: RelyingParty;
let access_token: string;
let id_token: string;
let key: JWK;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app", { via });
  const tokens = await app.signIn(new Browser("ada", via));
  [access_token, id_token] = [tokens.access_token, tokens.id_token!];
  const { json } = await get(`${world.issuer}/.well-known/jwks.json`);
  const { kid } = decodeProtectedHeader(access_token);
  key = (json!["keys"] as JWK[]).find((candidate) => candidate.kid === kid)!;
});
beforeEach(() => void calls.splice(0));

/** Userinfo and introspection agree, and no object is woken for it. */
async function isNothing(token: string) {
  const answer = await get(`${world.issuer}/userinfo`, { authorization: `Bearer ${token}` }, via);
  expect([answer.status, answer.json]).toEqual([
    401,
    { error: "invalid_token", error_description: "the access token is not valid" },
  ]);
  expect(await app.introspect(token)).toEqual({ active: false });
  await app.revoke(token);
  expect(calls.filter((call) => !call.startsWith("AUDIT."))).toEqual([]);
}

const part = (value: object) => base64url.encode(JSON.stringify(value));

it("the genuine one is something", async () => {
  expect(await app.introspect(access_token)).toMatchObject({ active: true });
});

describe("nothing at our endpoints is", () => {
  it("an ID token in place of an access token", async () => isNothing(id_token));

  it.each(["none", "None", "NONE", "nOnE"])("an access token with alg %s", async (alg) => {
    const payload = access_token.split(".")[1]!;
    await isNothing(`${part({ alg, typ: "at+jwt" })}.${payload}.`);
    await isNothing(`${part({ alg, typ: "at+jwt", kid: key.kid })}.${payload}.${access_token.split(".")[2]}`);
  });

  it("one with HS256 over our public key, as JWK, as PEM and as its modulus", async () => {
    const pem = await exportSPKI((await importJWK({ ...key }, "RS256")) as CryptoKey);
    for (const secret of [JSON.stringify(key), pem, key.n!, key.kid!]) {
      const jwt = new SignJWT(decodeJwt(access_token)).setProtectedHeader({
        alg: "HS256",
        kid: key.kid!,
        typ: "at+jwt",
      });
      await isNothing(await jwt.sign(new TextEncoder().encode(secret)));
    }
  });

  it("one with a key that it brings itself: jwk, jku, x5c, x5u (threat 14)", async () => {
    const own = await generateKeyPair("RS256", { extractable: true });
    const jwk = await exportJWK(own.publicKey);
    for (const header of [
      { jwk },
      { jku: "https://evil.example/keys" },
      { x5u: "https://evil.example/x" },
      { x5c: ["AAAA"] },
    ]) {
      const jwt = new SignJWT(decodeJwt(access_token));
      await isNothing(
        await jwt.setProtectedHeader({ alg: "RS256", typ: "at+jwt", ...header }).sign(own.privateKey),
      );
    }
  });

  it("one with a critical header that nobody understands", async () => {
    const own = await generateKeyPair("RS256");
    const header = { alg: "RS256", kid: key.kid!, typ: "at+jwt", crit: ["x"], x: 1 };
    const text = `${part(header)}.${access_token.split(".")[1]}`;
    const signature = await crypto.subtle.sign(
      "RSASSA-PKCS1-v1_5",
      own.privateKey,
      new TextEncoder().encode(text),
    );
    await isNothing(`${text}.${base64url.encode(new Uint8Array(signature))}`);
  });

  it("one whose payload was changed", async () => {
    const [header, , signature] = access_token.split(".");
    for (const change of [
      { sub: "0".repeat(64) },
      { scope: "openid profile email" },
      { aud: "x" },
      { exp: 9_999_999_999 },
    ])
      await isNothing([header, part({ ...decodeJwt(access_token), ...change }), signature].join("."));
  });

  it("one with a key of another algorithm of ours under this header", async () => {
    const ps = await world.client("ps", { via, id_token_signed_response_alg: "PS256" });
    const token = (await ps.signIn(new Browser("ada", via))).id_token!;
    calls.splice(0);
    await isNothing(token);
  });

  it("one of another workspace, with the same client and person", async () => {
    const other = await makeWorld();
    await other.connection("pool");
    const foreign = (await (await other.client("app", { via })).signIn(new Browser("ada", via))).access_token;
    calls.splice(0);
    await isNothing(foreign);
  });

  it.each([".", "..", "a.b", "a.b.c.d.e"])("%j", async (token) => isNothing(token));
  it("20 KB of letters", async () => isNothing("x".repeat(20_000)));
});

describe("signed with our own key, and still nothing", () => {
  const forged = (changed: object) =>
    signedByUs(world.id, "at+jwt", { ...decodeJwt(access_token), ...changed });

  it("is what such a token is made of: the genuine claims are something", async () => {
    expect(await app.introspect(await forged({}))).toMatchObject({ active: true });
  });

  it.each(["sub", "exp", "jti", "client_id"])("a token without %s (RFC 9068 §2.2)", async (claim) => {
    await isNothing(await forged({ [claim]: undefined }));
  });

  it("a token of another issuer", async () => isNothing(await forged({ iss: "https://elsewhere.example" })));
  it("a token that expired", async () => isNothing(await forged({ exp: now() })));
  it("a token longer than any that we write", async () => isNothing(await forged({ x: "x".repeat(9_000) })));
});

it("an access token is no ID token hint and no client assertion", async () => {
  const url = `${world.issuer}/oidc/logout?id_token_hint=${access_token}`;
  expect((await get(url, {}, via)).status).toBe(400);
});
