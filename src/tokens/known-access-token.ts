/** What an access token of this workspace says, whichever form it has. */
import type { Broker } from "../broker.ts";
import { unseal } from "../crypto/seal.ts";
import { verify } from "../crypto/signer.ts";
import { type AccessClaims, place } from "./access-token.ts";

/** Characters. */
const LONGEST = 12_000;

/** @returns undefined for what is not ours, or over. Nothing is stored or woken */
export async function knownAccessToken(broker: Broker, token: string): Promise<AccessClaims | undefined> {
  if (token.length > LONGEST) return undefined;
  if (token.startsWith("at.")) {
    const claims = await unseal<AccessClaims>(broker.keyring, place(broker), token.slice(3));
    return claims && claims.exp > broker.now() ? claims : undefined;
  }
  try {
    const options = { issuer: broker.issuer, requiredClaims: ["sub", "exp", "jti", "client_id"] };
    return (await verify(broker, token, "at+jwt", options)) as AccessClaims;
  } catch {
    return undefined;
  }
}
