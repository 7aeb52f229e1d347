/** `not_before`: what an operator ended at once, for the workspace, a client or a connection (design §4). */
import type { Client } from "../config/client.ts";
import type { Connection } from "../connectors/index.ts";
import type { Seconds } from "../flow.ts";
import type { WorkspaceDocument } from "../store/published.ts";

/** Sign-ins and grants from before this time are void. */
export function floorOf(
  { settings }: WorkspaceDocument,
  client: Client,
  connection: Pick<Connection, "not_before">,
): Seconds {
  return Math.max(settings.not_before, client.not_before, connection.not_before);
}
