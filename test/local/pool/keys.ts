import { randomBytes } from "node:crypto";
import { exportJWK, generateKeyPair, type JWK } from "jose";

export type SigningKey = JWK & { readonly kid: string };

/** Cognito signs ID tokens and access tokens with different keys, both RS256. */
export interface PoolKeys {
  readonly id: SigningKey;
  readonly access: SigningKey;
}

export const publicKey = ({ kty, n, e, kid }: SigningKey): JWK => ({
  alg: "RS256",
  e,
  kid,
  kty,
  n,
  use: "sig",
});

/** 32 bytes in plain base64, so that the `kid` ends in "=" and may hold "+" and "/", as Cognito's do. */
export async function generateKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: randomBytes(32).toString("base64") };
}
