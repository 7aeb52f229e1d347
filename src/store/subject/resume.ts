/** A further request of a browser that is signed in, answered from the cached authentication context. */
import { type LinkingRule, stands } from "../../config/linking-rule.ts";
import type { Seconds } from "../../flow.ts";
import { undecided, type AskingSince } from "../../oauth/consent.ts";
import { clock } from "../rows.ts";
import { decide, type Decision } from "./grant.ts";
import type { About } from "./about.ts";
import type { Person } from "./person.ts";
import type { ContextRow, GrantRequest, SessionRow } from "./rows.ts";
import { type SessionLimits, useSession } from "./session.ts";

export interface Resumption {
  readonly about: About;
  readonly session: string;
  readonly connection: string;
  readonly limits: SessionLimits;
  /** Seconds since the sign-in that the cached context may be used. */
  readonly cached_for: Seconds;
  /** What of the connection would make it today. */
  readonly made_by: string;
  /** Paths that must have a value. */
  readonly needs?: readonly string[];
  readonly max_age?: Seconds;
  /** Sessions from before this time are void. */
  readonly not_before: Seconds;
  /** What may still be linked; nothing, where it is not said. */
  readonly rules?: readonly LinkingRule[];
  readonly request: GrantRequest;
  readonly asking: AskingSince;
  /** `prompt=none`: nothing may be asked. */
  readonly silent: boolean;
}

/** `login` says that the provider has to be asked. */
export type Resumed = Decision | { readonly as: "login" } | { readonly as: "consent_required" };

export function resume(person: Person, wanted: Resumption): Resumed {
  const { about, session, connection, request, asking } = wanted;
  const row = useSession(person, session, wanted.limits);
  const context = row && person.rows.get("context", session);
  if (!context || !isUsable(row, context, wanted, clock())) return { as: "login" };
  const silentlyAsked = wanted.silent
    ? undecided(request.scope, person.granted(request.client_id, asking), asking)
    : [];
  if (silentlyAsked.length > 0) return { as: "consent_required" };
  person.record(about, { type: "session_resumed", connection, session, client_id: request.client_id });
  const { authentication } = context;
  const { signed_in_at, through } = row;
  const present = { session, connection, authentication, signed_in_at, ...(through && { through }) };
  return decide(person, about, present, request, asking);
}

function isUsable(row: SessionRow, context: ContextRow, wanted: Resumption, now: Seconds): boolean {
  return (
    row.connection === wanted.connection &&
    context.made_by === wanted.made_by &&
    !wanted.needs?.some((path) => context.lacks?.includes(path)) &&
    row.signed_in_at + wanted.cached_for > now &&
    row.signed_in_at >= wanted.not_before &&
    stands(row, wanted.rules) &&
    (wanted.max_age === undefined || (context.auth_time ?? 0) + wanted.max_age >= now)
  );
}
