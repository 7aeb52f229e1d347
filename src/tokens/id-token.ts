/** OpenID Connect Core §2 — the ID token. */
import { base64url } from "jose";
import type { Broker } from "../broker.ts";
import type { SigningAlgorithm } from "../config/algorithms.ts";
import type { Client } from "../config/client.ts";
import type { Grant } from "../flow.ts";
import { asClaims, released } from "./claims.ts";
import { factsOf } from "./facts.ts";
import { identityClaims } from "./identity-claims.ts";
import { fitting, type LeftOut } from "./mint.ts";
import { roomBeside } from "./room.ts";
import { sign } from "../crypto/signer.ts";

export interface Minted {
  readonly token: string;
  /** Claims that there was no room for. */
  readonly left_out: readonly LeftOut[];
}

export async function idToken(
  broker: Broker,
  client: Client,
  grant: Grant,
  accessToken: string,
): Promise<Minted> {
  const { settings, claims } = broker.workspace;
  const alg = client.id_token_signed_response_alg;
  const asked = { to: "id_token", scope: grant.scope, requested: grant.claims } as const;
  const facts = factsOf(broker.workspace, client, grant);
  const configured = settings.claims_in_id_token ? released(claims, asked, facts) : [];
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
  const written = asClaims(configured, roomBeside(protocol));
  const minted = fitting("id_token", grant.minted?.id_token, roomBeside({ ...protocol, ...written.claims }));
  // Protocol claims last: nothing configured can replace them (design §5.5).
  const token = await sign(broker, alg, "JWT", { ...written.claims, ...minted.claims, ...protocol });
  return { token, left_out: [...written.left_out, ...minted.left_out] };
}

/** §3.1.3.6: left half of the hash that the signature algorithm uses. */
async function halfHash(text: string, alg: SigningAlgorithm): Promise<string> {
  const digest = await crypto.subtle.digest(`SHA-${alg.slice(-3)}`, new TextEncoder().encode(text));
  return base64url.encode(new Uint8Array(digest).slice(0, digest.byteLength / 2));
}
