/** The person is back from the provider: opens or renews the session and decides about the grant. */
import type { ScriptExecuted } from "../../audit/event.ts";
import { PORTAL } from "../../config/portal.ts";
import type { Sealed } from "../../crypto/seal.ts";
import type { JsonObject, Seconds, Visitor } from "../../flow.ts";
import type { AskingSince } from "../../oauth/consent.ts";
import { clock, NEVER } from "../rows.ts";
import { decide, type Decision } from "./grant.ts";
import type { About } from "./about.ts";
import { keepLineage, type Kept } from "./lineage.ts";
import type { Person } from "./person.ts";
import type { ContextRow, GrantRequest, PersonRow, Present } from "./rows.ts";
import { keepSession, type SessionLimits } from "./session.ts";

export interface SignIn {
  readonly about: About;
  /** With the browser's session of this person, or a new one. */
  readonly present: Omit<Present, "signed_in_at">;
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
  readonly request: GrantRequest;
  readonly asking: AskingSince;
}
type Seen = Pick<PersonRow, "connection" | "issuer" | "email_hash" | "login_hash">;

/** Seconds between two updates of "last seen". */
const SEEN_EVERY = 86_400;

export function signIn(person: Person, arrival: SignIn): Decision {
  const { about, present, visitor, limits, cache, request } = arrival;
  const { session, connection, authentication } = present;
  const { rows } = person;
  const signed_in_at = clock();
  const before = rows.get("session", session);
  const clients = before?.clients ?? [];
  const { at_provider } = arrival;
  keepSession(
    person,
    session,
    { connection, signed_in_at, visitor, clients, ...(at_provider !== undefined && { at_provider }) },
    limits,
  );
  if (cache) {
    const { for: duration, ...made } = cache;
    rows.put("context", session, { authentication, ...made }, signed_in_at + duration);
  } else rows.delete("context", session);
  keepLineage(person, session, { at: signed_in_at, connection }, arrival.lineage, before !== undefined);
  for (const event of arrival.executed ?? []) person.record(about, event);
  const { left_out } = arrival;
  const told = left_out.length > 0 ? { left_out } : {};
  person.record(about, { type: "sign_in", connection, session, client_id: request.client_id, ...told });
  meet(person, about, arrival.person, request.client_id);
  return decide(person, about, { ...present, signed_in_at }, request, arrival.asking);
}

/** Tells the directory what is new about the person, at most once a day where only time has passed. */
function meet(person: Person, about: About, seen: Seen, client_id: string): void {
  const known = person.rows.get("person", "self");
  const now = clock();
  const isKnown = client_id === PORTAL || known?.clients.includes(client_id);
  const clients = isKnown ? (known?.clients ?? []) : [...(known?.clients ?? []), client_id];
  const news =
    !known ||
    known.last_seen + SEEN_EVERY <= now ||
    !isKnown ||
    known.email_hash !== seen.email_hash ||
    known.login_hash !== seen.login_hash;
  if (!news) return;
  const row: PersonRow = { ...seen, first_seen: known?.first_seen ?? now, last_seen: now, clients };
  person.rows.put("person", "self", row, NEVER);
  person.outbox.send({ to: "directory", workspace: about.workspace, subject: about.subject, person: row });
}
