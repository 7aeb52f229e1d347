/** A pool's two tokens, as Cognito has them, or wrong in one thing. */
import { createHash } from "node:crypto";
import { base64url, SignJWT, type JWTPayload } from "jose";
import type { Code } from "./code.ts";
import type { Has } from "./faults.ts";
import { poolKeys, type Key } from "./keys.ts";
import { person } from "./people.ts";
import type { Pool } from "./pool.ts";

/** Among a person's claims: those that a trigger of the pool puts into the access token. */
export const IN_ACCESS = "in the access token";

export async function mint(pool: Pool, code: Code, has: Has) {
  const keys = await poolKeys();
  const { [IN_ACCESS]: inAccess, ...said } = code.claims;
  const { sub, username, groups, claims } = person(code.person, said);
  const common: JWTPayload = {
    sub,
    iss: pool.issuer,
    ...(groups && { "cognito:groups": groups }),
    origin_jti: code.id,
    event_id: code.id,
    ...(!has("no-auth-time") && { auth_time: code.now - code.age }),
    iat: code.now,
    exp: code.now + 3_600,
  };
  const access_token = await signAccess({ ...(inAccess as object), ...common }, code, has, keys);
  const id: JWTPayload = {
    ...common,
    ...claims,
    aud: code.client,
    token_use: "id",
    nonce: code.nonce,
    "cognito:username": username,
    ...(has("mfa") && { amr: ["pwd", "otp"], acr: "aal2" }),
    ...(has("good-at-hash") && { at_hash: halfHash(access_token) }),
    ...(has("bad-at-hash") && { at_hash: halfHash("another") }),
    ...wrong(has, code),
  };
  return { access_token, id_token: await signId(id, has, keys) };
}

/** What is wrong with the ID token's claims; undefined leaves one out. */
export function wrong(has: Has, { client, now }: Code): JWTPayload {
  return {
    ...(has("wrong-issuer") && { iss: "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Other" }),
    ...(has("wrong-audience") && { aud: "another-app" }),
    ...(has("further-audience") && { aud: [client, "another-app"] }),
    ...(has("wrong-nonce") && { nonce: "another-nonce" }),
    ...(has("no-nonce") && { nonce: undefined }),
    ...(has("expired") && { iat: now - 7_200, exp: now - 3_600 }),
    ...(has("no-exp") && { exp: undefined }),
    ...(has("not-yet") && { nbf: now + 3_600 }),
    ...(has("future-iat") && { iat: now + 31 }),
    // In milliseconds, as some providers have it.
    ...(has("future-auth-time") && { auth_time: now * 1_000 }),
    ...(has("no-sub") && { sub: undefined }),
    ...(has("wrong-token-use") && { token_use: "access" }),
    ...(has("no-token-use") && { token_use: undefined }),
  };
}

type Keys = Awaited<ReturnType<typeof poolKeys>>;

export async function signId(claims: JWTPayload, has: Has, keys: Keys): Promise<string> {
  if (has("alg-none")) return `${part({ alg: "none" })}.${part(claims)}.`;
  if (has("hs256")) {
    const secret = new TextEncoder().encode(keys.id.pem);
    return new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: keys.id.kid }).sign(secret);
  }
  if (has("unknown-kid")) return sign(claims, keys.stranger);
  if (has("wrong-key")) return sign(claims, { ...keys.stranger, kid: keys.id.kid });
  if (has("rotated")) return sign(claims, keys.rotated);
  if (has("rs384")) return signAs("RS384", claims, keys.id);
  const token = await sign(claims, keys.id);
  if (!has("tampered")) return token;
  const [header, , signature] = token.split(".");
  return [header, part({ ...claims, sub: "sub-of-somebody-else" }), signature].join(".");
}

async function signAccess(common: JWTPayload, code: Code, has: Has, keys: Keys): Promise<string> {
  const claims = {
    ...common,
    client_id: has("access-other-client") ? "another-app" : code.client,
    token_use: has("access-token-use") ? "id" : "access",
    version: 2,
    scope: code.scope,
    username: code.person,
    jti: code.id,
    ...(has("access-other-sub") && { sub: "sub-of-somebody-else" }),
    ...(has("access-other-issuer") && {
      iss: "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Other",
    }),
    ...(has("access-expired") && { exp: code.now - 3_600 }),
    ...(has("access-no-exp") && { exp: undefined }),
  };
  return sign(claims, has("access-wrong-key") ? { ...keys.stranger, kid: keys.access.kid } : keys.access);
}

/** The header holds `kid` and `alg` only. */
const sign = (claims: JWTPayload, key: Key) => signAs("RS256", claims, key);

async function signAs(alg: string, claims: JWTPayload, { kid, privateKey }: Key): Promise<string> {
  if (alg === "RS256") return new SignJWT(claims).setProtectedHeader({ kid, alg }).sign(privateKey);
  const text = `${part({ kid, alg })}.${part(claims)}`;
  const jwk = await crypto.subtle.exportKey("jwk", privateKey);
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-384" };
  const key = await crypto.subtle.importKey("jwk", Object.assign({}, jwk, { alg }), algorithm, false, [
    "sign",
  ]);
  const signature = await crypto.subtle.sign(algorithm.name, key, new TextEncoder().encode(text));
  return `${text}.${base64url.encode(new Uint8Array(signature))}`;
}

const part = (value: object) => base64url.encode(JSON.stringify(value));

export function halfHash(text: string): string {
  return createHash("sha256").update(text).digest().subarray(0, 16).toString("base64url");
}
