/** Tells in time that a secret or certificate is about to expire, where its record says when. */
import type { AuditEvent } from "../../audit/event.ts";
import { randomId } from "../../crypto/handle.ts";
import type { JsonObject, Seconds } from "../../flow.ts";
import { clock } from "../rows.ts";
import type { Versions } from "./versions.ts";

const DAY = 86_400;
/** Seconds before the end at which operators are told: time to plan, time to do it, last call, too late. */
const BEFORE = [30 * DAY, 7 * DAY, DAY, 0];
const KINDS = ["clients", "connections"];
const DUE = "expiries_due";

export class Expiries {
  readonly #versions: Versions;

  constructor(versions: Versions) {
    this.#versions = versions;
  }

  /** When to look next. A look reads every record, so there is none before something is due. */
  get due(): Seconds {
    return Number(this.#versions.meta(DUE) ?? Infinity);
  }

  /** A record was written: its first alert may be the next thing due. */
  expect({ credentials_expire_at: end }: JsonObject): void {
    if (typeof end === "number") this.#setDue(Math.min(this.due, nextOf(end, clock() - 1)));
  }

  /** Run by the alarm; what is due becomes events in the outbox, once for each step. */
  tell(workspace: string): void {
    const [since, now] = [this.due, clock()];
    if (since > now) return;
    this.#versions.together(() => {
      let due = Infinity;
      for (const { kind, id, end } of this.#versions.ending(KINDS)) {
        // Several steps passed at once are one alert.
        if (BEFORE.some((before) => end - before >= since && end - before <= now))
          this.#record({
            type: "alert",
            alert: "credentials_expiring",
            at: now,
            workspace,
            record: kind,
            id,
            expires_at: end,
          });
        due = Math.min(due, nextOf(end, now));
      }
      this.#setDue(due);
    });
  }

  #record(event: AuditEvent): void {
    this.#versions.record(`${event.at}-${randomId()}`, JSON.stringify(event));
  }

  #setDue(due: Seconds): void {
    this.#versions.setMeta(DUE, String(due));
  }
}

/** The first step after a time; a record that is written late starts with the step that it is in. */
function nextOf(end: Seconds, after: Seconds): Seconds {
  const steps = BEFORE.map((before) => end - before).filter((step) => step > after);
  return Math.min(...steps, Infinity);
}
