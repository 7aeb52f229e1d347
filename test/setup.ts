import { afterEach, beforeAll, expect, vi } from "vitest";
import { HOUR, pass } from "./clock.ts";
import { giveKeysAgain } from "./few-keys.ts";

giveKeysAgain(crypto.subtle);

// Ahead of the real time, by which alarms ring: one that is thirty seconds away would otherwise ring by itself as soon as
// the tests have taken that long, and deliver what a test is about to look at. Before tests are listed, with their times.
pass(HOUR);
beforeAll(() => pass(0));

afterEach(async () => {
  vi.restoreAllMocks();
  const strangers = await fetch("https://upstream.test/strangers");
  expect(await strangers.json(), "hosts that nobody should have called").toEqual([]);
});
