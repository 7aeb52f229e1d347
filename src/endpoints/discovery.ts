/** OpenID Connect Discovery §4, RFC 8414 §3 and the key set (RFC 7517 §5). */
import { JWKS_MAX_AGE, publishedKeys } from "../config/keys.ts";
import type { AppContext } from "../http/context.ts";
import { metadata } from "../oauth/metadata.ts";

/** Seconds. */
const METADATA_MAX_AGE = 300;

export function discovery(c: AppContext): Response {
  const { issuer, workspace } = c.var.broker;
  c.header("Cache-Control", `public, max-age=${METADATA_MAX_AGE}`);
  return c.json(metadata(issuer, workspace.scopes, workspace.claims));
}

export function jwks(c: AppContext): Response {
  const { workspace, now } = c.var.broker;
  c.header("Cache-Control", `public, max-age=${JWKS_MAX_AGE}`);
  return c.json({ keys: publishedKeys(workspace.keys, now()).map((key) => key.public_jwk) });
}
