/** What of a connection makes an authentication context: a change of it makes another one, so a cached one is void. */
import type { Broker } from "../broker.ts";
import type { Connection } from "../connectors/index.ts";
import { encode } from "../crypto/base64url.ts";
import { requiredPaths } from "./judge-needs.ts";

/**
 * A hash of the provider, attributes, mappings, `static_amr`, script, application, the workspace's schema, and of what
 * its required claims are made: whether that was there is kept with the context. How the connection looks and where it
 * stands on the chooser is no part of it.
 */
export async function madeBy(
  broker: Pick<Broker, "workspace" | "script">,
  connection: Connection,
): Promise<string> {
  const { method, settings, attributes, mappings, static_amr, post_authn_ctx_script, post_authn_app_id } =
    connection;
  const script = post_authn_ctx_script === undefined ? undefined : await broker.script(post_authn_ctx_script);
  const text = JSON.stringify([
    method,
    settings,
    attributes,
    mappings,
    static_amr,
    broker.workspace.schema,
    script,
    post_authn_app_id,
    requiredPaths(broker.workspace),
  ]);
  return encode(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}
