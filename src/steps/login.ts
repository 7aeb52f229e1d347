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
 * @param force the person must prove anew who they are
 * @param session of the browser, or whose the identity is to become that is about to be proven
 * @throws UpstreamError
 */
export async function login(
  broker: Broker,
  connection: Connection,
  request: AuthorizationRequest,
  force: boolean,
  session: BrowserSession | { readonly adds_to: BrowserSession } | undefined,
): Promise<Leaving> {
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
  const waiting: Leaving["waiting"] =
    session && "adds_to" in session
      ? { at: "proving", ...left, forced: true, session: session.adds_to }
      : {
          at: "upstream",
          ...left,
          forced: force,
          ...(departure.answered_by === "post" && session && { session }),
        };
  return { ...departure, handle, provider: connection.name, waiting };
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
