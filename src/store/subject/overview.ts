/** What the workspace holds on a person: for operators, and for the person. Sealed values stay out. */
import type { Seconds } from "../../flow.ts";
import type { Person } from "./person.ts";
import type { PersonRow } from "./rows.ts";
import { identities } from "./whose.ts";
import { readableUntil } from "./withdraw.ts";

export interface Overview {
  readonly person?: PersonRow;
  /** Linked ones: how else the person signs in. */
  readonly identities: readonly {
    readonly connection: string;
    readonly issuer: string;
    /** What it is on its own. */
    readonly subject: string;
    readonly link: string;
    readonly linked_at: Seconds;
  }[];
  readonly sessions: readonly {
    readonly id: string;
    readonly connection: string;
    readonly signed_in_at: Seconds;
    readonly used_at: Seconds;
    readonly clients: readonly string[];
  }[];
  readonly grants: readonly {
    readonly id: string;
    readonly client_id: string;
    readonly connection: string;
    readonly session: string;
    readonly scope: readonly string[];
    readonly created_at: Seconds;
    /** When its refresh tokens end; absent where there are none. */
    readonly offline_until?: Seconds;
    /** When its last access token ends. */
    readonly readable_until: Seconds;
  }[];
  readonly consents: readonly {
    readonly client_id: string;
    readonly connection: string;
    readonly scopes: Readonly<Record<string, Seconds>>;
  }[];
  /** Access that was withdrawn, while tokens of it may still be read by apps that do not ask. */
  readonly withdrawn: readonly {
    readonly client_id: string;
    readonly at: Seconds;
    readonly readable_until: Seconds;
  }[];
}

export function overview(self: Person): Overview {
  const { rows } = self;
  const person = rows.get("person", "self");
  return {
    ...(person && { person }),
    identities: identities(self).map(({ connection, issuer, subject, link, linked_at }) => {
      return { connection, issuer, subject, link, linked_at };
    }),
    sessions: rows.list("session").map(({ id, value: { connection, signed_in_at, used_at, clients } }) => {
      return { id, connection, signed_in_at, used_at, clients };
    }),
    grants: rows
      .list("grant")
      .filter(({ value }) => value.code === "spent")
      .map(({ id, value }) => {
        const { client_id, connection, session, scope, created_at, offline_for } = value;
        return {
          id,
          client_id,
          connection,
          session,
          scope,
          created_at,
          ...(offline_for > 0 && { offline_until: created_at + offline_for }),
          readable_until: readableUntil(value),
        };
      }),
    consents: rows.list("consent").map(({ id, value }) => ({ client_id: id, ...value })),
    withdrawn: rows.list("withdrawn").map(({ id, value }) => ({ client_id: id, ...value })),
  };
}
