/** Who is at their own page: the session of the browser, as the person's object knows it. */
import { stands } from "../config/linking-rule.ts";
import type { AppContext } from "../http/context.ts";
import { session } from "../http/cookies.ts";
import { PageFault } from "../http/page-fault.ts";
import { sessionLimits } from "../steps/session-limits.ts";
import type { Visit } from "../store/subject/visit.ts";
import { mine, type Mine } from "./mine.ts";

export interface SignedIn extends Mine {
  readonly session: string;
  readonly visit: Visit;
}

/** @returns undefined for a browser that nobody is signed in with, or whose session an operator ended */
export async function signedIn(c: AppContext): Promise<SignedIn | undefined> {
  const { broker } = c.var;
  const said = await session(c);
  if (!said) return undefined;
  const visit = await broker.subject(said.subject).visit(said.id, sessionLimits(broker.workspace));
  if (!visit) return undefined;
  const connection = (await broker.connections()).find(({ id }) => id === visit.connection);
  const floor = Math.max(broker.workspace.settings.not_before, connection?.not_before ?? 0);
  if (!connection || connection.disabled || visit.signed_in_at < floor) return undefined;
  if (!stands(visit, broker.workspace.linking_rules)) return undefined;
  return { ...mine(c, said.subject), session: said.id, visit };
}

/** @throws PageFault for a browser whose session ended while the page was open */
export async function mustBeSignedIn(c: AppContext): Promise<SignedIn> {
  const me = await signedIn(c);
  if (!me) throw new PageFault("signed_out", "nobody is signed in with this browser");
  return me;
}
