/** Tokens with a workspace's own key that no code of ours would write: whoever reads one must not rest on who signed it alone. */
import { env } from "cloudflare:workers";
import type { JWTPayload } from "jose";
import { openKeyring } from "../src/crypto/keyring.ts";
import { sign } from "../src/crypto/signer.ts";
import { readConfiguration } from "../src/store/configuration.ts";
import { bindings } from "./bindings.ts";
import { now } from "./clock.ts";

/** @param workspace its id @param typ of the header */
export async function signedByUs(workspace: string, typ: string, claims: JWTPayload): Promise<string> {
  const found = await readConfiguration(env, now).workspace(workspace);
  if (!found) throw new Error(`there is no workspace ${workspace}`);
  const signer = { workspace: found, keyring: openKeyring(bindings.DEPLOYMENT_KEY), now };
  return sign(signer, "RS256", typ, claims);
}
