/** Authentication → Authentication: what the connection's script makes of the person who was just authenticated. */
import type { ScriptExecuted } from "../audit/event.ts";
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import { isProtocol } from "../config/context-attribute.ts";
import type { Connection } from "../connectors/index.ts";
import type { Authentication, AuthorizationRequest } from "../flow.ts";
import type { Changed } from "../lineage.ts";
import { contextObject } from "./context-object.ts";
import { override } from "./override.ts";
import { runScript } from "./run-script.ts";
import { scriptClient, scriptRequest } from "./script-request.ts";

export interface Extended {
  readonly authentication: Authentication;
  /** What of the connection made it, where that was earlier. */
  readonly made_by?: string;
  readonly executed: readonly ScriptExecuted[];
}

/**
 * Identity stays what the provider proved: only the context, `amr` and `acr` can change, and the context only within the
 * workspace's schema (design §5.5).
 * @throws OAuthError when the script failed and is not to be left out
 */
export async function postAuthn(
  broker: Broker,
  client: Client,
  request: AuthorizationRequest,
  connection: Connection,
  authentication: Authentication,
): Promise<Extended> {
  const id = connection.post_authn_ctx_script;
  if (id === undefined) return { authentication, executed: [] };
  const { amr, acr, idp_sub, context } = authentication;
  const { name, method } = connection;
  const { output, dropped, event } = await runScript(broker, "post_authn_ctx", id, {
    authn_ctx: contextObject(context),
    ...(amr && { amr: [...amr] }),
    ...(acr !== undefined && { acr }),
    idp_sub,
    idp: { id: connection.id, name, method },
    client: scriptClient(client),
    request: scriptRequest(broker, request),
  });
  const by = { from: "script", name: id } as const;
  const changed = override(authentication, output?.authn_ctx ?? {}, by, broker.workspace.schema);
  const unknown: Changed[] = dropped.map((member) => {
    const left_out = isProtocol(member) ? "set_by_protocol" : "not_in_schema";
    return { by, name: member, change: "left_out", left_out };
  });
  const ran = changed.ran && { ...changed.ran, changed: [...changed.ran.changed, ...unknown] };
  return {
    authentication: {
      ...changed,
      ...(ran && { ran }),
      ...(output?.amr && { amr: output.amr }),
      ...(output?.acr !== undefined && { acr: output.acr }),
    },
    executed: [{ ...event, connection: connection.id, client_id: client.client_id }],
  };
}
