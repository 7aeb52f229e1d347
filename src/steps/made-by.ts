/** What of a connection makes an authentication context: a change of it makes another one, so a cached one is void. */
import type { Broker } from "../broker.ts";
import type { Connection } from "../connectors/index.ts";
import { encode } from "../crypto/base64url.ts";

/**
 * A hash of the provider, attributes, mappings, `static_amr` and the workspace's schema. How the connection looks and
 * where it stands on the chooser is no part of it.
 */
export async function madeBy(
  { workspace }: Pick<Broker, "workspace">,
  connection: Connection,
): Promise<string> {
  const { method, settings, attributes, mappings, static_amr } = connection;
  const text = JSON.stringify([method, settings, attributes, mappings, static_amr, workspace.schema]);
  return encode(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}
