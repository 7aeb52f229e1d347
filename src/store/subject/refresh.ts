/**
 * RFC 9700 §4.14.2: rotation. Generation n gives n+1; n again at once, while n+1 is unused, gives the same n+1;
 * any other past generation is reuse and ends the grant.
 */
import { type LinkingRule, stands } from "../../config/linking-rule.ts";
import type { Seconds } from "../../flow.ts";
import { type AskingSince, consentStands, scopeStands } from "../../oauth/consent.ts";
import { clock } from "../rows.ts";
import type { About } from "./about.ts";
import type { Person } from "./person.ts";
import type { GrantRow } from "./rows.ts";

/** What a refresh asks for; empty for all that was granted. */
export interface Wanted {
  readonly client_id: string;
  readonly scope: readonly string[];
  readonly resource: readonly string[];
  /** APIs that exist today. */
  readonly apis: readonly string[];
  /** Today's settings: how long a family may live, and a token of it. */
  readonly refresh_lifetime: Seconds;
  readonly tokens_for: Seconds;
  readonly asking: AskingSince;
  readonly floors: Floors;
}

/** Grants from before these times are void (design §4); Infinity for what is switched off. */
export interface Floors {
  readonly everywhere: Seconds;
  /** By connection, where there is one. */
  readonly connections: Readonly<Record<string, Seconds>>;
  /** What may still be linked; nothing, where it is not said. */
  readonly rules?: readonly LinkingRule[];
}

export type Refreshed =
  | { readonly as: "refreshed"; readonly grant: GrantRow }
  | { readonly as: "refused"; readonly reason: RefreshRefusal };
export type RefreshRefusal = "gone" | "client" | "ended" | "scope" | "target" | "void" | "consent" | "reused";

/** Seconds in which a refresh that got no answer may be sent again. */
export const RETRY_WINDOW = 10;

export function refresh(
  person: Person,
  about: About,
  id: string,
  generation: number,
  wanted: Wanted,
): Refreshed {
  const grant = person.rows.get("grant", id);
  const now = clock();
  // A code that was not presented yet, and a grant without offline access, have no generation.
  if (!grant || grant.generation === 0) return { as: "refused", reason: "gone" };
  const { client_id } = grant;
  if (client_id !== wanted.client_id) return { as: "refused", reason: "client" };
  const repeated = isRepeated(grant, generation, now);
  if (generation !== grant.generation && !repeated) {
    person.rows.delete("grant", id);
    person.record(about, { type: "refresh_reused", grant: id, client_id, generation });
    return { as: "refused", reason: "reused" };
  }
  const reason = refusal(grant, person.granted(client_id, wanted.asking), wanted, now);
  if (reason) return { as: "refused", reason };
  if (repeated) return { as: "refreshed", grant };
  const next: GrantRow = { ...grant, generation: generation + 1, rotated_at: now };
  person.rows.put(
    "grant",
    id,
    next,
    grant.created_at + grant.offline_for + Math.max(grant.tokens_for, wanted.tokens_for),
  );
  person.record(about, { type: "refreshed", grant: id, client_id, generation: next.generation });
  return { as: "refreshed", grant: next };
}

function isRepeated(
  { generation: expected, rotated_at }: GrantRow,
  presented: number,
  now: Seconds,
): boolean {
  return presented === expected - 1 && now - rotated_at <= RETRY_WINDOW;
}

/** Reasons that leave the token as it is: nothing was gained by asking. */
function refusal(
  grant: GrantRow,
  granted: string[],
  wanted: Wanted,
  now: Seconds,
): RefreshRefusal | undefined {
  if (grant.created_at + Math.min(grant.offline_for, wanted.refresh_lifetime) <= now) return "ended";
  const { everywhere, connections, rules } = wanted.floors;
  const floor = Object.hasOwn(connections, grant.connection) ? connections[grant.connection] : 0;
  if (grant.signed_in_at < Math.max(everywhere, floor ?? 0) || !stands(grant, rules)) return "void";
  const { scopes } = wanted.asking;
  if (!grant.scope.every((name) => scopeStands(scopes, name, grant.created_at))) return "void";
  if (!wanted.scope.every((name) => grant.scope.includes(name))) return "scope";
  const resource = wanted.resource.length > 0 ? wanted.resource : grant.resource;
  if (!resource.every((name) => grant.resource.includes(name) && wanted.apis.includes(name))) return "target";
  const isAllowed = consentStands(grant.scope, granted, wanted.asking, grant.claims?.implied);
  return isAllowed ? undefined : "consent";
}
