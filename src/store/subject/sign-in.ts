/** The person is back from the provider: opens or renews the session and decides about the grant. */
import type { ScriptExecuted } from "../../audit/event.ts";
import type { Yielded } from "../../audit/yielded.ts";
import { PORTAL } from "../../config/portal.ts";
import type { Sealed } from "../../crypto/seal.ts";
import type { JsonObject, Seconds, Visitor } from "../../flow.ts";
import type { AskingSince } from "../../oauth/consent.ts";
import { clock, NEVER } from "../rows.ts";
import { decide, type Decision } from "./grant.ts";
import type { About } from "./about.ts";
import { keepLineage, type Kept } from "./lineage.ts";
import type { Person } from "./person.ts";
import { tellDirectory } from "./listed.ts";
import type { ContextRow, GrantRequest, PersonRow, Present, Through } from "./rows.ts";
import { keepSession, liveSession, makeRoom, type SessionLimits } from "./session.ts";
import { type Arriving, type Elsewhere, whose } from "./whose.ts";

export interface SignIn {
  readonly about: About;
  readonly arriving: Arriving;
  /** With a new session, for a browser that has none of this person. */
  readonly present: Omit<Present, "signed_in_at" | "through">;
  /** The one that the browser has. */
  readonly before?: string;
  readonly auth_time?: Seconds;
  readonly visitor: Sealed<Visitor>;
  readonly at_provider?: Sealed<JsonObject>;
  readonly limits: SessionLimits;
  /** How long the context may answer further requests; absent where the connection does not cache. */
  readonly cache?: Omit<ContextRow, "authentication"> & { readonly for: Seconds };
  readonly person: Seen;
  /** Scripts that ran on the way. */
  readonly executed?: readonly ScriptExecuted[];
  readonly lineage: Kept;
  /** Values that could not be carried: `name: reason`, a few of them. */
  readonly left_out: readonly string[];
  readonly yielded?: Yielded;
  readonly request: GrantRequest;
  readonly asking: AskingSince;
}
type Seen = Pick<PersonRow, "connection" | "issuer" | "email_hash" | "login_hash">;

/** Seconds between two updates of "last seen". */
const SEEN_EVERY = 86_400;

/** A decision, and the session that the browser has from now on. */
export type Arrived = Decision & { readonly session: string };

export function signIn(person: Person, arrival: SignIn): Arrived | Elsewhere {
  const { about, visitor, limits, cache, request, auth_time } = arrival;
  const { connection, authentication } = arrival.present;
  const { rows } = person;
  const whom = whose(person, about, arrival.arriving);
  if (whom.as !== "here") return whom;
  const through = whom.through && { through: whom.through };
  const signed_in_at = clock();
  // One that ended never comes back under its old name: whoever else has its cookie would be signed in by this person.
  const before = liveSession(person, arrival.before, limits);
  const session = (before && arrival.before) ?? arrival.present.session;
  const clients = before?.clients ?? [];
  const { at_provider } = arrival;
  const seen = {
    connection,
    signed_in_at,
    ...(auth_time !== undefined && { auth_time }),
    ...through,
    ...(at_provider !== undefined && { at_provider }),
  };
  keepSession(person, session, { ...seen, visitor, clients }, limits);
  if (!before) makeRoom(person, about, session);
  if (cache) {
    const { for: duration, ...made } = cache;
    rows.put("context", session, { authentication, ...made }, signed_in_at + duration);
  } else if (before) rows.delete("context", session);
  keepLineage(person, session, { at: signed_in_at, connection }, arrival.lineage, before !== undefined);
  for (const event of arrival.executed ?? []) person.record(about, event);
  const { left_out, yielded } = arrival;
  const told = { ...(left_out.length > 0 && { left_out }), ...yielded };
  person.record(about, { type: "sign_in", connection, session, client_id: request.client_id, ...told });
  meet(person, about, arrival.person, request.client_id, whom.through);
  const present = { ...arrival.present, session, signed_in_at, ...through };
  return { ...decide(person, about, present, request, arrival.asking), session };
}

/** Tells the directory what is new about the person, at most once a day where only time has passed. */
function meet(
  person: Person,
  about: About,
  seen: Seen,
  client_id: string,
  through: Through | undefined,
): void {
  const { rows } = person;
  const known = rows.get("person", "self");
  const linked = through && rows.get("identity", seen.connection);
  const before = linked ?? known;
  const now = clock();
  const isKnown = client_id === PORTAL || known?.clients.includes(client_id);
  const clients = isKnown ? (known?.clients ?? []) : [...(known?.clients ?? []), client_id];
  const { email_hash, login_hash } = seen;
  const isSame = before?.email_hash === email_hash && before?.login_hash === login_hash;
  if (known && isKnown && isSame && known.last_seen + SEEN_EVERY > now) return;
  if (linked) {
    const { subject, link, linked_at, visitor, pending } = linked;
    const { connection, ...named } = seen;
    const kept = { subject, link, linked_at, visitor, ...(pending && { pending }) };
    rows.update("identity", connection, { ...kept, ...named });
  }
  const self = linked && known ? known : seen;
  rows.put(
    "person",
    "self",
    { ...self, first_seen: known?.first_seen ?? now, last_seen: now, clients },
    NEVER,
  );
  tellDirectory(person, about);
}
