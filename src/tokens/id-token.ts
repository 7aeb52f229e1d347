/** OpenID Connect Core §2 — the ID token. */
import { base64url } from "jose";
import type { Broker } from "../broker.ts";
import type { SigningAlgorithm } from "../config/algorithms.ts";
import type { Client } from "../config/client.ts";
import type { Grant } from "../flow.ts";
import { asClaims, released } from "./claims.ts";
import { identityClaims } from "./identity-claims.ts";
import { fitting } from "./mint.ts";
import { roomBeside } from "./room.ts";
import { sign } from "../crypto/signer.ts";

export async function idToken(
  broker: Broker,
  client: Client,
  grant: Grant,
  accessToken: string,
): Promise<string> {
  const { settings, claims } = broker.workspace;
  const alg = client.id_token_signed_response_alg;
  const context = settings.claims_in_id_token ? (grant.authentication?.context ?? {}) : {};
  const configured = released(claims, "id_token", grant.scope, context).filter(({ claim }) => !claim.opaque);
  const now = broker.now();
  const protocol = {
    iss: broker.issuer,
    sub: grant.subject,
    aud: grant.client_id,
    exp: now + settings.id_token_lifetime,
    iat: now,
    ...(grant.nonce !== undefined && { nonce: grant.nonce }),
    at_hash: await halfHash(accessToken, alg),
    ...(grant.session && { sid: grant.session }),
    ...identityClaims(grant.authentication),
  };
  const configuredClaims = asClaims(configured, roomBeside(protocol));
  const room = roomBeside({ ...protocol, ...configuredClaims });
  const minted = fitting(grant.minted?.id_token, room);
  return sign(broker, alg, "JWT", { ...configuredClaims, ...minted, ...protocol });
}

/** §3.1.3.6: left half of the hash that the signature algorithm uses. */
async function halfHash(text: string, alg: SigningAlgorithm): Promise<string> {
  const digest = await crypto.subtle.digest(`SHA-${alg.slice(-3)}`, new TextEncoder().encode(text));
  return base64url.encode(new Uint8Array(digest).slice(0, digest.byteLength / 2));
}
