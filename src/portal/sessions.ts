/** The browsers that a person is signed in with. */
import type { Broker } from "../broker.ts";
import type { Seconds } from "../flow.ts";
import { openVisitor } from "../steps/visitor.ts";
import type { Visit } from "../store/subject/visit.ts";

export interface BrowserShown {
  readonly id: string;
  readonly connection: string;
  /** When the person was at the provider, and when the session was last used. */
  readonly auth_time: Seconds;
  readonly active_time: Seconds;
  readonly user_agent: string;
  readonly ip_address: string;
}

export function sessionsOf(
  broker: Broker,
  subject: string,
  { overview, visitors }: Pick<Visit, "overview" | "visitors">,
): Promise<BrowserShown[]> {
  const newest = overview.sessions.toSorted((a, b) => b.used_at - a.used_at);
  return Promise.all(
    newest.map(async ({ id, connection, signed_in_at, used_at }) => {
      const { user_agent, address } = await openVisitor(broker, subject, visitors[id] ?? "");
      return {
        id,
        connection,
        auth_time: signed_in_at,
        active_time: used_at,
        user_agent,
        ip_address: address,
      };
    }),
  );
}
