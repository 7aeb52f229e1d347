/** Audit events of a workspace, the latest first, from one object a day. */
import type { AppContext } from "../http/context.ts";
import type { EventFilter } from "../store/audit.ts";
import { readConfiguration } from "../store/configuration.ts";
import { clock } from "../store/rows.ts";
import { auditShard } from "../store/shards.ts";
import { objectsOf, workspaceOf } from "./exchange.ts";
import { pageOf, sizeOf } from "./page.ts";

const FILTERS = ["type", "subject", "client_id", "connection", "request_id"] as const;
const DAY = 86_400;
/** Days that one request looks through; the cursor goes on from there. */
const DAYS = 31;

/** `after` is a cursor: events older than it. `type`, `subject`, `client_id`, `connection`, `request_id` filter. */
export async function listEvents(c: AppContext): Promise<Response> {
  const workspace = workspaceOf(c);
  const limit = sizeOf(c);
  const filter: EventFilter = Object.fromEntries(
    FILTERS.flatMap((name) => (c.req.query(name) ? [[name, c.req.query(name) ?? ""]] : [])),
  );
  const made = (await readConfiguration(c.env, clock).workspace(workspace))?.created_at ?? clock();
  const after = c.req.query("after") ?? "";
  // A day that has not been yet has no object, and no cursor makes one.
  const newest = Math.min(/^\d{1,12}/.test(after) ? Number.parseInt(after, 10) : Infinity, clock());
  const found: { id: string; event: object }[] = [];
  let at = newest;
  for (let day = 0; day < DAYS && at > made - DAY && found.length <= limit; day++, at -= DAY) {
    const object = objectsOf(c).AUDIT.getByName(auditShard(workspace, at));
    found.push(...(await object.list(limit + 1 - found.length, after, filter)));
  }
  const items = found.map(({ id, event }) => ({ id, ...event }));
  const cursor = found[limit - 1]?.id;
  if (found.length > limit || at <= made - DAY) return c.json(pageOf(items, limit, cursor));
  // Not looked through to the beginning: the next page starts with the day before.
  return c.json({ items, next: `${(Math.floor(at / DAY) + 1) * DAY}` });
}
