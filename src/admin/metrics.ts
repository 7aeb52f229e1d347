/** Figures of sign-ins, counted from the audit events: the same that an Analytics Engine dataset gets. */
import type { AppContext } from "../http/context.ts";
import type { Seconds } from "../flow.ts";
import { readConfiguration } from "../store/configuration.ts";
import { clock } from "../store/rows.ts";
import { auditShard } from "../store/shards.ts";
import { objectsOf, workspaceOf } from "./exchange.ts";
import { secondsOf } from "./seconds-of.ts";
import { Problem } from "./problem.ts";

const DAY = 86_400;
/** Days of one answer. */
const MOST = 31;

/** `from` and `to` are seconds since 1970; the last 24 hours when they are left out. Events arrive within a minute. */
export async function showMetrics(c: AppContext): Promise<Response> {
  const workspace = workspaceOf(c);
  const to = secondsOf(c, "to") ?? clock() + 1;
  const from = secondsOf(c, "from") ?? to - DAY;
  if (from >= to) throw new Problem(400, "from must be before to");
  if (to - from > MOST * DAY) throw new Problem(400, `from and to must be within ${MOST} days`);
  const { created_at = to } = (await readConfiguration(c.env, clock).workspace(workspace)) ?? {};
  const days = daysOf(Math.max(from, created_at - DAY), Math.min(to, clock() + DAY));
  const figures = await Promise.all(
    days.map((day) => objectsOf(c).AUDIT.getByName(auditShard(workspace, day)).figures(from, to)),
  );
  const all = figures.flat().toSorted((a, b) => a.hour - b.hour || b.count - a.count);
  const sign_ins = all.map(({ hour, connection, outcome, count }) => ({ hour, connection, outcome, count }));
  const refusals = all.filter(({ outcome }) => outcome === "refused");
  return c.json({
    from,
    to,
    sign_ins: summed(sign_ins),
    refusals: summed(refusals.map(({ reason, count }) => ({ reason, count }))),
  });
}

/** Rows that differ in nothing but their count, as one. */
function summed<T extends { readonly count: number }>(rows: readonly T[]): T[] {
  const sums = new Map<string, T>();
  for (const row of rows) {
    const name = JSON.stringify({ ...row, count: 0 });
    sums.set(name, { ...row, count: (sums.get(name)?.count ?? 0) + row.count });
  }
  return [...sums.values()];
}

/** A moment of each day that the time touches. */
function daysOf(from: Seconds, to: Seconds): Seconds[] {
  const days: Seconds[] = [];
  for (let day = from - (from % DAY); day < to; day += DAY) days.push(day);
  return days;
}
