import { expect, test } from "vitest";
import { Bounded } from "../../src/config/bounded.ts";

function filled(): Bounded<number> {
  const map = new Bounded<number>(2);
  map.set("a", 1).set("b", 2);
  return map;
}

test("the oldest goes when there is one more than may be", () => {
  expect([...filled().set("c", 3)]).toEqual([
    ["b", 2],
    ["c", 3],
  ]);
});

test("a name that is there already takes nobody's place", () => {
  expect([...filled().set("b", 3)]).toEqual([
    ["a", 1],
    ["b", 3],
  ]);
});
