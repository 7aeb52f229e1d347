/** Ends what a person allowed: one grant, all of a client, or everything. */
import type { About, Person } from "./person.ts";

/** Withdraws a client's scopes and ends its grants with all their tokens. @returns whether there was anything */
export function withdraw(person: Person, about: About, client_id: string): boolean {
  const { rows } = person;
  const grants = rows.list("grant").filter(({ value }) => value.client_id === client_id);
  const known = rows.get("consent", client_id) !== undefined;
  if (!known && grants.length === 0) return false;
  rows.delete("consent", client_id);
  for (const { id, value } of rows.list("login"))
    if (value.request.client_id === client_id) rows.delete("login", id);
  for (const { id } of grants) rows.delete("grant", id);
  person.record(about, { type: "consent_withdrawn", client_id, grants: grants.length });
  return true;
}

/** Ends one grant. @returns whether it was there */
export function endGrant(person: Person, about: About, id: string): boolean {
  const grant = person.rows.get("grant", id);
  if (!grant) return false;
  person.rows.delete("grant", id);
  person.record(about, { type: "grant_ended", grant: id, client_id: grant.client_id });
  return true;
}

/** Forgets the person: sessions, grants, consents, the directory row. Events stay; they name a subject only. */
export function erase(person: Person, about: About): void {
  person.rows.clear("session", "grant", "consent", "login", "person", "revoked");
  person.record(about, { type: "erased" });
  person.send({ to: "directory", workspace: about.workspace, subject: about.subject });
}
