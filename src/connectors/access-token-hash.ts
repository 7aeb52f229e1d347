/** OpenID Connect Core §3.1.3.6: `at_hash`, optional in the code flow, must fit the access token where it is there. */
import { base64url } from "jose";
import { UpstreamError } from "./upstream-error.ts";

/** @throws UpstreamError `token` */
export async function checkHash(expected: unknown, accessToken: string, algorithm: string): Promise<void> {
  if (expected === undefined) return;
  // Ed25519 has SHA-512 inside; the name of every other algorithm ends in the size of its hash.
  const bits = /^(?:EdDSA|Ed25519)$/.test(algorithm) ? "512" : algorithm.slice(-3);
  const digest = new Uint8Array(
    await crypto.subtle.digest(`SHA-${bits}`, new TextEncoder().encode(accessToken)),
  );
  if (expected !== base64url.encode(digest.slice(0, digest.length / 2)))
    throw new UpstreamError("token", "at_hash does not fit the access token");
}
