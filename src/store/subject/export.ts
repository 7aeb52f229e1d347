/** Every row about the person, for the person alone. */
import type { PersonEvent } from "../../audit/event.ts";
import type { Sealed } from "../../crypto/seal.ts";
import type { Authentication } from "../../flow.ts";
import type { About } from "./about.ts";
import { signIns, storedLineage, type StoredLineage } from "./lineage.ts";
import type { Person } from "./person.ts";
import type { IdentityRow, PersonRow, SessionRow, SubjectRows } from "./rows.ts";
import { identities } from "./whose.ts";

type WithId<R> = R & { readonly id: string };
/** A row whose authentication is sealed. */
interface Holding {
  readonly authentication: Sealed<Authentication>;
}

export interface Exported {
  readonly person?: PersonRow;
  readonly identities: readonly (IdentityRow & { readonly connection: string })[];
  readonly sessions: readonly WithId<SessionRow>[];
  readonly contexts: readonly WithId<Holding>[];
  readonly grants: readonly WithId<Holding>[];
  readonly logins: readonly WithId<Holding>[];
  /** Sign-ins that wait for an app of the operator's, whose state is its own. */
  readonly waiting_for_app: readonly Pick<SubjectRows["app"], "app" | "client_id" | "left_at">[];
  readonly consents: readonly WithId<SubjectRows["consent"]>[];
  readonly withdrawn: readonly WithId<SubjectRows["withdrawn"]>[];
  readonly revoked_tokens: readonly string[];
  /** How sign-ins ran, and what each app got of them. */
  readonly sign_ins: readonly (StoredLineage & { readonly session: string })[];
  /** Apps that are still to be told that a session ended. */
  readonly logouts: readonly Pick<SubjectRows["logout"], "session" | "client_id" | "next">[];
  /** Not yet with the others. */
  readonly events: readonly PersonEvent[];
}

/** Where each kind of row is in what the person gets. A new kind has to say. */
export const EXPORTED = {
  session: "sessions",
  context: "contexts",
  grant: "grants",
  consent: "consents",
  login: "logins",
  app: "waiting_for_app",
  withdrawn: "withdrawn",
  person: "person",
  identity: "identities",
  // All that the object of a linked identity holds: the person is elsewhere, and has it among their identities.
  pointer: null,
  // A number at random, for an hour: it says nothing of the person.
  spent: null,
  lineage: "sign_ins",
  values: "sign_ins",
  release: "sign_ins",
  revoked: "revoked_tokens",
  outbox: "events",
  logout: "logouts",
} as const satisfies Readonly<Record<keyof SubjectRows, keyof Exported | null>>;

export function exportAll(person: Person, about: About): Exported {
  const { rows } = person;
  const all = <K extends keyof SubjectRows>(kind: K) =>
    rows.list(kind).map(({ id, value }) => ({ ...(value as object), id }) as WithId<SubjectRows[K]>);
  const self = rows.get("person", "self");
  person.record(about, { type: "exported" });
  return {
    ...(self && { person: self }),
    identities: identities(person),
    sessions: all("session"),
    contexts: all("context"),
    grants: all("grant"),
    logins: all("login").map(({ present, ...login }) => ({ ...login, ...present })),
    waiting_for_app: rows
      .list("app")
      .map(({ value: { app, client_id, left_at } }) => ({ app, client_id, left_at })),
    consents: all("consent"),
    withdrawn: all("withdrawn"),
    revoked_tokens: rows.list("revoked").map(({ id }) => id),
    sign_ins: signIns(person).flatMap(({ session }) => {
      const stored = storedLineage(person, session);
      return stored ? [{ session, ...stored }] : [];
    }),
    logouts: rows
      .list("logout")
      .map(({ value: { session, client_id, next } }) => ({ session, client_id, next })),
    events: rows.list("outbox").flatMap(({ value }) => (value.to === "audit" ? [...value.events] : [])),
  };
}
