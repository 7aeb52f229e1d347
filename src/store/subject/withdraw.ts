/** Ends what a person allowed: one grant, all of a client, or everything. */
import type { Seconds } from "../../flow.ts";
import { clock } from "../rows.ts";
import type { About } from "./about.ts";
import { CODE_LIFETIME } from "./grant.ts";
import type { Person } from "./person.ts";
import { RETRY_WINDOW } from "./refresh.ts";
import type { GrantRow } from "./rows.ts";
import { endSessions } from "./session.ts";

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
  const until = Math.max(0, ...grants.map(({ value }) => readableUntil(value)));
  if (until > clock()) rows.put("withdrawn", client_id, { at: clock(), readable_until: until }, until);
  person.record(about, { type: "consent_withdrawn", client_id, grants: grants.length });
  return true;
}

/** Until when an app that reads a signed token itself, and does not ask us, can still use what it was given last. */
export function readableUntil({ code, created_at, rotated_at, tokens_for }: GrantRow): Seconds {
  // A code is redeemed while it lives; when exactly is not kept.
  return code === "fresh" ? 0 : Math.max(created_at + CODE_LIFETIME, rotated_at + RETRY_WINDOW) + tokens_for;
}

/** Ends one grant. @returns whether it was there */
export function endGrant(person: Person, about: About, id: string): boolean {
  const grant = person.rows.get("grant", id);
  if (!grant) return false;
  person.rows.delete("grant", id);
  person.record(about, { type: "grant_ended", grant: id, client_id: grant.client_id });
  return true;
}

/** Forgets the cached contexts: the next authorization goes to the provider. Sessions and grants stay. */
export function forget(person: Person, about: About): void {
  const contexts = person.rows.list("context").length;
  person.rows.clear("context");
  person.record(about, { type: "contexts_erased", contexts });
}

/**
 * Forgets the person: sessions, grants, consents, the directory row. Events stay; they name a subject only.
 * @returns when that was, for the directory
 */
export function erase(person: Person, about: About): Seconds {
  for (const { value } of person.rows.list("identity"))
    person.outbox.send({
      to: "subject",
      about: { ...about, subject: value.subject },
      link: value.link,
      says: "released",
    });
  const erased_at = empty(person, about);
  person.record(about, { type: "erased" });
  return erased_at;
}

/** Nothing is left of the account but what is on its way. @returns when that was */
export function empty(person: Person, about: About): Seconds {
  const { rows } = person;
  const erased_at = clock();
  endSessions(person, about, rows.newest("session"));
  rows.clear("app", "session", "context", "grant", "consent", "login", "withdrawn", "person", "revoked");
  rows.clear("lineage", "values", "release", "identity", "spent");
  person.outbox.send({
    to: "directory",
    workspace: about.workspace,
    subject: about.subject,
    erased_at,
  });
  return erased_at;
}
