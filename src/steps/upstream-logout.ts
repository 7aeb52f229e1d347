/** Session → the place where the browser signs out at its provider, where the connection wants that; and back. */
import type { Broker } from "../broker.ts";
import type { Connection } from "../connectors/index.ts";
import { UpstreamError } from "../connectors/upstream-error.ts";
import type { Sealed } from "../crypto/seal.ts";
import type { BrowserSession, JsonObject, LogoutAnswer, LogoutDeparture } from "../flow.ts";
import { ENDPOINTS } from "../oauth/metadata.ts";
import { openAtProvider } from "./at-provider.ts";
import { connectorOf } from "./login.ts";

export interface UpstreamLogout extends LogoutDeparture {
  /** Name of the connection. */
  readonly name: string;
}

/**
 * A provider that cannot be reached keeps nobody signed in here: the session has ended already.
 * @param at_provider what that session was kept with
 */
export async function upstreamLogout(
  broker: Broker,
  { connection: id, subject }: Pick<BrowserSession, "connection" | "subject">,
  at_provider: Sealed<JsonObject> | undefined,
): Promise<UpstreamLogout | undefined> {
  const connection = await broker.connection(id);
  if (!connection?.config.sign_out_upstream || connection.disabled) return undefined;
  try {
    const return_to = new URL(`${broker.issuer}${ENDPOINTS.end_session_endpoint}`);
    const session = at_provider && (await openAtProvider(broker, subject, at_provider));
    const leaving = await connectorOf(broker, connection).logout?.({
      return_to,
      ...(session && { session }),
    });
    return leaving && { ...leaving, name: connection.name };
  } catch (error) {
    told(broker, id, error);
    return undefined;
  }
}

/** @returns whether the provider proved that it signed the person out */
export async function wasSignedOut(
  broker: Broker,
  connection: Connection,
  answer: LogoutAnswer,
): Promise<boolean> {
  try {
    await connectorOf(broker, connection).loggedOut?.(answer);
    return true;
  } catch (error) {
    told(broker, connection.id, error);
    return false;
  }
}

function told(broker: Broker, connection: string, error: unknown): void {
  if (!(error instanceof UpstreamError)) throw error;
  const { message: reason, reason: upstream } = error;
  broker.refused({ where: "logout", error: "temporarily_unavailable", reason, connection, upstream });
}
