/**
 * What `not_before` is set to, for what ends now: what was made within this second is meant, too, so that it is from the next one on.
 * @returns seconds since 1970
 */
export function fromNow(): number {
  return Math.floor(Date.now() / 1_000) + 1;
}
