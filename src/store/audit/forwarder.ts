/**
 * Sends the events of a day on to the operator's address: in the order in which they came, at least once, and again
 * until they are taken or have waited for a day.
 */
import { sendOn, type Webhook } from "../../audit/webhook.ts";
import { openKeyring } from "../../crypto/keyring.ts";
import { unseal } from "../../crypto/seal.ts";
import type { Seconds } from "../../flow.ts";
import { readConfiguration } from "../configuration.ts";
import { clock, type Rows } from "../rows.ts";
import { auditShard } from "../shards.ts";
import { webhookPlace } from "../workspace/webhook-secret.ts";
import type { AuditRows } from "./rows.ts";

/** Seconds in which events gather to a batch. */
const SOON = 5;
/** Seconds until the next try after so many that failed; the last one from then on. */
const DELAYS = [10, 60, 600, 3_600];
const DAY = 86_400;
/** Seconds that an event waits: the delays above, and then a day of tries. */
const PATIENCE = DELAYS.reduce((sum, delay) => sum + delay, DAY);
/** Seconds between two looks whether an earlier day is through. */
const LOOK_AGAIN = 60;
/** Events, and characters, of a batch. */
const MOST = 100;
const LARGEST = 256_000;

export class Forwarder {
  readonly #rows: Rows<AuditRows>;
  readonly #env: Cloudflare.Env;

  constructor(rows: Rows<AuditRows>, env: Cloudflare.Env) {
    this.#rows = rows;
    this.#env = env;
  }

  /** Asked before events are kept. While nobody can say, they are kept for sending: dropping them is easy later. */
  async isWanted(workspace: string): Promise<boolean> {
    const read = readConfiguration(this.#env, clock).workspace(workspace);
    const known = await read.catch(() => "unknown" as const);
    return known === "unknown" || known?.settings.audit_webhook !== undefined;
  }

  add(ids: readonly string[]): void {
    const [last] = this.#rows.scan("unsent", "~", true);
    let sequence = Number(last?.id ?? 0);
    for (const id of ids)
      this.#rows.put("unsent", String(++sequence).padStart(16, "0"), id, clock() + PATIENCE);
    this.wake();
  }

  /** Whether a later day has to wait, so that the receiver sees the days in order. */
  get waits(): boolean {
    const [first] = this.#rows.scan("unsent", "");
    return first !== undefined;
  }

  /** Brings the alarm to the next try, if there is something to send. */
  wake(): void {
    const next = this.#rows.get("forwarding", "self")?.next ?? 0;
    if (this.waits) this.#rows.wake(Math.max(next, clock() + SOON));
  }

  /** Run by the alarm. */
  async run(): Promise<void> {
    if (this.#tried.next > clock() || !this.waits) return;
    try {
      if ((await this.#sendAll()) === "later") this.#postpone(this.#tried.failures, LOOK_AGAIN);
      else this.#rows.clear("forwarding");
    } catch (error) {
      const { failures } = this.#tried;
      const delay = DELAYS[failures] ?? DELAYS.at(-1) ?? 0;
      this.#postpone(failures + 1, delay);
      console.warn(
        JSON.stringify({ type: "audit_webhook_delayed", failures: failures + 1, error: String(error) }),
      );
    }
  }

  get #tried(): { readonly failures: number; readonly next: Seconds } {
    return this.#rows.get("forwarding", "self") ?? { failures: 0, next: 0 };
  }

  #postpone(failures: number, delay: Seconds): void {
    this.#rows.put("forwarding", "self", { failures, next: clock() + delay }, clock() + DAY);
  }

  async #sendAll(): Promise<"done" | "later"> {
    for (let batch = this.#batch(); batch.length > 0; batch = this.#batch()) {
      const [{ event } = batch[0]!] = batch;
      const webhook = await this.#webhook(event.workspace);
      if (!webhook) {
        this.#rows.clear("unsent");
        return "done";
      }
      if (await this.#earlierWaits(event.workspace, event.at)) return "later";
      const { LOOPBACK } = this.#env;
      await sendOn(webhook, batch, {
        fetch: (...of) => fetch(...of),
        now: clock,
        loopback: LOOPBACK === "on",
      });
      for (const { row } of batch) this.#rows.delete("unsent", row);
      // What got through ends the waiting: the next failure begins with the shortest delay.
      this.#rows.clear("forwarding");
    }
    return "done";
  }

  #batch() {
    const batch = [];
    let size = 0;
    for (const { id: row, value: id } of this.#rows.scan("unsent", "")) {
      const event = this.#rows.get("event", id);
      if (!event) continue;
      size += JSON.stringify(event).length;
      if (batch.length > 0 && (batch.length === MOST || size > LARGEST)) break;
      batch.push({ row, id, event });
    }
    return batch;
  }

  /** @throws StaleConfiguration, and where the secret cannot be opened */
  async #webhook(workspace: string): Promise<Webhook | undefined> {
    const { settings } = (await readConfiguration(this.#env, clock).workspace(workspace)) ?? {};
    if (!settings?.audit_webhook) return undefined;
    const keyring = openKeyring(this.#env.DEPLOYMENT_KEY);
    const sealed = settings.audit_webhook_secret ?? "";
    const opened = await unseal<{ secret: string }>(keyring, webhookPlace(workspace), sealed);
    if (!opened) throw new Error("the secret of the webhook cannot be opened with this DEPLOYMENT_KEY");
    return { url: settings.audit_webhook.url, secret: opened.secret };
  }

  /** An event waits for a day at most, so two days back is as far as any can be. */
  async #earlierWaits(workspace: string, at: Seconds): Promise<boolean> {
    const { AUDIT } = readConfiguration(this.#env, clock).objects(workspace);
    const days = [1, 2].map((back) => AUDIT.getByName(auditShard(workspace, at - back * DAY)));
    return (await Promise.all(days.map((day) => day.waits()))).includes(true);
  }
}
