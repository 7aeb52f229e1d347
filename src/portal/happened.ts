/** What happened to a person, from the audit events of the workspace: the latest first, and bounded. */
import type { AuditEvent } from "../audit/event.ts";
import type { AppContext } from "../http/context.ts";
import { readConfiguration } from "../store/configuration.ts";
import { clock } from "../store/rows.ts";
import { auditShard } from "../store/shards.ts";

const DAY = 86_400;
/** Each day is an object of its own, and a person who asks must not wake a year of them. */
const DAYS = 31;
/** Events a person gets. */
const MOST = 500;
/** Events of a day that are looked through, whoever they are of: a busy day is not read whole for one person. */
const LOOKED = 20_000;

/** The person who operated stays unnamed: it is about somebody else. */
type Happened = Omit<AuditEvent, "by">;

export interface History {
  readonly since: number;
  /** False where there is more than one person can be given at once. */
  readonly complete: boolean;
  readonly items: readonly Happened[];
}

/** @param recent events of the person's own object, which are not yet with the others */
export async function happened(
  c: AppContext,
  workspace: string,
  subject: string,
  recent: readonly AuditEvent[],
): Promise<History> {
  const { AUDIT } = readConfiguration(c.env, clock).objects(workspace);
  const now = clock();
  const items: AuditEvent[] = recent.toReversed();
  let complete = true;
  for (let day = 0; day < DAYS && items.length < MOST; day++) {
    const object = AUDIT.getByName(auditShard(workspace, now - day * DAY));
    const found = await object.about(subject, MOST - items.length, LOOKED);
    items.push(...found.events);
    complete &&= found.complete;
  }
  complete &&= items.length < MOST;
  return { since: now - DAYS * DAY, complete, items: items.slice(0, MOST).map(unnamed) };
}

function unnamed(event: AuditEvent): Happened {
  const { by: _, ...rest } = event as AuditEvent & { by?: string };
  return rest as Happened;
}
