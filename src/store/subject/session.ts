/** A session: bound to a cookie, limited from the last sign-in and from the last use. */
import type { Seconds } from "../../flow.ts";
import { clock } from "../rows.ts";
import type { About } from "./about.ts";
import { sendLogouts } from "./logouts.ts";
import type { Person } from "./person.ts";
import type { SessionRow } from "./rows.ts";

/** Today's settings of the workspace. */
export interface SessionLimits {
  /** Seconds since the person was at the provider. */
  readonly session_for: Seconds;
  /** Seconds without use. */
  readonly idle_for: Seconds;
}

/** Writes a session, or that it was used just now. */
export function keepSession(
  { rows }: Person,
  id: string,
  row: Omit<SessionRow, "used_at">,
  { session_for, idle_for }: SessionLimits,
): void {
  const now = clock();
  rows.put("session", id, { ...row, used_at: now }, Math.min(row.signed_in_at + session_for, now + idle_for));
}

/** The session of a browser, as it comes back. @returns undefined when it ended */
export function useSession(person: Person, id: string, limits: SessionLimits): SessionRow | undefined {
  const row = person.rows.get("session", id);
  if (!row || isOver(row, limits)) return undefined;
  keepSession(person, id, row, limits);
  return row;
}

/** Limits that were lowered hold for sessions that were there before. */
function isOver({ signed_in_at, used_at }: SessionRow, { session_for, idle_for }: SessionLimits): boolean {
  return Math.min(signed_in_at + session_for, used_at + idle_for) <= clock();
}

/** Ends a session, its cached context, and the grants that were to last no longer. @returns whether it was there */
export function endSession(person: Person, about: About, id: string): boolean {
  const { rows } = person;
  const session = rows.get("session", id);
  if (!session) return false;
  rows.delete("session", id);
  sendLogouts(person, about, id, session.clients);
  rows.delete("context", id);
  for (const login of rows.list("login"))
    if (login.value.present.session === id) rows.delete("login", login.id);
  for (const grant of rows.list("grant"))
    if (grant.value.session === id && grant.value.offline_for === 0) rows.delete("grant", grant.id);
  person.record(about, { type: "signed_out", session: id });
  return true;
}
