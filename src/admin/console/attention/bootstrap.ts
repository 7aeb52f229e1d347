/** That the bootstrap key was used, which everybody who runs the deployment should know of. */
import type { JsonObject } from "../../../flow.ts";
import type { Desk } from "../desk.ts";
import { DAY, type Todo } from "./todo.ts";

/** Requests by the bootstrap key that are counted one by one. */
const MOST_USES = 100;

/** Of the last day; nothing for whoever may not read the events of `system`. */
export async function bootstrapUses({ workspaces, call }: Desk, now: number): Promise<readonly JsonObject[]> {
  if (!workspaces.includes("*") && !workspaces.includes("system")) return [];
  const path = `workspaces/system/audit-events?type=bootstrap_used&limit=${MOST_USES}`;
  const { body } = await call<{ readonly items: readonly JsonObject[] }>("GET", path);
  return body.items.filter(({ at }) => Number(at) > now - DAY);
}

/** Whoever has the key is every operator, and events name nobody by it. */
export function opened(uses: readonly JsonObject[], { locale }: Desk): Todo {
  const count = uses.length < MOST_USES ? String(uses.length) : `${MOST_USES}+`;
  const refused = uses.filter((use) => use["refused"] === true).length;
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short", dateStyle: "medium", timeZone: "UTC" });
  const last = time.format(new Date(Number(uses[0]?.["at"]) * 1_000));
  return {
    title: "The bootstrap key was used.",
    detail: `In ${count} requests of the last 24 hours, ${refused} of which were refused; the last on ${last} UTC. It closes with the first operator, and with BOOTSTRAP=on taken away.`,
    to: "/admin/workspaces/system/audit-log?type=bootstrap_used",
    words: "See each use",
  };
}
