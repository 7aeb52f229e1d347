/** A linked identity is a subject of its own again, and what came by it ends. */
import type { About } from "./about.ts";
import { tellDirectory } from "./listed.ts";
import type { Person } from "./person.ts";
import { clock } from "../rows.ts";
import { endSessions } from "./session.ts";

/** Seconds that a proof counts, at least: until then it could be brought again. */
const PROOF = 3_600;

/**
 * Whoever got in by it is out at once: its sessions, and its grants with their refresh tokens. What the person did by
 * another way stays.
 * @returns whether it was there
 */
export function unlink(person: Person, about: About, connection: string, reason?: string): boolean {
  const { rows } = person;
  const row = rows.get("identity", connection);
  if (!row) return false;
  const { link, subject: identity } = row;
  rows.delete("identity", connection);
  rows.put("spent", link, true, clock() + PROOF);
  const through = rows.list("session").filter(({ value }) => value.through?.link === link);
  endSessions(
    person,
    about,
    through.map(({ id }) => id),
  );
  for (const { id, value } of rows.list("login"))
    if (value.present.through?.link === link) rows.delete("login", id);
  for (const { id, value } of rows.list("grant")) if (value.through?.link === link) rows.delete("grant", id);
  for (const { id, value } of rows.list("app")) if (value.link === link) rows.delete("app", id);
  person.record(about, {
    type: "identity_unlinked",
    connection,
    identity,
    ...(reason !== undefined && { reason }),
  });
  person.outbox.send({ to: "subject", about: { ...about, subject: identity }, link, says: "released" });
  tellDirectory(person, about);
  return true;
}

/** The pointer goes, and with it the whole object. May come late, when there is another link. */
export function release({ rows }: Person, link: string): void {
  if (rows.get("pointer", "self")?.link === link) rows.delete("pointer", "self");
}
