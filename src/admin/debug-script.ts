/** Time-boxed debug logging: while it is on, what a script was given and said is kept, for a day and for few to read. */
import { LONGEST_DEBUGGING } from "../config/script.ts";
import { unseal } from "../crypto/seal.ts";
import type { JsonObject } from "../flow.ts";
import type { AppContext } from "../http/context.ts";
import { clock } from "../store/rows.ts";
import { auditShard } from "../store/shards.ts";
import { executionPlace } from "../store/audit/executions.ts";
import { authority, objectsOf, termsOf, workspaceOf } from "./exchange.ts";
import { Problem } from "./problem.ts";
import { write } from "./records.ts";

const DAY = 86_400;

/** `GET …/scripts/{id}/debug`: until when it is on, and what was recorded, the latest first. */
export async function showDebug(c: AppContext): Promise<Response> {
  const { id, workspace, record } = await scriptOf(c);
  const days = [clock(), clock() - DAY].map((at) => objectsOf(c).AUDIT.getByName(auditShard(workspace, at)));
  const kept = await Promise.all(days.map((day) => day.executions(id)));
  const place = executionPlace(workspace, id);
  const opened = await Promise.all(
    kept.flat().map((sealed) => unseal<JsonObject>(c.var.deployment.keyring, place, sealed)),
  );
  const executions = opened.filter((one) => one !== undefined);
  return c.json({ debug_until: record["debug_until"] ?? 0, executions });
}

/** `PUT …/scripts/{id}/debug?duration=60s`: seconds or minutes, an hour at most. */
export async function startDebug(c: AppContext): Promise<Response> {
  const [, amount, unit] = /^(\d{1,5})(s|m)$/.exec(c.req.query("duration") ?? "60s") ?? [];
  const seconds = Number(amount) * (unit === "m" ? 60 : 1);
  if (!(seconds > 0 && seconds <= LONGEST_DEBUGGING))
    throw new Problem(400, "duration must be like 60s or 10m, an hour at most");
  return setDebug(c, clock() + seconds);
}

export async function stopDebug(c: AppContext): Promise<Response> {
  await setDebug(c, 0);
  return c.body(null, 204);
}

async function setDebug(c: AppContext, debug_until: number): Promise<Response> {
  const { id, record, version } = await scriptOf(c);
  const terms = { ...(await termsOf(c)), expected: version };
  return write(c, "scripts", id, { ...record, debug_until }, terms);
}

async function scriptOf(c: AppContext) {
  const [id, workspace] = [c.req.param("id") ?? "", workspaceOf(c)];
  const found = await authority(c).get("scripts", id);
  if (!found) throw new Problem(404, "there is no such record");
  return { id, workspace, record: JSON.parse(found.body) as JsonObject, version: found.version };
}
