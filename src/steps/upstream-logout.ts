/** Session → the place where the browser signs out at its provider, where the connection wants that. */
import type { Broker } from "../broker.ts";
import { UpstreamError } from "../connectors/upstream-error.ts";
import { ENDPOINTS } from "../oauth/metadata.ts";
import { connectorOf } from "./login.ts";

export interface UpstreamLogout {
  readonly to: URL;
  /** Name of the connection. */
  readonly name: string;
}

/** A provider that cannot be reached keeps nobody signed in here: the session has ended already. */
export async function upstreamLogout(broker: Broker, id: string): Promise<UpstreamLogout | undefined> {
  const connection = await broker.connection(id);
  if (!connection?.config.sign_out_upstream || connection.disabled) return undefined;
  try {
    const back = new URL(`${broker.issuer}${ENDPOINTS.end_session_endpoint}`);
    const to = await connectorOf(broker, connection).logout?.(back);
    return to && { to, name: connection.name };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    broker.refused({
      where: "logout",
      error: "temporarily_unavailable",
      reason: error.message,
      connection: id,
      upstream: error.reason,
    });
    return undefined;
  }
}
