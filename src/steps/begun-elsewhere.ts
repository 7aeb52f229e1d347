/**
 * An answer that nobody here asked for → a session, and the client that asks then (SAML Profiles §4.1.5, OpenID Connect Core
 * §4). No code comes of it: the client makes an ordinary request, which is answered from the cached context.
 */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import type { Connection } from "../connectors/index.ts";
import { UpstreamError } from "../connectors/upstream-error.ts";
import type { BrowserSession } from "../flow.ts";
import { OAuthError } from "../oauth/error.ts";
import { authenticationOf } from "./authentication.ts";
import { faultOf } from "./fault.ts";
import { connectorOf } from "./login.ts";
import { ownPage } from "./own-page.ts";
import { postAuthn } from "./post-authn.ts";
import { signIn } from "./sign-in.ts";
import { subjectOf } from "./subject.ts";

export interface BegunElsewhere {
  readonly session: BrowserSession;
  /** The client's `initiate_login_uri`, with `iss`. */
  readonly to: URL;
  readonly client: Client;
}

/**
 * @param id of the connection
 * @returns undefined where the provider may not begin, and nothing was looked at
 * @throws OAuthError
 */
export async function begunElsewhere(
  broker: Broker,
  id: string,
  params: URLSearchParams,
): Promise<BegunElsewhere | undefined> {
  const connection = await broker.connection(id);
  if (!connection || connection.disabled) return undefined;
  return begin(broker, connection, params).catch((error: unknown) => {
    throw faultOf(broker, error);
  });
}

async function begin(
  broker: Broker,
  connection: Connection,
  params: URLSearchParams,
): Promise<BegunElsewhere | undefined> {
  const unsolicited = await connectorOf(broker, connection).unsolicited?.(params);
  if (!unsolicited) return undefined;
  const { identity, client_id } = unsolicited;
  const client = await broker.client(client_id);
  if (!client || client.disabled || client.initiate_login_uri === undefined)
    throw new OAuthError("unauthorized_client", "the application cannot begin a sign-in");
  if (!identity.once || !(await broker.once(identity.once.value, identity.once.expires)))
    throw new UpstreamError("replay", "the assertion was used before");
  const now = broker.now();
  const nobody = { forced: false, left_at: now };
  const authentication = authenticationOf(connection, broker.workspace, identity, nobody, now);
  const subject = await subjectOf(broker, connection.id, identity.issuer, identity.subject);
  const request = ownPage(broker);
  const extended = await postAuthn(broker, client, request, connection, authentication);
  const who = { subject, issuer: identity.issuer, connection: connection.id, unasked: true } as const;
  // A new session always: the form of the provider's site brings no session cookie, and nobody's is taken over.
  const { session } = await signIn(broker, client, request, connection, extended, who, undefined);
  const to = new URL(client.initiate_login_uri);
  to.searchParams.set("iss", broker.issuer);
  return { session, to, client };
}
