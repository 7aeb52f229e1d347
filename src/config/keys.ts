/** Signing keys of a workspace. What a key may do follows from its times, so no clock tick needs a write. */
import type { JWK } from "jose";
import type { Sealed } from "../crypto/seal.ts";
import type { Seconds } from "../flow.ts";
import type { SigningAlgorithm } from "./algorithms.ts";

export interface SigningKey {
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly public_jwk: JWK;
  readonly private_jwk: Sealed<JWK>;
  readonly created_at: Seconds;
  /** Signs from this time on; published before it, so that caches know it in time. */
  readonly use_from: Seconds;
  /** Taken out of use and out of the key set by an operator. Nothing it signed is accepted any more. */
  readonly revoked_at?: Seconds;
}

/** Seconds that a key set may be cached. */
export const JWKS_MAX_AGE = 3_600;
/** The next key is published this long before it signs. */
export const PUBLISHED_BEFORE = 86_400;
/** A key signs this long. */
const KEY_LIFETIME = 90 * 86_400;
/** Longest lifetime that a token may have (config/workspace.ts), and an hour for clocks and caches. */
const PUBLISHED_AFTER = 86_400 + 3_600;

type Keys = readonly SigningKey[];

/** The key that signs now: the newest whose time has come. */
export function signingKey(keys: Keys, alg: SigningAlgorithm, now: Seconds): SigningKey | undefined {
  return keys
    .filter((key) => key.alg === alg && key.revoked_at === undefined && key.use_from <= now)
    .reduce<SigningKey | undefined>(
      (newest, key) => (!newest || key.use_from >= newest.use_from ? key : newest),
      undefined,
    );
}

/** What the key set shows: keys to come, keys in use, and former keys while tokens of theirs live. */
export function publishedKeys(keys: Keys, now: Seconds): SigningKey[] {
  return keys.filter((key) => key.revoked_at === undefined && now < publishedUntil(keys, key));
}

/** Keys whose signature on a hint is believed: all that were not revoked (RP-Initiated Logout §4). */
export function hintKeys(keys: Keys): SigningKey[] {
  return keys.filter((key) => key.revoked_at === undefined);
}

/** When the alarm must make a key for this algorithm: now, or {@link PUBLISHED_BEFORE} the change. */
export function nextKeyDue(keys: Keys, alg: SigningAlgorithm): Seconds {
  const starts = keys
    .filter((key) => key.alg === alg && key.revoked_at === undefined)
    .map((key) => key.use_from);
  return starts.length === 0 ? 0 : Math.max(...starts) + KEY_LIFETIME - PUBLISHED_BEFORE;
}

/**
 * A key is former from the moment that another was made to follow it, even if that one was revoked since. One that was revoked
 * before it signed followed nobody: the tokens of today's key would outlive it.
 */
function publishedUntil(keys: Keys, { alg, use_from }: SigningKey): Seconds {
  const signed = ({ use_from: from, revoked_at = Infinity }: SigningKey) => revoked_at >= from;
  const followers = keys.filter((key) => key.alg === alg && key.use_from > use_from && signed(key));
  return followers.length === 0
    ? Infinity
    : Math.min(...followers.map((key) => key.use_from)) + PUBLISHED_AFTER;
}
