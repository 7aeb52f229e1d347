/** Which scopes a person still has to decide about. */
import { scopeOf } from "./dynamic-scope.ts";

/** What a scope says about asking. */
export interface ScopeTerms {
  /** May be dynamic. */
  readonly name: string;
  /** Never asked. */
  readonly implicit_grant: boolean;
  /** Asked every time, and not remembered. */
  readonly transient: boolean;
  /** Seconds since 1970: what was agreed to before no longer counts. A record that is older than this member lacks it. */
  readonly not_before?: number;
}

/** What the client and the scopes say about asking. */
export interface Asking {
  /** The client is trusted: nothing is asked. */
  readonly trusted: boolean;
  /** Of every scope that is not simply asked once. */
  readonly scopes: readonly ScopeTerms[];
  /** `prompt=consent`: everything is asked again. */
  readonly again: boolean;
}

/** For whoever looks the earlier consents up: those from before this time (seconds since 1970) do not count. */
export interface AskingSince extends Asking {
  /** The client's `not_before`. */
  readonly since: number;
}

/**
 * Whether what was agreed to at this time still holds: nobody ended it, nor was the name deleted and given another meaning.
 * @param scopes at least those that ended something
 * @param at seconds since 1970
 */
export function scopeStands(
  scopes: readonly Pick<ScopeTerms, "name" | "not_before">[],
  name: string,
  at: number,
): boolean {
  return at >= (scopeOf(scopes, name)?.not_before ?? 0);
}

/** @param granted scopes that this person granted this client before, and did not withdraw */
export function undecided(
  requested: readonly string[],
  granted: readonly string[],
  { trusted, scopes, again }: Asking,
): string[] {
  if (trusted && !again) return [];
  return requested.filter((scope) => {
    const terms = scopeOf(scopes, scope);
    if (terms?.implicit_grant) return false;
    return again || terms?.transient || !granted.includes(scope);
  });
}

/**
 * Scopes whose grant is to be remembered.
 * @param implied scopes of which only single claims were asked for: no more was shown, so no more was agreed to than these
 */
export function lasting(
  scope: readonly string[],
  { scopes }: Pick<Asking, "scopes">,
  implied: readonly string[] = [],
): string[] {
  return scope.filter((name) => !implied.includes(name) && !scopeOf(scopes, name)?.transient);
}

/** Whether a grant may still be used: what it rests on was not withdrawn. What is not remembered was asked for it alone. */
export function consentStands(
  scope: readonly string[],
  granted: readonly string[],
  asking: Asking,
  implied?: readonly string[],
): boolean {
  return undecided(lasting(scope, asking, implied), granted, { ...asking, again: false }).length === 0;
}
