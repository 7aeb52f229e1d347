/** `id_token_hint` of OpenID Connect Core §3.1.2.1 and RP-Initiated Logout §2: an ID token of ours, expired or not. */
import { errors } from "jose";
import type { Broker } from "../broker.ts";
import { hintKeys } from "../config/keys.ts";
import { verify } from "../crypto/signer.ts";

/** What a hint proves: who is meant. It authorises nothing (node-oidc-provider, Dex #4945). */
export interface IdTokenHint {
  readonly client_id: string;
  readonly subject: string;
  readonly session?: string;
}

/** @returns undefined for anything but an ID token of this workspace */
export async function readIdTokenHint(broker: Broker, token: string): Promise<IdTokenHint | undefined> {
  // RP-Initiated Logout §4: an expired ID token is a good hint.
  const options = { issuer: broker.issuer, clockTolerance: Number.MAX_SAFE_INTEGER };
  try {
    const { aud, sub, sid } = await verify(broker, token, "JWT", options, hintKeys(broker.workspace.keys));
    if (typeof aud !== "string" || sub === undefined) return undefined;
    return { client_id: aud, subject: sub, ...(typeof sid === "string" && { session: sid }) };
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
