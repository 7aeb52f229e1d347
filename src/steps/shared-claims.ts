/** What agreeing would share: the very values, by the scope that releases them, cut for the page. */
import type { Claim } from "../config/claim.ts";
import type { RequestedClaims } from "../config/requested-claims.ts";
import type { AuthenticationContext, Json, SharedClaims } from "../flow.ts";
import { type Asked, released } from "../tokens/claims.ts";
import type { Facts } from "../tokens/facts.ts";

/** Characters of a value that are shown. */
const LONGEST = 80;

export function sharedClaims(
  claims: readonly Claim[],
  asked: readonly string[],
  context: AuthenticationContext,
  requested?: RequestedClaims,
): SharedClaims {
  // The records of the app and of the workspace are nothing of the person's.
  const facts = { context, protocol: {} };
  const always = claims.filter(({ scopes }) => scopes.length === 0);
  const scoped = claims.filter(({ scopes }) => scopes.length > 0);
  const wanted = whateverValue(requested);
  const groups = [
    ["", shown(always, { scope: [], requested: wanted }, facts)] as const,
    ...asked.map((scope) => [scope, shown(scoped, { scope: [scope], requested: wanted }, facts)] as const),
  ];
  return Object.fromEntries(groups.filter(([, values]) => values.length > 0));
}

/** A scope that was agreed to gives its claims to later requests, too: one that takes a certain value only hides none of them. */
function whateverValue(requested: RequestedClaims | undefined): RequestedClaims | undefined {
  const any = (named: RequestedClaims["id_token"]) =>
    Object.fromEntries(Object.keys(named).map((name) => [name, {}]));
  return requested && { ...requested, id_token: any(requested.id_token), userinfo: any(requested.userinfo) };
}

/** Each claim once, whichever token it is for. */
function shown(claims: readonly Claim[], asked: Omit<Asked, "to">, facts: Facts) {
  const values = new Map<string, string | boolean>();
  for (const to of ["id_token", "userinfo", "introspection"] as const)
    for (const { claim, attribute } of released(claims, { to, ...asked }, facts)) {
      const { value } = attribute;
      // A word of the reader's language, which is not known here.
      const text = typeof value === "boolean" ? value : cut(written(value));
      values.set(claim.name, values.get(claim.name) ?? text);
    }
  return [...values];
}

function written(value: Json): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(written).join(", ");
  return JSON.stringify(value);
}

/** By code points, so that none is cut in half. */
function cut(text: string): string {
  const characters = Array.from(text);
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join("")}…` : text;
}
