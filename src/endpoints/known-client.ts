/** The client that a request names, before anything else of it is believed. */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import type { ReturnAddress } from "../flow.ts";
import { PageFault } from "../http/page-fault.ts";
import { isRegistered } from "../oauth/redirect-uri.ts";

/** An unknown client is told to nobody but the person: its redirect URI could be anybody's. @throws PageFault */
export async function knownClient(broker: Broker, sent: URLSearchParams): Promise<Client> {
  const ids = sent.getAll("client_id");
  const client = ids.length === 1 && ids[0] ? await broker.client(ids[0]) : undefined;
  if (!client) throw new PageFault("unknown_client", "client_id names no client of this workspace");
  if (client.disabled) throw new PageFault("unknown_client", "the client is disabled");
  return client;
}

/** Of a sign-in whose browser was away: proven again, for the client may have changed meanwhile. @throws PageFault */
export async function stillKnownClient(
  broker: Broker,
  { client_id, redirect_uri }: Pick<ReturnAddress, "client_id" | "redirect_uri">,
): Promise<Client> {
  const client = await broker.client(client_id);
  if (!client || client.disabled) throw new PageFault("unknown_client", "the client is disabled or gone");
  if (!isRegistered(redirect_uri, client.redirect_uris))
    throw new PageFault("wrong_redirect", "redirect_uri is not registered any more");
  return client;
}
