/** OpenID Connect Core §5.5 — the `claims` parameter: claims asked for one by one. */
import type { Claim } from "../config/claim.ts";
import type { Client } from "../config/client.ts";
import { isObject } from "../config/json.ts";
import { parsePath } from "../config/path.ts";
import type { Requested, RequestedClaims } from "../config/requested-claims.ts";
import type { JsonObject } from "../flow.ts";
import { OAuthError } from "./error.ts";

/** Characters of the parameter, and of one value in it: both travel in a cookie. */
const LONGEST = 2_000;

export interface ClaimsRules {
  readonly claims: readonly Claim[];
}

/** What the parameter asks of claims that the protocol sets, and of all others. */
export interface AskedClaims {
  readonly requested: RequestedClaims;
  /** §5.5.1: nobody else may be the answer. */
  readonly subject?: string;
  /** §5.5.1.1: essential, so another one fails the sign-in. */
  readonly acr?: readonly string[];
  /** §2: essential, so the ID token has to say it. */
  readonly auth_time?: true;
}

/**
 * A claim that a scope would release is released alone, if the client may ask for that scope and the person agrees to it.
 * @param scope that the request asks for anyway
 * @throws OAuthError `invalid_request`
 */
export function requestedClaims(
  text: string | null,
  client: Client,
  { claims }: ClaimsRules,
  scope: readonly string[],
): AskedClaims | undefined {
  if (text === null) return undefined;
  if (text.length > LONGEST)
    throw new OAuthError("invalid_request", `claims is longer than ${LONGEST} characters`);
  const asked = parse(text);
  const [userinfo, id_token] = [entries(asked["userinfo"]), entries(asked["id_token"])];
  const configured = claims.filter(({ type }) => type === "id_token");
  // Whatever this workspace does not have is ignored (§5.5), and takes no room on the way.
  const known = (named: Entries) =>
    [...named].filter(([name]) => configured.some((claim) => topOf(claim) === name));
  const requested = {
    userinfo: Object.fromEntries(known(userinfo).map(([name, wanted]) => [name, kept(wanted)])),
    id_token: Object.fromEntries(known(id_token).map(([name, wanted]) => [name, kept(wanted)])),
  };
  const names = new Set([...Object.keys(requested.userinfo), ...Object.keys(requested.id_token)]);
  const needed = configured
    .filter((claim) => names.has(topOf(claim)))
    .flatMap((claim) => scopeFor(claim, client, scope));
  return {
    requested: { ...requested, implied: [...new Set(needed)] },
    ...subjectOf(userinfo, id_token),
    ...acrOf(id_token),
    ...(id_token.get("auth_time")?.essential === true && { auth_time: true as const }),
  };
}

const topOf = ({ name }: Claim) => parsePath(name)[0] ?? name;

/** The scope that has to be granted for the claim beside those that are asked for. */
function scopeFor({ scopes }: Claim, client: Client, asked: readonly string[]): string[] {
  if (scopes.some((name) => asked.includes(name))) return [];
  return scopes.filter((name) => client.scope.includes(name)).slice(0, 1);
}

type Wanted = { readonly essential?: unknown; readonly value?: unknown; readonly values?: unknown } | null;
type Entries = ReadonlyMap<string, Wanted>;

function kept(wanted: Wanted): Requested {
  const values = valuesOf(wanted);
  return values ? { values: values.map((value) => JSON.stringify(value)) } : {};
}

function valuesOf(wanted: Wanted): unknown[] | undefined {
  if (wanted?.value !== undefined) return [wanted.value];
  return Array.isArray(wanted?.values) ? wanted.values : undefined;
}

function subjectOf(...all: readonly Entries[]): { subject?: string } {
  const subjects = new Set(all.flatMap((named) => valuesOf(named.get("sub") ?? null) ?? []));
  const [subject] = subjects;
  if (subject === undefined) return {};
  if (subjects.size > 1 || typeof subject !== "string")
    throw new OAuthError("invalid_request", "claims asks for more than one sub");
  return { subject };
}

function acrOf(named: Entries): { acr?: readonly string[] } {
  const wanted = named.get("acr") ?? null;
  const values = valuesOf(wanted)?.filter((value) => typeof value === "string");
  return wanted?.essential === true && values ? { acr: values } : {};
}

function parse(text: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(text);
    if (isObject(parsed)) return parsed;
  } catch {
    // Said below, like everything that is no object.
  }
  throw new OAuthError("invalid_request", "claims must be a JSON object");
}

function entries(section: unknown = {}): Entries {
  if (!isObject(section))
    throw new OAuthError("invalid_request", "claims must have objects for userinfo and id_token");
  return new Map(Object.entries(section).map(([name, wanted]) => [name, wantedOf(wanted)]));
}

function wantedOf(wanted: unknown): Wanted {
  if (wanted === null || isObject(wanted)) return wanted;
  throw new OAuthError("invalid_request", "claims must have null or an object for each claim");
}
