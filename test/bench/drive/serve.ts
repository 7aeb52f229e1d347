/** The process that drives: as many requests in flight as asked, until so many are done. */
import { answerWith } from "../processes.ts";
import { floor } from "./floor.ts";
import { oidcProvider } from "./oidc-provider.ts";
import { openauth } from "./openauth.ts";
import { vestibule } from "./vestibule.ts";
import { workersOauthProvider } from "./workers-oauth-provider.ts";
import type { Once, Works } from "./work.ts";

const drivers: Readonly<Record<string, Works>> = {
  vestibule,
  floor,
  openauth,
  "workers-oauth-provider": workersOauthProvider,
  "oidc-provider": oidcProvider,
};

export interface Order {
  readonly subject: string;
  readonly origin: string;
  readonly work: string;
  readonly inFlight: number;
  /** Until so many are done, or for so long. */
  readonly count?: number;
  readonly seconds?: number;
}

export interface Driven {
  readonly done: number;
  readonly failed: number;
  /** What each kind of failure said, and how often. */
  readonly failures: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

const prepared = new Map<string, Promise<Once>>();
let index = 0;

function prepare({ subject, work, origin }: Order): Promise<Once> {
  const name = `${subject} ${work}`;
  const known = prepared.get(name);
  if (known) return known;
  const make = drivers[subject]?.[work];
  if (!make) throw new Error(`${subject} does not do ${work}`);
  const made = make(origin);
  prepared.set(name, made);
  return made;
}

async function drive(order: Order): Promise<Driven> {
  const once = await prepare(order);
  const times: number[] = [];
  let left = order.count ?? Infinity;
  let failed = 0;
  const failures: Record<string, number> = {};
  const began = performance.now();
  const end = began + (order.seconds ?? Infinity) * 1_000;
  const worker = async () => {
    while (left-- > 0 && performance.now() < end) {
      const start = performance.now();
      try {
        await once(index++);
      } catch (error) {
        failed += 1;
        const reason = error instanceof Error ? error.message : String(error);
        failures[reason] = (failures[reason] ?? 0) + 1;
      }
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: order.inFlight }, worker));
  const seconds = (performance.now() - began) / 1_000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    done: times.length - failed,
    failed,
    failures,
    seconds,
    p50: at(0.5),
    p99: at(0.99),
  };
}

answerWith<Order, Driven>(drive);
