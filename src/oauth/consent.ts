/** Which scopes a person still has to decide about. */

/** What the client and the scopes say about asking. */
export interface Asking {
  /** The client is trusted: nothing is asked. */
  readonly trusted: boolean;
  /** Scopes that are never asked. */
  readonly free: readonly string[];
  /** Scopes that are asked every time. */
  readonly transient: readonly string[];
  /** `prompt=consent`: everything is asked again. */
  readonly again: boolean;
}

/** For whoever looks the earlier consents up: those from before this time (seconds since 1970) do not count. */
export interface AskingSince extends Asking {
  /** The client's `not_before`. */
  readonly since: number;
}

/** @param granted scopes that this person granted this client before, and did not withdraw */
export function undecided(
  requested: readonly string[],
  granted: readonly string[],
  asking: Asking,
): string[] {
  if (asking.trusted && !asking.again) return [];
  return requested.filter((scope) => {
    if (asking.free.includes(scope)) return false;
    return asking.again || asking.transient.includes(scope) || !granted.includes(scope);
  });
}

/** Whether a grant may still be used: what it rests on was not withdrawn. Transient scopes were asked for it alone. */
export function consentStands(scope: readonly string[], granted: readonly string[], asking: Asking): boolean {
  const remembered = scope.filter((name) => !asking.transient.includes(name));
  return undecided(remembered, granted, { ...asking, again: false }).length === 0;
}
