/** Keys of a certified provider that is to misbehave: what signs its tokens, and what should not. */
import { generateKeyPairSync } from "node:crypto";

/** Signs as the provider. */
export const own = pair("own");
/** Is in nobody's key set. */
export const stranger = pair("stranger");

function pair(kid: string) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  return {
    kid,
    privateKey,
    jwk: { ...privateKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" },
    pem: String(publicKey.export({ type: "spki", format: "pem" })),
  };
}
