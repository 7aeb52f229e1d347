/**
 * An RSA key takes a tenth of a second and more, every workspace has two, and making them is the runtime's work and not
 * ours. So a number of them is made, and then each is given out again, the one that rested longest first.
 */
const ENOUGH = 16;

type Generate = typeof crypto.subtle.generateKey;
type Arguments = Parameters<Generate>;
type Made = Promise<CryptoKey | CryptoKeyPair>;

const rings = new Map<string, Made[]>();
const known = Symbol.for("vestibule.few-keys");

/** Once for all test files: they share an isolate. */
export function giveKeysAgain(subtle: SubtleCrypto & { [known]?: true }): void {
  if (subtle[known]) return;
  const generate = subtle.generateKey.bind(subtle) as (...given: Arguments) => Made;
  const again = (...given: Arguments): Made => {
    const ring = ringOf(given);
    if (!ring) return generate(...given);
    const key = ring.length < ENOUGH ? generate(...given) : ring.shift()!;
    ring.push(key);
    return key;
  };
  Object.assign(subtle, { generateKey: again, [known]: true });
}

/** Of keys that may stand for one another; other kinds are made in no time. */
function ringOf(given: Arguments): Made[] | undefined {
  const [algorithm] = given;
  if (typeof algorithm === "string" || !algorithm.name.startsWith("RSA")) return undefined;
  const name = JSON.stringify(given);
  const ring = rings.get(name) ?? [];
  rings.set(name, ring);
  return ring;
}
