/** Every row about the person but those on their way elsewhere, for the person alone. */
import type { Sealed } from "../../crypto/seal.ts";
import type { Authentication } from "../../flow.ts";
import type { About } from "./about.ts";
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
}

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
  };
}
