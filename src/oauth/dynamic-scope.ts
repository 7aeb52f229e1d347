/** Dynamic scopes: `accounts.read.*` stands for `accounts.read.` and whatever one request names there. */
import { SCOPE_TOKEN } from "../config/ids.ts";

/** A `*` is the last part of a name, or no part of it. */
export function isDynamic(name: string): boolean {
  return name.endsWith(".*");
}

/**
 * Whether a configured name is this scope, or stands for it. A request cannot name a `*` itself: it would be all of them. Nor
 * what is no scope-token: to an API that splits at any white space a line break in it is where another scope begins.
 */
function standsFor(configured: string, name: string): boolean {
  if (!isDynamic(configured)) return configured === name;
  const prefix = configured.slice(0, -1);
  return (
    name.startsWith(prefix) && name.length > prefix.length && !name.includes("*") && SCOPE_TOKEN.test(name)
  );
}

/** Whether one of the configured names does. */
export function someStandFor(configured: readonly string[], name: string): boolean {
  return configured.some((one) => standsFor(one, name));
}

/** Whether a client that has these scopes has this one: it was given what governs the name, or the very name. */
export function isAssigned(
  assigned: readonly string[],
  scopes: readonly { readonly name: string }[],
  name: string,
): boolean {
  const governing = scopeOf(scopes, name);
  return governing !== undefined && (assigned.includes(governing.name) || assigned.includes(name));
}

/** What is configured about a scope: under its own name, or under the longest name that stands for it. */
export function scopeOf<S extends { readonly name: string }>(
  scopes: readonly S[],
  name: string,
): S | undefined {
  const standing = scopes.filter((scope) => standsFor(scope.name, name));
  return (
    standing.find((scope) => scope.name === name) ??
    standing.toSorted((a, b) => b.name.length - a.name.length)[0]
  );
}
