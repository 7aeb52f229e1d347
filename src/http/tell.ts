/** Events that no decision about a person takes along → log, metrics and audit. */
import type { OtherEvent } from "../audit/event.ts";
import { admit, log } from "../audit/log.ts";
import { writeMetric } from "../audit/metrics.ts";
import { randomId } from "../crypto/handle.ts";
import { readConfiguration } from "../store/configuration.ts";
import { clock } from "../store/rows.ts";
import { auditShard } from "../store/shards.ts";
import type { AppContext } from "./context.ts";

/** To the log and the metrics always, to the audit object within limits, and never in the way of the answer. */
export function tell(c: AppContext, event: OtherEvent): void {
  // A refusal is in the one line that its request is logged in.
  if (event.type === "refused") c.set("refusal", event);
  else log(event);
  writeMetric(c.env.METRICS, event);
  const events = (isStrangers(event) ? admit(event) : [event]).map((admitted) => ({
    id: `${admitted.at}-${randomId()}`,
    event: admitted,
  }));
  if (events.length === 0) return;
  const { AUDIT } = readConfiguration(c.env, clock).objects(event.workspace);
  const shard = AUDIT.getByName(auditShard(event.workspace, event.at));
  c.executionCtx.waitUntil(shard.append(events).catch((error: unknown) => console.warn(String(error))));
}

/** Of callers who proved nothing: bounded, whatever they do. */
function isStrangers(event: OtherEvent): boolean {
  return event.type === "refused" || (event.type === "script_executed" && event.point === "allowed_idp_ids");
}
