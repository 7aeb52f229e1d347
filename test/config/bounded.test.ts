/** Exhaustion: names that strangers make up push out older ones, and never add up. */
import { expect, it } from "vitest";
import { Bounded } from "../../src/config/bounded.ts";

it("what an isolate remembers is bounded, and the oldest goes", () => {
  const memory = new Bounded<number>(2);
  for (const [name, value] of Object.entries({ a: 1, b: 2, c: 3 })) memory.set(name, value);
  expect([...memory]).toEqual([
    ["b", 2],
    ["c", 3],
  ]);
});
