import { usageOf } from "./cpu.ts";
import type { Driven, Order } from "./drive/serve.ts";
import type { Running } from "./processes.ts";

export interface Endurance {
  readonly signIns: number;
  readonly failed: number;
  /** MiB resident after each tenth. */
  readonly memory: readonly number[];
}

const WORK = "sign-in, returning person";

/** Sign-ins in a row: none may fail, and memory must not grow with their number. */
export async function endure(
  driver: Running<Order, Driven>,
  { origin, pid }: { readonly origin: string; readonly pid: number },
  count: number,
): Promise<Endurance> {
  const memory: number[] = [];
  let failed = 0;
  for (let tenth = 0; tenth < 10; tenth++) {
    const driven = await driver.ask({
      subject: "vestibule",
      origin,
      work: WORK,
      count: count / 10,
      inFlight: 64,
    });
    failed += driven.failed;
    for (const [reason, times] of Object.entries(driven.failures)) console.log(`${times} × ${reason}`);
    memory.push(Math.round(usageOf(pid).memory));
    console.log(
      `${(((tenth + 1) * count) / 10).toFixed(0)} sign-ins, ${failed} failed, ${memory.at(-1)} MiB`,
    );
  }
  return { signIns: count, failed, memory };
}
