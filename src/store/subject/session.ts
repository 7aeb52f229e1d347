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
  const row = liveSession(person, id, limits);
  if (row) keepSession(person, id, row, limits);
  return row;
}

/** A session that has not ended. */
export function liveSession(
  { rows }: Person,
  id: string | undefined,
  limits: SessionLimits,
): SessionRow | undefined {
  const row = id === undefined ? undefined : rows.get("session", id);
  return row && !isOver(row, limits) ? row : undefined;
}

/** Limits that were lowered hold for sessions that were there before. */
function isOver({ signed_in_at, used_at }: SessionRow, { session_for, idle_for }: SessionLimits): boolean {
  return Math.min(signed_in_at + session_for, used_at + idle_for) <= clock();
}

/** Sessions that stay when there are twice as many: browsers of one person, and not what a program leaves every minute. */
const MOST = 100;

/** Those that would end first end now: nothing that is looked through in one go may grow without end. */
export function makeRoom(person: Person, about: About, session: string): void {
  if (person.rows.count("session") <= 2 * MOST) return;
  const others = person.rows.newest("session").filter((id) => id !== session);
  endSessions(person, about, others.slice(MOST - 1));
}

/** Ends a session, its cached context, and the grants that were to last no longer. @returns whether it was there */
export function endSession(person: Person, about: About, id: string): boolean {
  return endSessions(person, about, [id]) > 0;
}

/** The same for many at once: other rows are looked through once, and not once for each. @returns how many were there */
export function endSessions(person: Person, about: About, ids: readonly string[]): number {
  const { rows } = person;
  const ended = new Set<string>();
  for (const id of ids) {
    const session = rows.get("session", id);
    if (!session) continue;
    ended.add(id);
    rows.delete("session", id);
    sendLogouts(person, about, id, session.clients);
    rows.delete("context", id);
    person.record(about, { type: "signed_out", session: id });
  }
  if (ended.size === 0) return 0;
  for (const { id, value } of rows.list("login"))
    if (ended.has(value.present.session)) rows.delete("login", id);
  for (const { id, value } of rows.list("grant"))
    if (ended.has(value.session) && value.offline_for === 0) rows.delete("grant", id);
  return ended.size;
}
