/**
 * A user pool that costs nothing but its two signatures, so that it is never the limit. A code says itself whom it is for:
 * the driver writes it, and saves the trip of the browser.
 */
import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { POOL, readCode } from "./pool.ts";

/**
 * A document of the pool.
 * @param form of a POST
 * @param ahead seconds that its clock is before everybody else's
 * @returns undefined where there is nothing
 */
export function answer(path: string, form: URLSearchParams, ahead = 0): object | undefined {
  if (path.endsWith("/openid-configuration")) return discovery;
  if (path.endsWith("/jwks.json")) return { keys: [keys.id, keys.access, ...former].map(({ jwk }) => jwk) };
  return path.endsWith("/token") ? tokens(form, ahead) : undefined;
}

/** It signs with new keys from now on; those before are still published, as Cognito does. */
export function rotate(): void {
  former = [keys.id, keys.access];
  const generation = ++generations;
  keys = { id: key(`id=${generation}`), access: key(`access=${generation}`) };
}

type Key = ReturnType<typeof key>;
let generations = 0;
let former: readonly Key[] = [];
let keys = { id: key("id="), access: key("access=") };

function key(kid: string) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  return { kid, privateKey, jwk: { ...publicKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" } };
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

function jwt({ kid, privateKey }: Key, claims: object): string {
  const text = `${encode({ kid, alg: "RS256" })}.${encode(claims)}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), privateKey).toString("base64url")}`;
}

const discovery = {
  issuer: POOL.issuer,
  authorization_endpoint: `${POOL.domain}/oauth2/authorize`,
  token_endpoint: `${POOL.domain}/oauth2/token`,
  userinfo_endpoint: `${POOL.domain}/oauth2/userInfo`,
  jwks_uri: `${POOL.issuer}/.well-known/jwks.json`,
  response_types_supported: ["code"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256"],
  token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
};

function tokens(form: URLSearchParams, ahead: number): object {
  const code = readCode(form.get("code") ?? "");
  const now = Math.floor(Date.now() / 1_000) + ahead;
  const common = {
    iss: POOL.issuer,
    sub: `sub-${code.person}`,
    iat: now,
    exp: now + 3_600,
    auth_time: now,
    jti: randomUUID(),
  };
  return {
    token_type: "Bearer",
    expires_in: 3_600,
    id_token: jwt(keys.id, {
      ...common,
      aud: POOL.client_id,
      token_use: "id",
      nonce: code.nonce,
      "cognito:username": code.person,
      "cognito:groups": ["staff"],
      email: `${code.person}@example.com`,
      email_verified: true,
      name: `Person ${code.person}`,
      ...custom(code.attributes ?? 0),
    }),
    access_token: jwt(keys.access, {
      ...common,
      client_id: POOL.client_id,
      token_use: "access",
      scope: "openid email profile",
    }),
  };
}

/** `custom:a0`, `custom:a1`, … */
const custom = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`custom:a${index}`, `value ${index}`]));
