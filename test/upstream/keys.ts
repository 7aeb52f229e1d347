/** Keys of all pools: a pool signs ID tokens and access tokens with different ones; `kid` is base64 with `=`. */
import { exportJWK, exportSPKI, generateKeyPair, type CryptoKey, type JWK } from "jose";

export interface Key {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
  /** As text: what an HMAC that was fooled would take for its secret. */
  readonly pem: string;
}

async function make(name: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const kid = Buffer.from(name.padEnd(31, "-")).toString("base64");
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" };
  return { kid, privateKey, jwk, pem: await exportSPKI(publicKey) };
}

/** Made once a run, when a pool is first used. */
let made: Promise<{ id: Key; access: Key; rotated: Key; stranger: Key }> | undefined;

export function poolKeys() {
  made ??= (async () => {
    const [id, access, rotated, stranger] = await Promise.all(
      ["id", "access", "rotated", "stranger"].map(make),
    );
    return { id: id!, access: access!, rotated: rotated!, stranger: stranger! };
  })();
  return made;
}
