/** Facts → claims of one token, as configured (OpenID Connect Core §5.4 and §5.5). */
import type { Claim } from "../config/claim.ts";
import type { RequestedClaims } from "../config/requested-claims.ts";
import { RESERVED_CLAIMS } from "../config/reserved-claims.ts";
import { bytesOf } from "../config/measure.ts";
import { putAt } from "../config/path.ts";
import { someStandFor } from "../oauth/dynamic-scope.ts";
import type { Attribute, Json, JsonObject } from "../flow.ts";
import type { Absent } from "../lineage.ts";
import { type Facts, parsed, valueOf } from "./facts.ts";

/** Where claims go. Userinfo has those of the ID token, introspection those of the access token. */
export type Destination = "id_token" | "access_token" | "userinfo" | "introspection";

export interface Asked {
  readonly to: Destination;
  /** Granted. */
  readonly scope: readonly string[];
  readonly requested?: RequestedClaims | undefined;
}

export interface Released {
  readonly claim: Claim;
  readonly attribute: Attribute;
}

/** Which claims the granted scopes release, with their values and where those came from. */
export function released(claims: readonly Claim[], asked: Asked, facts: Facts): Released[] {
  const type = TYPE[asked.to];
  const given: Released[] = [];
  for (const claim of claims) {
    if (claim.type !== type || withheld(claim, asked)) continue;
    const attribute = valueOf(claim, facts);
    if (attribute && !isOther(claim, asked, attribute.value)) given.push({ claim, attribute });
  }
  return given;
}

/** Claims without which there must be no token, where the granted scopes release them. */
export function needed(claims: readonly Claim[], asked: Asked): Claim[] {
  const type = TYPE[asked.to];
  return claims.filter((claim) => claim.required && claim.type === type && !isHeldBack(claim, asked));
}

/** Those of them that have no value. */
export function lacking(claims: readonly Claim[], asked: Asked, facts: Facts): Claim[] {
  return needed(claims, asked).filter((claim) => valueOf(claim, facts) === undefined);
}

export const TYPE: Record<Destination, Claim["type"]> = {
  id_token: "id_token",
  userinfo: "id_token",
  access_token: "access_token",
  introspection: "access_token",
};

/** Why a claim does not go there whatever its value, or nothing. */
export function withheld(
  claim: Pick<Claim, "name" | "type" | "scopes" | "opaque">,
  asked: Asked,
): Absent | undefined {
  const held = isHeldBack(claim, asked);
  if (held) return held;
  return claim.opaque && (asked.to === "id_token" || asked.to === "access_token") ? "opaque" : undefined;
}

function isHeldBack({ name, scopes }: Pick<Claim, "name" | "scopes">, asked: Asked): Absent | undefined {
  if (scopes.length === 0) return undefined;
  const granted = asked.scope.filter((scope) => someStandFor(scopes, scope));
  if (granted.length === 0) return "scope_not_granted";
  const { implied = [] } = asked.requested ?? {};
  if (granted.some((scope) => !implied.includes(scope))) return undefined;
  return requestedHere(name, asked) ? undefined : "not_asked_for";
}

/** §5.5.1 `value` and `values`: another value is as good as none. */
function isOther({ name }: Claim, asked: Asked, value: Json): boolean {
  const { values } = requestedHere(name, asked) ?? {};
  return values !== undefined && !values.includes(JSON.stringify(value));
}

function requestedHere(name: string, { to, requested }: Asked) {
  const here = to === "id_token" ? requested?.id_token : to === "userinfo" ? requested?.userinfo : undefined;
  const top = parsed(name)[0] ?? name;
  return here && Object.hasOwn(here, top) ? here[top] : undefined;
}

export interface Written {
  readonly claims: JsonObject;
  /** What there was no room for. */
  readonly left_out: readonly Claim[];
}

/** @param room bytes; a claim that does not fit is left out whole, never cut (design §5.11) */
export function asClaims(releasedClaims: readonly Released[], room = Infinity): Written {
  // Checked when it was configured as well; a record from elsewhere must not name a protocol claim either.
  const free = releasedClaims.filter(({ claim }) => !RESERVED_CLAIMS.has(parsed(claim.name)[0] ?? ""));
  const claims = written(free);
  // Nearly always all of them fit, and none has to be measured alone. As one, they have two braces more and a comma less.
  if (room === Infinity || bytesOf(JSON.stringify(claims)) - 1 <= room) return { claims, left_out: [] };
  const [fitting, left_out]: [Released[], Claim[]] = [[], []];
  let left = room;
  for (const one of free) {
    const size = bytesOf(one.claim.name) + bytesOf(JSON.stringify(one.attribute.value)) + 4;
    if (size > left) left_out.push(one.claim);
    else {
      left -= size;
      fitting.push(one);
    }
  }
  return { claims: written(fitting), left_out };
}

function written(releasedClaims: readonly Released[]): JsonObject {
  const claims: JsonObject = {};
  for (const { claim, attribute } of releasedClaims) putAt(claims, parsed(claim.name), attribute.value);
  return claims;
}
