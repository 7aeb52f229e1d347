/** Weak decoding, row by row: what is converted, and that nothing else is. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convert } from "../../src/config/convert.ts";
import { DataType, fits } from "../../src/config/data-type.ts";
import type { Json } from "../../src/flow.ts";

const NOT = Symbol("not converted");
const weak = (type: DataType, value: Json) => {
  const converted = convert(type, value);
  return converted ? converted.value : NOT;
};

describe.each<[string, DataType, [Json, Json | typeof NOT][]]>([
  [
    "bool → string",
    "string",
    [
      [true, "1"],
      [false, "0"],
    ],
  ],
  [
    "number → string, base 10",
    "string",
    [
      [0, "0"],
      [-7, "-7"],
      [1.5, "1.5"],
      [1e21, `1${"0".repeat(21)}`],
      [1.5e-7, "0.00000015"],
      [-2.5e25, `-25${"0".repeat(24)}`],
    ],
  ],
  [
    "bool → number",
    "number",
    [
      [true, 1],
      [false, 0],
    ],
  ],
  [
    "string → number, base implied by the prefix",
    "number",
    [
      ["42", 42],
      ["-42", -42],
      ["+42", 42],
      ["0", 0],
      ["-0", 0],
      ["0x1F", 31],
      ["-0X1f", -31],
      ["0b101", 5],
      ["0o17", 15],
      ["017", 15],
      ["9007199254740991", 9007199254740991],
      ...["9007199254740993", "08", "1.5", "1e3", "", " 1", "1 ", "0x", "1_000", "١", "NaN", "Infinity"].map(
        (text): [Json, typeof NOT] => [text, NOT],
      ),
    ],
  ],
  [
    "number → bool",
    "bool",
    [
      [1, true],
      [-3, true],
      [0, false],
      [0.5, NOT],
    ],
  ],
  [
    "string → bool",
    "bool",
    [
      ...["1", "t", "T", "TRUE", "true", "True"].map((text): [Json, Json] => [text, true]),
      ...["0", "f", "F", "FALSE", "false", "False"].map((text): [Json, Json] => [text, false]),
      ...["", "yes", "no", "tRUE", "on", " true", "2"].map((text): [Json, typeof NOT] => [text, NOT]),
    ],
  ],
  [
    "empty list → object",
    "object",
    [
      [[], {}],
      [["a"], NOT],
      ["", NOT],
    ],
  ],
  [
    "empty object → list",
    "string_array",
    [
      [{}, []],
      [{ a: 1 }, NOT],
    ],
  ],
  [
    "list of objects → object",
    "object",
    [
      [[{ a: 1, b: 1 }, { b: 2 }], { a: 1, b: 2 }],
      [[{ a: 1 }, 2], NOT],
    ],
  ],
  [
    "single value → list, every element in the same way",
    "string_array",
    [
      ["a", ["a"]],
      [7, ["7"]],
      [
        [1, true, "x"],
        ["1", "1", "x"],
      ],
      [[["a"]], NOT],
      [[null], NOT],
    ],
  ],
  [
    "→ list of numbers",
    "number_array",
    [
      ["0x10", [16]],
      [
        ["1", true],
        [1, 1],
      ],
      [["a"], NOT],
    ],
  ],
  [
    "→ list of bools",
    "bool_array",
    [
      ["t", [true]],
      [
        [0, "F"],
        [false, false],
      ],
      [["x"], NOT],
    ],
  ],
  [
    "→ list of objects",
    "object_array",
    [
      [{ a: 1 }, [{ a: 1 }]],
      [{}, []],
      [[[]], [{}]],
      ["a", NOT],
    ],
  ],
  [
    "no way from lists and objects to one value",
    "string",
    [
      [["a"], NOT],
      [{}, NOT],
      [[], NOT],
    ],
  ],
])("%s", (_, type, rows) => {
  it.each(rows)("%j: %j", (value, expected) => {
    expect(weak(type, value)).toEqual(expected);
  });
});

it("what comes out is of the type, what was of the type stays, and nothing throws", () => {
  fc.assert(
    fc.property(fc.constantFrom(...DataType.options), fc.jsonValue(), (type, value) => {
      const converted = convert(type, value as Json);
      if (converted) expect(fits(type, converted.value)).toBe(true);
      if (fits(type, value)) expect(converted?.value).toBe(value);
    }),
  );
});

it("members called __proto__ stay members", () => {
  const converted = convert("object", JSON.parse('[{"__proto__":{"polluted":1}}]') as Json);
  expect(Object.getPrototypeOf(converted?.value)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});
