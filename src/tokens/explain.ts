/** Lineage → why each claim is where it is, and of every other one the first reason why not. */
import { RECORD_SOURCES } from "../config/claim.ts";
import type { Client } from "../config/client.ts";
import type { Absent, ClaimSeen, Lineage, Origin, Release } from "../lineage.ts";
import { TYPE, withheld } from "./claims.ts";

const TOKENS = ["id_token", "access_token", "userinfo"] as const;
type Token = (typeof TOKENS)[number];

/** A claim that a token has, with the way of its value in words. */
export interface Given {
  readonly name: string;
  readonly path: readonly string[];
}

export interface Explained extends Readonly<Record<Token, readonly Given[]>> {
  readonly absent: readonly { readonly token: Token; readonly name: string; readonly reason: Absent }[];
}

export function explain(lineage: Lineage, release: Release, client: Client | undefined): Explained {
  const judged = TOKENS.flatMap((token) =>
    lineage.claims
      .filter(({ type }) => type === TYPE[token])
      .map((claim) => ({ token, claim, reason: reasonOf(token, claim, lineage, release, client) })),
  );
  const given = (token: Token) =>
    judged
      .filter((one) => one.token === token && one.reason === undefined)
      .map(({ claim }) => ({ name: claim.name, path: pathOf(token, claim) }));
  return {
    id_token: given("id_token"),
    access_token: given("access_token"),
    userinfo: given("userinfo"),
    absent: judged.flatMap(({ token, claim, reason }) =>
      reason ? [{ token, name: claim.name, reason }] : [],
    ),
  };
}

function reasonOf(
  token: Token,
  claim: ClaimSeen,
  lineage: Lineage,
  { scope, requested, left_out }: Release,
  client: Client | undefined,
): Absent | undefined {
  const value = claim.source_type === "client" ? ofClient(claim, client) : claim.reason;
  return (
    withheld({ ...claim, opaque: false }, { to: token, scope, requested }) ??
    value ??
    withheld(claim, { to: token, scope, requested }) ??
    (token === "id_token" && !lineage.claims_in_id_token ? "not_in_id_tokens" : undefined) ??
    (left_out.includes(`${token}.${claim.name}`) ? "token_full" : undefined)
  );
}

/** Several clients share a sign-in, and each has a record of its own. */
function ofClient({ source_path }: ClaimSeen, client: Client | undefined): Absent | undefined {
  const names: readonly string[] = RECORD_SOURCES.client;
  const record: Readonly<Record<string, unknown>> = { ...client };
  return names.includes(source_path) && record[source_path] !== undefined ? undefined : "no_value";
}

function pathOf(token: Token, { name, source_type, source_path, origins }: ClaimSeen): string[] {
  const own = source_type === "authn_ctx" ? origins.map(place) : [];
  return [...own, `${source_type}.${source_path}`, `${token}.${name}`];
}

/** One step of a value's way, in a few words. */
function place(origin: Origin): string {
  switch (origin.from) {
    case "provider":
      return `${origin.connection}: ${origin.source}`;
    case "constant":
      return `${origin.connection}: constant`;
    case "conversion":
      return origin.as;
    case "script":
    case "app":
      return `${origin.from}: ${origin.name}`;
    case "protocol":
    case "client":
    case "workspace":
      return origin.from;
  }
}
