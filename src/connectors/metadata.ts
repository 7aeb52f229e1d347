/** A provider's discovery document and keys, remembered by the isolate. */
import { errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import * as oauth from "oauth4webapi";
import { Bounded } from "../config/bounded.ts";
import { isKeySet, keySet } from "../crypto/key-set.ts";
import type { Tools } from "./connector.ts";
import { isKeyOf } from "./tenants.ts";
import { UpstreamError } from "./upstream-error.ts";

type Fetching = Pick<Tools, "fetch" | "now">;

/** Seconds. Long enough to cost nothing, short enough that a rotated endpoint heals by itself. */
const FRESH = 3_600;
/** Seconds for which an old copy serves while the provider does not answer. */
const STALE = 86_400;
/** Seconds without another attempt after one that failed: strangers must not make us wait for it again and again. */
const AFTER_FAILURE = 5;
/**
 * Seconds between two fetches of one key set: a stream of unknown `kid`s must not become a stream of requests. A few, because
 * these tokens come from the provider itself, and until then nobody signs in with a key that it took in a hurry.
 */
const REFETCH = 5;
const REMEMBERED = 1_000;

/** What was read, and when; seconds since 1970. */
interface Copy<T> {
  readonly value: T;
  readonly at: number;
}
interface Remembered<T> extends Copy<T> {
  /** When it was read, or was last tried to be. */
  readonly tried_at: number;
}
const documents = remembered<oauth.AuthorizationServer>();
const keySets = remembered<JSONWebKeySet>();

/**
 * @param named what the document must call its issuer, where that is not its own address
 * @throws UpstreamError `unreachable` or `malformed`
 */
export function discover(
  issuer: URL,
  tools: Fetching,
  named: URL = issuer,
): Promise<oauth.AuthorizationServer> {
  return documents(`${issuer.href} ${named.href}`, tools, async () => {
    const response = await reach(() => oauth.discoveryRequest(issuer, { [oauth.customFetch]: tools.fetch }));
    try {
      return await oauth.processDiscoveryResponse(named, response);
    } catch (error) {
      throw new UpstreamError("malformed", "the discovery document could not be used", { cause: error });
    }
  });
}

/** Finds the provider's key for a token, fetching the key set once more when the `kid` is unknown. */
export function keysOf(server: oauth.AuthorizationServer, tools: Fetching): JWTVerifyGetKey {
  const uri = server.jwks_uri;
  if (!uri) throw new UpstreamError("malformed", "the provider names no jwks_uri");
  return async (header, token) => {
    const find = async (maxAge: number) => {
      const all = await fetchKeys(uri, maxAge, tools);
      const own = all.keys.filter((key) => isKeyOf(server.issuer, key));
      return keySet(own.length < all.keys.length ? { keys: own } : all)(header, token);
    };
    try {
      return await find(FRESH);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return find(REFETCH);
    }
  };
}

function fetchKeys(uri: string, maxAge: number, tools: Fetching): Promise<JSONWebKeySet> {
  return keySets(
    uri,
    tools,
    async () => {
      const response = await reach(() => tools.fetch(uri, { headers: { accept: "application/json" } }));
      const body: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
      if (!isKeySet(body)) throw new UpstreamError("malformed", "the provider's key set could not be read");
      return body;
    },
    { maxAge },
  );
}

/** Calls out; everything that keeps an answer from coming is `unreachable`. */
export async function reach(request: () => Promise<Response>): Promise<Response> {
  try {
    return await request();
  } catch (error) {
    throw new UpstreamError("unreachable", "the provider did not answer", { cause: error });
  }
}

interface Remembering<T> {
  /** Seconds; less than usual where the caller misses something in it. */
  readonly maxAge?: number;
  /** A copy that somebody else read. */
  readonly spare?: () => Promise<Copy<T> | undefined>;
}

/**
 * A memory of the isolate for documents of one kind, by address. Values only, never promises: a request must not wait for
 * the input and output of another, which may be cut off.
 * @param freshFor seconds from when it was read
 */
export function remembered<T>(freshFor: (value: T, read_at: number) => number = () => FRESH) {
  const memory = new Bounded<Remembered<T>>(REMEMBERED);
  // Of this kind only: an address is many things, and what is no metadata may be somebody's key set.
  const failures = new Bounded<{ readonly error: unknown; readonly at: number }>(REMEMBERED);
  return async function remember(
    name: string,
    tools: Pick<Tools, "now">,
    load: () => Promise<T>,
    { maxAge, spare }: Remembering<T> = {},
  ): Promise<T> {
    const known = memory.get(name);
    const now = tools.now();
    if (known && now - known.tried_at < (maxAge ?? freshFor(known.value, known.at))) return known.value;
    const failure = failures.get(name);
    if (failure && now - failure.at < AFTER_FAILURE) throw failure.error;
    const read = await load().then(
      (value) => ({ value, at: tools.now() }),
      async (error: unknown) => {
        failures.set(name, { error, at: tools.now() });
        // What was true a while ago beats no sign-in at all. Counted from when it was read: whoever keeps us from the
        // provider must not keep a key in use that it withdrew.
        const [latest] = [known, await spare?.()]
          .filter((copy) => copy !== undefined)
          .filter(({ at }) => now - at < STALE)
          .toSorted((a, b) => b.at - a.at);
        if (!latest) throw error;
        return latest;
      },
    );
    memory.set(name, { value: read.value, at: read.at, tried_at: tools.now() });
    return read.value;
  };
}
