/** Makes a signing key. Slow (36 to 280 ms for RSA): only in the workspace's object, never in a person's request. */
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import type { SigningAlgorithm } from "../../config/algorithms.ts";
import type { SigningKey } from "../../config/keys.ts";
import type { Keyring } from "../../crypto/keyring.ts";
import { seal } from "../../crypto/seal.ts";
import type { Seconds } from "../../flow.ts";

/** The `kid` is the key's thumbprint (RFC 7638); the private half is sealed for this workspace and `kid`. */
export async function makeSigningKey(
  keyring: Keyring,
  workspace: string,
  alg: SigningAlgorithm,
  created_at: Seconds,
  use_from: Seconds,
): Promise<SigningKey> {
  const pair = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const place = { purpose: "signing-key", workspace, owner: kid } as const;
  return {
    kid,
    alg,
    public_jwk: { ...jwk, kid, alg, use: "sig" },
    private_jwk: await seal(keyring, place, await exportJWK(pair.privateKey)),
    created_at,
    use_from,
  };
}
