import { expect, it } from "vitest";
import { Tile } from "../../src/ui/tile.tsx";

it.each([
  ["Acme", "A"],
  [" 7 seas", "7"],
  ["école", "É"],
  ["e\u0301cole", "E\u0301"],
  ["Ärzte", "Ä"],
  ["日本航空", "日"],
  ["\u1112\u1161\u11ab\u1100\u116e\u11a8", "\u1112\u1161\u11ab"],
  ["👩‍🚀 Space", "👩‍🚀"],
  ["1\uFE0F\u20E3 bank", "1\uFE0F\u20E3"],
  ["&co", "&amp;"],
  ["", "·"],
])("%o is drawn by its first letter, whole: %o", (name, letter) => {
  expect(String(<Tile name={name} />)).toBe(
    `<span class="tile " aria-hidden="true"><span>${letter}</span></span>`,
  );
});
