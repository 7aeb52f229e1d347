/** Logout tokens on their way to the apps of sessions that ended: again after a while, and then an event. */
import { randomId } from "../../crypto/handle.ts";
import { clock } from "../rows.ts";
import type { About } from "./about.ts";
import type { Person } from "./person.ts";
import { tellClient } from "./tell-client.ts";

/** Seconds until the next try after so many that failed. */
const DELAYS = [10, 60, 600, 3_600];
/** Seconds that a row is kept: the delays and their tries, with room for an object that was asleep. */
const PATIENCE = 86_400;

/** In the same transaction as the end of the session: no app is forgotten, whatever happens next. */
export function sendLogouts(
  { rows }: Person,
  about: About,
  session: string,
  clients: readonly string[],
): void {
  for (const client_id of clients) {
    const row = { about, session, client_id, failed: 0, next: clock() };
    rows.put("logout", randomId(), row, clock() + PATIENCE);
  }
  if (clients.length > 0) rows.wake(clock());
}

/** Requests of one alarm: the platform allows a thousand, and what it refuses would count as tries. */
const MOST = 50;

/** Those that are due, many at once: a slow app must not keep the others waiting. May run twice. */
export async function deliverLogouts(env: Cloudflare.Env, person: Person): Promise<void> {
  const due = person.rows
    .list("logout")
    .filter(({ value }) => value.next <= clock())
    .toSorted((a, b) => a.value.next - b.value.next)
    .slice(0, MOST);
  await Promise.all(
    due.map(async ({ id, value }) => {
      try {
        await tellClient(env, value);
        person.rows.delete("logout", id);
      } catch (error) {
        postpone(person, id, error instanceof Error ? error.message : "unknown");
      }
    }),
  );
}

/** When the next one is due; undefined where none waits. */
export function nextLogout({ rows }: Person): number | undefined {
  const waiting = rows.list("logout").map(({ value }) => value.next);
  return waiting.length > 0 ? Math.min(...waiting) : undefined;
}

function postpone(person: Person, id: string, reason: string): void {
  const row = person.rows.get("logout", id);
  if (!row) return;
  const delay = DELAYS[row.failed];
  if (delay !== undefined) {
    person.rows.update("logout", id, { ...row, failed: row.failed + 1, next: clock() + delay });
    return;
  }
  person.rows.delete("logout", id);
  const { about, client_id, session } = row;
  person.record(about, { type: "logout_undelivered", client_id, session, reason });
}
