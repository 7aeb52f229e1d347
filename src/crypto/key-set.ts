/** A key set's finder (RFC 7517): keys are imported once for each set that the isolate holds, not once for each token. */
import { createLocalJWKSet, type JSONWebKeySet } from "jose";

type Finder = ReturnType<typeof createLocalJWKSet>;

const finders = new WeakMap<JSONWebKeySet, Finder>();

/** @throws JWKSInvalid for what is no key set; the finder throws JWKSNoMatchingKey for a token of none of its keys */
export function keySet(keys: JSONWebKeySet): Finder {
  const known = finders.get(keys);
  if (known) return known;
  const made = createLocalJWKSet(keys);
  finders.set(keys, made);
  return made;
}
