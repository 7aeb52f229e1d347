/** AuthorizationRequest → Departure: to the provider of one connection. */
import type { Broker } from "../broker.ts";
import { callbackPath, openConnector, type Connection } from "../connectors/index.ts";
import { randomId } from "../crypto/handle.ts";
import type { AuthorizationRequest, BrowserSession, Departure, Waiting } from "../flow.ts";

export interface Leaving extends Omit<Departure, "memory"> {
  readonly handle: string;
  /** What the connection is called. */
  readonly provider: string;
  readonly waiting: Extract<Waiting, { at: "upstream" | "proving" }>;
}

/**
 * To sign in.
 * @param force the person must prove anew who they are
 * @param session of the browser
 * @throws UpstreamError
 */
export async function login(
  broker: Broker,
  request: AuthorizationRequest,
  connection: Connection,
  force: boolean,
  session: BrowserSession | undefined,
): Promise<Leaving> {
  const { left, ...departure } = await start(broker, request, connection, force);
  const comes = departure.answered_by === "post" && session && { session };
  return { ...departure, waiting: { at: "upstream", ...left, forced: force, ...comes } };
}

/**
 * To prove an identity that is to become somebody's: its answer signs nobody in.
 * @param session whose it is to become
 * @throws UpstreamError
 */
export async function prove(
  broker: Broker,
  request: AuthorizationRequest,
  connection: Connection,
  session: BrowserSession,
): Promise<Leaving> {
  const { left, ...departure } = await start(broker, request, connection, true);
  return { ...departure, waiting: { at: "proving", ...left, forced: true, session } };
}

async function start(broker: Broker, request: AuthorizationRequest, connection: Connection, force: boolean) {
  const handle = randomId();
  const { memory, ...departure } = await connectorOf(broker, connection).start({
    handle,
    force,
    ...(request.max_age !== undefined && { max_age: request.max_age }),
    ...(request.login_hint !== undefined && { login_hint: request.login_hint }),
    select_account: request.prompt.includes("select_account"),
    acr_values: request.acr_values,
  });
  const left = { request, connection: connection.id, memory, left_at: broker.now() };
  return { ...departure, handle, provider: connection.name, left };
}

/** One redirect URL a connection: an answer meant for one cannot be given to another (RFC 9700 §4.4). */
export function connectorOf(broker: Broker, connection: Connection) {
  const callback = new URL(`${broker.issuer}${callbackPath(connection.method, connection.id)}`);
  return openConnector(connection, {
    connection: connection.id,
    callback,
    fetch: broker.fetch,
    now: broker.now,
    readBefore: () => broker.readBefore(connection.id),
  });
}
