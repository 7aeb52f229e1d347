/** What the workspace holds on a person: for operators, and for the person. Sealed values stay out. */
import type { Seconds } from "../../flow.ts";
import type { Person } from "./person.ts";
import type { PersonRow } from "./rows.ts";

export interface Overview {
  readonly person?: PersonRow;
  readonly sessions: readonly {
    readonly id: string;
    readonly connection: string;
    readonly signed_in_at: Seconds;
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
  }[];
  readonly consents: readonly {
    readonly client_id: string;
    readonly connection: string;
    readonly scopes: Readonly<Record<string, Seconds>>;
  }[];
}

export function overview({ rows }: Person): Overview {
  const person = rows.get("person", "self");
  return {
    ...(person && { person }),
    sessions: rows
      .list("session")
      .map(({ id, value: { connection, signed_in_at } }) => ({ id, connection, signed_in_at })),
    grants: rows
      .list("grant")
      .filter(({ value }) => value.code === "spent")
      .map(({ id, value: { client_id, connection, session, scope, created_at, offline_for } }) => ({
        id,
        client_id,
        connection,
        session,
        scope,
        created_at,
        ...(offline_for > 0 && { offline_until: created_at + offline_for }),
      })),
    consents: rows.list("consent").map(({ id, value }) => ({ client_id: id, ...value })),
  };
}
