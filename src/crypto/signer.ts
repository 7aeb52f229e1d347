/** Signs and verifies with the workspace's keys. */
import {
  errors,
  importJWK,
  jwtVerify,
  SignJWT,
  type JWTHeaderParameters,
  type JWTPayload,
  type JWTVerifyOptions,
} from "jose";
import type { SigningAlgorithm } from "../config/algorithms.ts";
import { publishedKeys, signingKey, type SigningKey } from "../config/keys.ts";
import type { Seconds } from "../flow.ts";
import type { Keyring } from "./keyring.ts";
import { unseal } from "./seal.ts";

/** Whoever has a workspace's keys, sealed, and what opens them. */
interface Signer {
  readonly workspace: { readonly id: string; readonly keys: readonly SigningKey[] };
  readonly keyring: Keyring;
  readonly now: () => Seconds;
}

/** Keys that the isolate has imported: gone with the configuration that they are in, and nobody else's. */
const [privateKeys, publicKeys] = [
  new WeakMap<SigningKey, CryptoKey>(),
  new WeakMap<SigningKey, CryptoKey>(),
];

/** @throws Error when the workspace has no key for the algorithm, or its sealed key cannot be opened */
export async function sign(
  broker: Signer,
  alg: SigningAlgorithm,
  typ: string,
  claims: JWTPayload,
): Promise<string> {
  const key = signingKey(broker.workspace.keys, alg, broker.now());
  if (!key) throw new Error(`the workspace has no ${alg} key`);
  const header = { alg, kid: key.kid, typ };
  return new SignJWT(claims).setProtectedHeader(header).sign(await privateKey(broker, key));
}

/** Accepts what a published key signed: a revoked key's tokens fail within ten seconds. @throws JOSEError */
export async function verify(
  broker: Signer,
  token: string,
  typ: string,
  options: JWTVerifyOptions,
  keys: readonly SigningKey[] = publishedKeys(broker.workspace.keys, broker.now()),
): Promise<JWTPayload> {
  const find = ({ alg, kid }: JWTHeaderParameters) => {
    const key = keys.find((one) => one.kid === kid && one.alg === alg);
    if (!key) throw new errors.JWKSNoMatchingKey();
    return publicKey(key);
  };
  const algorithms = [...new Set(keys.map((key) => key.alg))];
  const currentDate = new Date(broker.now() * 1_000);
  return (await jwtVerify(token, find, { algorithms, typ, currentDate, ...options })).payload;
}

async function privateKey({ keyring, workspace }: Signer, key: SigningKey): Promise<CryptoKey> {
  const known = privateKeys.get(key);
  if (known) return known;
  const place = { purpose: "signing-key", workspace: workspace.id, owner: key.kid } as const;
  const jwk = await unseal(keyring, place, key.private_jwk);
  const made = jwk && (await importJWK(jwk, key.alg));
  if (!(made instanceof CryptoKey))
    throw new Error("a signing key cannot be opened with this DEPLOYMENT_KEY");
  privateKeys.set(key, made);
  return made;
}

async function publicKey(key: SigningKey): Promise<CryptoKey> {
  const known = publicKeys.get(key);
  if (known) return known;
  const made = await importJWK(key.public_jwk, key.alg);
  if (!(made instanceof CryptoKey)) throw new TypeError("a published key is symmetric");
  publicKeys.set(key, made);
  return made;
}
