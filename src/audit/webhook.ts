/** Audit events → an operator's own address, signed, so that it can tell them from anybody else's. */
import { mustBeCallable } from "../config/public-url.ts";
import { toHex } from "../crypto/hex.ts";
import type { Seconds } from "../flow.ts";
import type { AuditEvent } from "./event.ts";

export interface Webhook {
  readonly url: string;
  readonly secret: string;
}

interface Tools {
  readonly fetch: typeof fetch;
  readonly now: () => Seconds;
  readonly loopback: boolean;
}

/** Milliseconds. Nobody is waiting, but the object stays awake for it. */
const LONGEST = 10_000;

/**
 * One batch, in order. Each event has its id: a batch whose answer got lost comes again.
 * @throws Error for an address that may not be called, and for every answer but 2xx; redirects are not followed
 */
export async function sendOn(
  webhook: Webhook,
  events: readonly { readonly id: string; readonly event: AuditEvent }[],
  { fetch, now, loopback }: Tools,
): Promise<void> {
  const url = new URL(webhook.url);
  mustBeCallable(url, loopback);
  const body = JSON.stringify({ events: events.map(({ id, event }) => ({ id, ...event })) });
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Vestibule-Signature": await signature(webhook.secret, now(), body),
    },
    body,
    redirect: "manual",
    signal: AbortSignal.timeout(LONGEST),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
}

/** The time is signed too: a recorded batch cannot be played back later. */
async function signature(secret: string, time: Seconds, body: string): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes(secret), algorithm, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", key, bytes(`${time}.${body}`));
  return `t=${time},v1=${toHex(new Uint8Array(mac))}`;
}
