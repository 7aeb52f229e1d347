/** Key sets (RFC 7517) and the finder of one: keys are imported once for each set that the isolate holds, not once for each token. */
import { createLocalJWKSet, type JSONWebKeySet } from "jose";

type Finder = ReturnType<typeof createLocalJWKSet>;

const finders = new WeakMap<JSONWebKeySet, Finder>();

/** What was fetched as one: whether its keys are keys is found when one is looked for. */
export function isKeySet(body: unknown): body is JSONWebKeySet {
  return typeof body === "object" && body !== null && "keys" in body && Array.isArray(body.keys);
}

/** @throws JWKSInvalid for what is no key set; the finder throws JWKSNoMatchingKey for a token of none of its keys */
export function keySet(keys: JSONWebKeySet): Finder {
  const known = finders.get(keys);
  if (known) return known;
  const made = createLocalJWKSet(keys);
  finders.set(keys, made);
  return made;
}
