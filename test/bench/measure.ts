import { usageOf } from "./cpu.ts";
import type { Driven, Order } from "./drive/serve.ts";
import type { Running } from "./processes.ts";

export interface Figure {
  readonly subject: string;
  readonly work: string;
  readonly inFlight: number;
  readonly done: number;
  readonly failed: number;
  /** What the first failure said. */
  readonly failure?: string;
  /** Milliseconds of the subject's CPU, each. */
  readonly cpu: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** MiB resident afterwards. */
  readonly memory: number;
}

export interface Measured extends Order {
  readonly pid: number;
}

/** Runs one work and asks the operating system what it cost. What is done later, by an alarm, costs whoever is measured then. */
export async function measure(driver: Running<Order, Driven>, { pid, ...order }: Measured): Promise<Figure> {
  const before = usageOf(pid);
  const driven = await driver.ask(order);
  const after = usageOf(pid);
  const { subject, work, inFlight } = order;
  const { done, failed, failures, p50, p99, seconds } = driven;
  const [failure] = Object.keys(failures);
  return {
    subject,
    work,
    inFlight,
    done,
    failed,
    ...(failure !== undefined && { failure }),
    cpu: ((after.cpu - before.cpu) * 1_000) / Math.max(1, done + failed),
    perSecond: done / seconds,
    p50,
    p99,
    memory: after.memory,
  };
}

/** The round with the middle CPU, with the failures of all. */
export function median(rounds: readonly Figure[]): Figure {
  const sorted = rounds.toSorted((a, b) => a.cpu - b.cpu);
  const middle = sorted[Math.floor(sorted.length / 2)]!;
  const bad = rounds.find(({ failure }) => failure !== undefined);
  const failed = rounds.reduce((sum, one) => sum + one.failed, 0);
  return { ...middle, failed, ...(bad?.failure !== undefined && { failure: bad.failure }) };
}
