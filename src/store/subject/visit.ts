/** The person at their own page: their session, used once more, and what they may see there. */
import type { Sealed } from "../../crypto/seal.ts";
import type { Seconds, Visitor } from "../../flow.ts";
import { overview, type Overview } from "./overview.ts";
import type { Person } from "./person.ts";
import type { Through } from "./rows.ts";
import { type SessionLimits, useSession } from "./session.ts";

export interface Visit {
  readonly connection: string;
  readonly signed_in_at: Seconds;
  readonly auth_time?: Seconds;
  readonly through?: Through;
  readonly overview: Overview;
  /** By session, and by link. */
  readonly visitors: Readonly<Record<string, Sealed<Visitor>>>;
}

/** @returns undefined when the session ended */
export function visit(person: Person, session: string, limits: SessionLimits): Visit | undefined {
  const row = useSession(person, session, limits);
  if (!row) return undefined;
  const { connection, signed_in_at, auth_time, through } = row;
  return {
    connection,
    signed_in_at,
    ...(auth_time !== undefined && { auth_time }),
    ...(through && { through }),
    overview: overview(person),
    visitors: visitors(person),
  };
}

/** Who was at each browser, and by each link. */
export function visitors({ rows }: Person): Visit["visitors"] {
  return Object.fromEntries([
    ...rows.list("session").map(({ id, value }) => [id, value.visitor] as const),
    ...rows.list("identity").map(({ value }) => [value.link, value.visitor] as const),
  ]);
}
