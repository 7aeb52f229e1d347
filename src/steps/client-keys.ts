/** The keys that a client signs its assertions with: registered, or fetched from its `jwks_uri`. */
import type { JSONWebKeySet } from "jose";
import type { Broker } from "../broker.ts";
import { Bounded } from "../config/bounded.ts";
import type { Client } from "../config/client.ts";
import { isKeySet } from "../crypto/key-set.ts";
import type { Seconds } from "../flow.ts";
import { OAuthError } from "../oauth/error.ts";

/** Seconds. */
const FRESH = 3_600;
/** Seconds between two fetches for one client: unknown `kid`s must not become a stream of requests. */
const REFETCH = 60;
/** Seconds without another attempt after one that failed. */
const AFTER_FAILURE = 10;
const REMEMBERED = 1_000;

const fetched = new Bounded<{ readonly keys: JSONWebKeySet; readonly at: Seconds }>(REMEMBERED);
const failed = new Bounded<Seconds>(REMEMBERED);

/** @throws OAuthError `invalid_client` */
export async function clientKeys(broker: Broker, client: Client, again?: "again"): Promise<JSONWebKeySet> {
  if (client.jwks) return client.jwks as JSONWebKeySet;
  const uri = client.jwks_uri ?? "";
  const name = `${broker.workspace.id} ${client.client_id} ${uri}`;
  const known = fetched.get(name);
  const now = broker.now();
  if (known && now - known.at < (again ? REFETCH : FRESH)) return known.keys;
  if (now - (failed.get(name) ?? -Infinity) < AFTER_FAILURE) {
    if (known) return known.keys;
    throw unreadable();
  }
  try {
    const keys = await load(broker, uri);
    fetched.set(name, { keys, at: now });
    return keys;
  } catch (cause) {
    failed.set(name, now);
    if (known) return known.keys;
    throw unreadable(cause);
  }
}

function unreadable(cause?: unknown): OAuthError {
  return new OAuthError("invalid_client", "the keys of the client could not be read", { cause });
}

async function load(broker: Broker, uri: string): Promise<JSONWebKeySet> {
  const response = await broker.fetch(uri, {
    headers: { accept: "application/jwk-set+json, application/json" },
  });
  const body: unknown = response.ok ? await response.json() : undefined;
  if (isKeySet(body)) return body;
  throw new TypeError(`not a key set, status ${response.status}`);
}
