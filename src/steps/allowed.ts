/** Connections that a script of the workspace lets somebody choose from, whoever they are: nothing is proven yet. */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import type { ConnectionSummary } from "../config/connection.ts";
import type { AuthorizationRequest } from "../flow.ts";
import { runScript } from "./run-script.ts";
import { scriptClient, scriptRequest } from "./script-request.ts";

/** All of them where no script says otherwise. @throws OAuthError when the script failed and is not to be left out */
export async function allowedConnections(
  broker: Broker,
  client: Client,
  request: AuthorizationRequest,
): Promise<readonly ConnectionSummary[]> {
  const connections = await broker.connections();
  const script = broker.workspace.settings.allowed_idp_ids_script;
  if (script === undefined) return connections;
  const enabled = connections.filter(({ disabled }) => !disabled);
  const { output, event } = await runScript(broker, "allowed_idp_ids", script, {
    idps: enabled.map(({ id, name, method }) => ({ id, name, method })),
    client: scriptClient(client),
    request: scriptRequest(broker, request),
  });
  broker.executed({ ...event, client_id: client.client_id });
  const ids = output?.idps_ids;
  return ids ? connections.filter(({ id }) => ids.includes(id)) : connections;
}
