/** Authentication context → claims of one token, as configured (OpenID Connect Core §5.4). */
import type { Claim } from "../config/claim.ts";
import { parsePath, valueAt } from "../config/path.ts";
import { RESERVED_CLAIMS } from "../config/reserved-claims.ts";
import { someStandFor } from "../oauth/dynamic-scope.ts";
import type { Attribute, AuthenticationContext, Json, JsonObject } from "../flow.ts";

export interface Released {
  readonly claim: Claim;
  readonly attribute: Attribute;
}

/** Which claims the granted scopes release, with their values and where those came from. */
export function released(
  claims: readonly Claim[],
  type: Claim["type"],
  scope: readonly string[],
  context: AuthenticationContext,
): Released[] {
  return claims.flatMap((claim) => {
    if (claim.type !== type) return [];
    if (claim.scopes.length > 0 && !scope.some((name) => someStandFor(claim.scopes, name))) return [];
    const attribute = contextValue(context, claim.source_path);
    return attribute ? [{ claim, attribute }] : [];
  });
}

/** @param room bytes; a claim that does not fit is left out whole, never cut (design §5.11) */
export function asClaims(releasedClaims: readonly Released[], room = Infinity): JsonObject {
  const claims: JsonObject = {};
  let left = room;
  for (const { claim, attribute } of releasedClaims) {
    const path = parsePath(claim.name);
    // Checked when it was configured as well; a record from elsewhere must not name a protocol claim either.
    if (RESERVED_CLAIMS.has(path[0] ?? "")) continue;
    const size = claim.name.length + new TextEncoder().encode(JSON.stringify(attribute.value)).length + 4;
    if (size > left) continue;
    left -= size;
    setAt(claims, path, attribute.value);
  }
  return claims;
}

function contextValue(context: AuthenticationContext, path: string): Attribute | undefined {
  if (Object.hasOwn(context, path)) return context[path];
  const names = parsePath(path);
  const whole = Object.hasOwn(context, names[0] ?? "") ? context[names[0] ?? ""] : undefined;
  const value = whole && valueAt(whole.value, names.slice(1));
  return whole && value !== undefined ? { value: value as Json, lineage: whole.lineage } : undefined;
}

function setAt(target: JsonObject, path: readonly string[], value: Json): void {
  const [name = "", ...rest] = path;
  if (name === "__proto__") return;
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const inner = Object.hasOwn(target, name) ? target[name] : undefined;
  // A copy: what is there may be the context's own object, and other tokens are made of it.
  const object = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? { ...inner } : {};
  target[name] = object;
  setAt(object, rest, value);
}
