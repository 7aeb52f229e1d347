/** The person is back from the provider: opens or renews the session and decides about the grant. */
import type { Seconds } from "../../flow.ts";
import type { AskingSince } from "../../oauth/consent.ts";
import { clock, NEVER } from "../rows.ts";
import { decide, type Decision, type Present } from "./grant.ts";
import type { About, Person } from "./person.ts";
import type { GrantRequest, PersonRow } from "./rows.ts";

export interface SignIn {
  readonly about: About;
  /** With the browser's session of this person, or a new one. */
  readonly present: Omit<Present, "signed_in_at">;
  readonly auth_time?: Seconds;
  readonly session_for: Seconds;
  readonly person: Seen;
  readonly request: GrantRequest;
  readonly asking: AskingSince;
}
type Seen = Pick<PersonRow, "connection" | "issuer" | "email_hash" | "login_hash">;

/** Seconds between two updates of "last seen". */
const SEEN_EVERY = 86_400;

export function signIn(person: Person, arrival: SignIn): Decision {
  const { about, present, auth_time, request } = arrival;
  const { session, connection, authentication } = present;
  const now = clock();
  const row = {
    connection,
    authentication,
    ...(auth_time !== undefined && { auth_time }),
    signed_in_at: now,
  };
  person.rows.put("session", session, row, now + arrival.session_for);
  person.record(about, { type: "sign_in", connection, session, client_id: request.client_id });
  meet(person, about, arrival.person, request.client_id);
  return decide(person, about, { ...present, signed_in_at: now }, request, arrival.asking);
}

/** Tells the directory what is new about the person, at most once a day where only time has passed. */
function meet(person: Person, about: About, seen: Seen, client_id: string): void {
  const known = person.rows.get("person", "self");
  const now = clock();
  const clients = known?.clients.includes(client_id) ? known.clients : [...(known?.clients ?? []), client_id];
  const news =
    !known ||
    known.last_seen + SEEN_EVERY <= now ||
    clients !== known.clients ||
    known.email_hash !== seen.email_hash ||
    known.login_hash !== seen.login_hash;
  if (!news) return;
  const row: PersonRow = { ...seen, first_seen: known?.first_seen ?? now, last_seen: now, clients };
  person.rows.put("person", "self", row, NEVER);
  person.send({ to: "directory", workspace: about.workspace, subject: about.subject, person: row });
}
