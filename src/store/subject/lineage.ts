/** How sign-ins ran: kept with the sign-in, in its own call, for a week and for ten of them. */
import type { Sealed } from "../../crypto/seal.ts";
import type { Seconds } from "../../flow.ts";
import type { Lineage, Release, Values } from "../../lineage.ts";
import { clock } from "../rows.ts";
import type { About } from "./about.ts";
import type { Person } from "./person.ts";
import type { GrantRow, LineageRow } from "./rows.ts";

/** What a sign-in brings; its values only while the workspace records them. */
export interface Kept {
  readonly lineage: Sealed<Lineage>;
  readonly values?: Sealed<Values>;
}

export interface StoredLineage {
  readonly row: LineageRow;
  readonly values?: Sealed<Values>;
  readonly releases: readonly Release[];
}

export interface SignInRow {
  readonly session: string;
  readonly connection: string;
  readonly at: Seconds;
}

const DAY = 86_400;
/** Seconds. */
const KEPT = 7 * DAY;
/** Sign-ins of a person. */
const MOST = 10;
/** Claims in one event. */
const MOST_NAMED = 20;

/** @param isKnown whether the browser was signed in before: what is known of its session is of the sign-in before */
export function keepLineage(
  person: Person,
  session: string,
  about: { readonly at: Seconds; readonly connection: string },
  { lineage, values }: Kept,
  isKnown: boolean,
): void {
  const { rows } = person;
  if (isKnown) forget(person, session);
  rows.put("lineage", session, { ...about, lineage }, about.at + KEPT);
  if (values) rows.put("values", session, values, about.at + DAY);
  for (const old of rows.newest("lineage").slice(MOST)) forget(person, old);
}

function forget({ rows }: Person, session: string): void {
  rows.delete("lineage", session);
  rows.delete("values", session);
  rows.clearUnder("release", session);
}

/** A code was redeemed: what its client may have from now on. A client that gets a second code of a sign-in has both. */
export function noteRelease(person: Person, { session, client_id, scope, claims }: GrantRow): void {
  const at = clock();
  const release = { client_id, scope, left_out: [], at, ...(claims && { requested: claims }) };
  person.rows.put("release", `${session}/${client_id}`, release, at + KEPT);
}

/** What a token of this client had no room for; the event names a few of them. */
export function leftOut(
  person: Person,
  about: About,
  session: string,
  client_id: string,
  claims: readonly string[],
): void {
  const id = `${session}/${client_id}`;
  const release = person.rows.get("release", id);
  if (release) person.rows.put("release", id, { ...release, left_out: claims }, release.at + KEPT);
  person.record(about, {
    type: "claims_left_out",
    client_id,
    session,
    left_out: claims.slice(0, MOST_NAMED),
  });
}

/** How one sign-in ran, and what each client got of it. */
export function storedLineage({ rows }: Person, session: string): StoredLineage | undefined {
  const row = rows.get("lineage", session);
  const values = rows.get("values", session);
  const releases = releasesOf(rows, session).map(({ value }) => value);
  return row && { row, ...(values !== undefined && { values }), releases };
}

/** The latest first. */
export function signIns({ rows }: Person): SignInRow[] {
  return rows
    .list("lineage")
    .map(({ id, value: { at, connection } }) => ({ session: id, connection, at }))
    .toSorted((a, b) => b.at - a.at);
}

function releasesOf(rows: Person["rows"], session: string) {
  return rows.list("release").filter(({ id }) => id.startsWith(`${session}/`));
}
