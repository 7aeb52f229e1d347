/**
 * Whose sign-in it is (design §5.1). The object of a linked identity holds a pointer and decides nothing; whether the link
 * holds is decided where the pointer leads, by the identity that is listed there and by today's rules.
 */
import { type LinkingRule, mayBeOne } from "../../config/linking-rule.ts";
import type { About } from "./about.ts";
import type { Person } from "./person.ts";
import type { IdentityRow, Through } from "./rows.ts";
import { unlink } from "./unlink.ts";

/** How a sign-in comes to an object. */
export interface Arriving {
  readonly connection: string;
  /** Whom the request names: nobody else may be the answer. */
  readonly hinted?: string;
  /** Sent by the object of a linked identity: what it is on its own, and by which link. */
  readonly through?: { readonly identity: string; readonly link: string };
  /** The link that did not hold: the identity is on its own again. */
  readonly apart?: string;
  readonly rules: readonly LinkingRule[];
}

/** Why an object leaves a sign-in to another. */
export type Elsewhere =
  /** The identity signs in as this subject. */
  | { readonly as: "linked"; readonly subject: string; readonly link: string }
  /** It does not, or not any more. */
  | { readonly as: "apart" }
  /** Another person than the request names. */
  | { readonly as: "another" };

/** Asked first at every sign-in; a pointer whose link did not hold goes. */
export function whose(
  person: Person,
  about: About,
  { connection, hinted, through, apart, rules }: Arriving,
): { readonly as: "here"; readonly through?: Through } | Elsewhere {
  const { rows } = person;
  const pointer = through ? undefined : rows.get("pointer", "self");
  if (pointer && pointer.link !== apart)
    return { as: "linked", subject: pointer.subject, link: pointer.link };
  if (pointer) rows.delete("pointer", "self");
  const held = through && heldLink(person, about, connection, through, rules);
  if (through && !held) return { as: "apart" };
  if (hinted !== undefined && hinted !== about.subject) return { as: "another" };
  return { as: "here", ...(held && { through: held }) };
}

/** A link that no rule allows any more ends here, with everything that came by it. */
export function heldLink(
  person: Person,
  about: About,
  connection: string,
  { identity, link }: NonNullable<Arriving["through"]>,
  rules: readonly LinkingRule[],
): Through | undefined {
  const home = person.rows.get("person", "self")?.connection;
  const row = person.rows.get("identity", connection);
  if (home === undefined || row?.subject !== identity || row.link !== link) return undefined;
  if (mayBeOne(rules, connectionsOf(person, home), row.linked_at))
    return { link, home, linked_at: row.linked_at };
  unlink(person, about, connection, "no rule allows it any more");
  return undefined;
}

/** Every connection that the person signs in by. */
export function connectionsOf({ rows }: Person, home: string): string[] {
  return [home, ...rows.list("identity").map(({ id }) => id)];
}

/** Linked ones, without those of which the second step is still to come. */
export function identities({ rows }: Person): (IdentityRow & { readonly connection: string })[] {
  return rows
    .list("identity")
    .filter(({ value }) => !value.pending)
    .map(({ id, value }) => ({ ...value, connection: id }));
}
