/** RFC 6749 §3.3 — scope. */
import type { Client } from "../config/client.ts";
import { type Scope, STANDARD_SCOPES } from "../config/scope.ts";
import { isAssigned, scopeOf } from "./dynamic-scope.ts";
import { OAuthError } from "./error.ts";

export interface ScopeRules {
  readonly scopes: readonly Scope[];
}

/** What a workspace starts with is about a person, whom a client on its own does not have (RFC 6749 §4.4). */
const OF_PERSONS: ReadonlySet<string> = new Set(STANDARD_SCOPES.map(({ name }) => name));

/**
 * What an authorization request asks for.
 * Names that the workspace does not know are left out (OpenID Connect Core §3.1.2.1: "SHOULD be ignored"); names
 * that this client was not given are an error.
 */
export function requestedScope(params: URLSearchParams, client: Client, { scopes }: ScopeRules): string[] {
  const named = params.get("scope");
  const asked = named === null ? implied(client, scopes) : namesIn(named);
  const known = asked.filter((name) => scopeOf(scopes, name) !== undefined);
  assigned(known, client, scopes);
  // OpenID Connect Core §11: without the grant to use it, the scope means nothing.
  const useful = known.filter(
    (name) => name !== "offline_access" || client.grant_types.includes("refresh_token"),
  );
  if (useful.length === 0)
    throw new OAuthError("invalid_scope", "scope names nothing that can be granted here");
  return useful;
}

/** Scopes that are requested by default, of those that the client has (RFC 6749 §3.3). */
function implied(client: Client, scopes: readonly Scope[]): string[] {
  return scopes
    .filter((scope) => scope.implicit && client.scope.includes(scope.name))
    .map((scope) => scope.name);
}

/** What a client asks for itself; by default all it has that is not about persons. */
export function clientScope(named: string | null, client: Client, { scopes }: ScopeRules): string[] {
  const exists = (name: string) => scopeOf(scopes, name) !== undefined;
  if (named === null) return client.scope.filter((name) => exists(name) && !OF_PERSONS.has(name));
  const asked = namesIn(named);
  if (!asked.every(exists))
    throw new OAuthError("invalid_scope", "scope names something that does not exist here");
  assigned(asked, client, scopes);
  if (asked.some((name) => OF_PERSONS.has(name)))
    throw new OAuthError("invalid_scope", "scope names something that only a person can grant");
  return asked;
}

/** OpenID Connect Core §11: what every refresh token rests on. A client that has it no more refreshes nothing, until it has it again. */
export function mayRefresh(client: Client, { scopes }: ScopeRules): boolean {
  return client.grant_types.includes("refresh_token") && isAssigned(client.scope, scopes, "offline_access");
}

function assigned(names: readonly string[], client: Client, scopes: ScopeRules["scopes"]): void {
  if (!names.every((name) => isAssigned(client.scope, scopes, name)))
    throw new OAuthError("invalid_scope", "scope names something that this client may not ask for");
}

/** The names in a `scope` parameter, each once. */
export function namesIn(text: string): string[] {
  return [...new Set(text.split(" ").filter(Boolean))];
}
