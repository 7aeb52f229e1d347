/** Tells in time that a secret or certificate is about to expire, where its record or the certificate itself says when. */
import type { Alert, AuditEvent } from "../../audit/event.ts";
import { randomId } from "../../crypto/handle.ts";
import type { JsonObject, Seconds } from "../../flow.ts";
import { clock } from "../rows.ts";
import type { Outlooks } from "./outlooks.ts";
import type { Versions } from "./versions.ts";

const DAY = 86_400;
/** Seconds before the end at which operators are told: time to plan, time to do it, last call, too late. */
const BEFORE = [30 * DAY, 7 * DAY, DAY, 0];
const KINDS = ["clients", "connections"];
const DUE = "expiries_due";

interface Ending {
  readonly end: Seconds;
  readonly alert: Alert;
}

export class Expiries {
  readonly #versions: Versions;
  readonly #outlooks: Pick<Outlooks, "ends">;

  constructor(versions: Versions, outlooks: Pick<Outlooks, "ends">) {
    this.#versions = versions;
    this.#outlooks = outlooks;
  }

  /** When to look next. A look reads every record, so there is none before something is due. */
  get due(): Seconds {
    return Number(this.#versions.meta(DUE) ?? Infinity);
  }

  /** A record was written: its first alert may be the next thing due. */
  expect({ credentials_expire_at: end }: JsonObject): void {
    if (typeof end === "number") this.expectEnd(end);
  }

  expectEnd(end: Seconds): void {
    this.#setDue(Math.min(this.due, nextOf(end, clock() - 1)));
  }

  /** Run by the alarm; what is due becomes events in the outbox, once for each step. */
  tell(workspace: string): void {
    const [since, now] = [this.due, clock()];
    if (since > now) return;
    this.#versions.together(() => {
      let due = Infinity;
      for (const { end, alert } of [...this.#credentials(), ...this.#certificates()]) {
        // Several steps passed at once are one alert.
        if (BEFORE.some((before) => end - before >= since && end - before <= now))
          this.#record({ type: "alert", at: now, workspace, ...alert });
        due = Math.min(due, nextOf(end, now));
      }
      this.#setDue(due);
    });
  }

  #credentials(): Ending[] {
    return this.#versions.ending(KINDS).map(({ kind, id, end }) => ({
      end,
      alert: { alert: "credentials_expiring", record: kind, record_id: id, expires_at: end },
    }));
  }

  #certificates(): Ending[] {
    return this.#outlooks.ends().map(({ connection, end }) => ({
      end,
      alert: { alert: "certificates_expiring", connection, expires_at: end },
    }));
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
