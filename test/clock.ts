/**
 * The one clock of the tests, of the Worker and of its objects. It stands still until a test lets time pass, and never goes
 * back: what the isolate remembers from a later time would stay fresh for ever.
 */
import { vi } from "vitest";

const latest = globalThis as { testClock?: number };

/** Lets seconds pass. */
export function pass(seconds: number): void {
  const at = Math.max(Date.now(), latest.testClock ?? 0) + seconds * 1_000;
  latest.testClock = at;
  if (!vi.isFakeTimers()) vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(at);
}

/** Seconds since 1970. */
export function now(): number {
  return Math.floor(Date.now() / 1_000);
}

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
