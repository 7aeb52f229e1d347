/**
 * Two accounts become one, in two objects: the one that stays lists the identity, the other gives way and keeps a pointer.
 * An object that lists identities never gives way, and one that gave way lists none: there are no chains and no circles,
 * whoever links what to what at the same time.
 */
import { type LinkingRule, mayBeOne } from "../../config/linking-rule.ts";
import { clock, NEVER } from "../rows.ts";
import type { About } from "./about.ts";
import { tellDirectory } from "./listed.ts";
import type { Person } from "./person.ts";
import type { IdentityRow, PointerRow } from "./rows.ts";
import { connectionsOf } from "./whose.ts";
import { empty } from "./withdraw.ts";

/** Seconds that an identity is listed before its own object gave way. */
const PENDING = 300;

/** An identity that was proven, as the account that stays lists it. */
export interface Proven extends Omit<IdentityRow, "linked_at" | "pending"> {
  readonly connection: string;
}

/** What an account is, seen by who considers to link it. */
export interface Standing {
  /** Where it was linked: whom its sign-ins are sign-ins of, should that still hold there. */
  readonly linked_to?: PointerRow;
  /** Connections of the identities that were linked to it. */
  readonly identities: readonly string[];
  /** Apps that know it: an account that is closed is lost to them. */
  readonly clients: readonly string[];
}

export type LinkRefusal =
  /** No rule allows it, or none allows it together with what is linked already. */
  | "no_rule"
  /** The account has an identity of this connection already. */
  | "taken"
  /** The account was closed, erased, or never signed in to. */
  | "gone"
  /** The identity belongs to another account. */
  | "elsewhere"
  /** The account that would be closed has identities linked to it. */
  | "has_identities"
  /** Apps know the account that would be closed, and the person was not asked. */
  | "in_use"
  /** What was linked by this proof was removed since. */
  | "spent";

type Outcome<As extends string> =
  | { readonly as: As; readonly link: string }
  | { readonly as: "refused"; readonly reason: LinkRefusal };

export function standing({ rows }: Person): Standing {
  const pointer = rows.get("pointer", "self");
  const known = rows.get("person", "self")?.clients ?? [];
  const now = [
    ...rows.list("consent").map(({ id }) => id),
    ...rows.list("grant").map(({ value }) => value.client_id),
  ];
  return {
    ...(pointer && { linked_to: pointer }),
    identities: rows.list("identity").map(({ id }) => id),
    clients: [...new Set([...known, ...now])],
  };
}

/**
 * The first step: the account that stays lists the identity, for as long as the second may take. Again is the same, until the
 * identity is removed: then it takes another proof.
 */
export function adopt(
  person: Person,
  { connection, ...proven }: Proven,
  rules: readonly LinkingRule[],
): Outcome<"adopted"> {
  const { rows } = person;
  const refused = (reason: LinkRefusal) => ({ as: "refused", reason }) as const;
  const home = rows.get("person", "self")?.connection;
  if (home === undefined || rows.get("pointer", "self")) return refused("gone");
  const known = rows.get("identity", connection);
  if (known && known.subject === proven.subject) return { as: "adopted", link: known.link };
  if (known || home === connection) return refused("taken");
  if (rows.get("spent", proven.link)) return refused("spent");
  const linked_at = clock();
  if (!mayBeOne(rules, [...connectionsOf(person, home), connection], linked_at)) return refused("no_rule");
  rows.put("identity", connection, { ...proven, linked_at, pending: true }, linked_at + PENDING);
  return { as: "adopted", link: proven.link };
}

/**
 * The second: the identity's own account is closed, if there was one, and all that is left is a pointer. Again is the same.
 * @param asked whether the person chose to close an account that apps know
 */
export function giveWay(
  person: Person,
  about: About,
  { subject, link }: { readonly subject: string; readonly link: string },
  asked: boolean,
): Outcome<"gave way"> {
  const { rows } = person;
  const pointer = rows.get("pointer", "self");
  if (pointer)
    return pointer.link === link ? { as: "gave way", link } : { as: "refused", reason: "elsewhere" };
  const { identities, clients } = standing(person);
  if (identities.length > 0) return { as: "refused", reason: "has_identities" };
  if (clients.length > 0 && !asked) return { as: "refused", reason: "in_use" };
  if (rows.get("person", "self")) {
    empty(person, about);
    person.record(about, { type: "account_closed", into: subject });
  }
  rows.put("pointer", "self", { subject, link }, NEVER);
  // Should nobody be left to take the third step: without it the link would be forgotten, and the account lost.
  person.outbox.send({ to: "subject", about: { ...about, subject }, link, says: "gave way" });
  return { as: "gave way", link };
}

/** The third: the identity is listed for good. May come twice, or late. */
export function settle(person: Person, about: About, link: string): void {
  const found = person.rows.list("identity").find(({ value }) => value.link === link && value.pending);
  if (!found) return;
  const { pending: _, ...row } = found.value;
  person.rows.put("identity", found.id, row, NEVER);
  person.record(about, { type: "identity_linked", connection: found.id, identity: row.subject });
  tellDirectory(person, about);
}
