/** Claim names as paths: what descends, what is literal, and what is refused. */
import { describe, expect, it } from "vitest";
import { parsePath, Path, putAt, valueAt } from "../../src/config/path.ts";
import type { JsonObject } from "../../src/flow.ts";

describe("a claim name", () => {
  it.each<[string, string[]]>([
    ["email", ["email"]],
    ["cognito:groups", ["cognito:groups"]],
    ["custom:department", ["custom:department"]],
    ["address.country", ["address", "country"]],
    [String.raw`https://example\.com/groups`, ["https://example.com/groups"]],
    [String.raw`https://example\.com/groups.0`, ["https://example.com/groups", "0"]],
    [String.raw`a\\b`, [String.raw`a\b`]],
    [String.raw`a\\.b`, ["a\\", "b"]],
    ["groups.0", ["groups", "0"]],
    ["__proto__", ["__proto__"]],
  ])("%s is %j", (text, names) => {
    expect(parsePath(text)).toEqual(names);
    expect(Path.safeParse(text).success).toBe(true);
  });

  it.each<[string, string]>([
    ["a\\", "a backslash must be followed by . or \\"],
    [String.raw`a\b`, "a backslash must be followed by . or \\"],
    ["a..b", "a path has no empty names"],
    [".a", "a path has no empty names"],
    ["a.", "a path has no empty names"],
  ])("%s is refused: %s", (text, message) => {
    expect(() => parsePath(text)).toThrow(new SyntaxError(message));
    expect(Path.safeParse(text).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});

it.each<[string, unknown]>([
  ["groups.0", "staff"],
  ["groups.2", undefined],
  ["groups.-1", undefined],
  ["identities.0.providerName", "Google"],
  ["address.country", "GB"],
  ["address.country.length", undefined],
  ["name.0", undefined],
])("a list is entered by index, a text is not: %s is %j", (path, value) => {
  const token = {
    name: "Ada",
    groups: ["staff", "engineering"],
    identities: [{ providerName: "Google" }],
    address: { country: "GB" },
  };
  expect(valueAt(token, parsePath(path))).toEqual(value);
});

describe("a value is put at a path", () => {
  it("into what is there, which stays as it was for whoever else has it", () => {
    const shared = { country: "FR" };
    const target: JsonObject = { address: shared };
    putAt(target, ["address", "city", "name"], "Lyon");
    expect(target).toEqual({ address: { country: "FR", city: { name: "Lyon" } } });
    expect(shared).toEqual({ country: "FR" });
  });

  it("over what is no object, and what every object inherits", () => {
    const target: JsonObject = { a: [1] };
    putAt(target, ["a", "b"], 1);
    putAt(target, ["constructor", "b"], 2);
    expect(target).toEqual({ a: { b: 1 }, constructor: { b: 2 } });
  });

  it.each([[["__proto__"]], [["__proto__", "a"]], [["a", "__proto__", "b"]]])("%j leads nowhere", (names) => {
    const target: JsonObject = {};
    putAt(target, names, { polluted: true });
    const inner = target["a"] ?? {};
    for (const one of [target, inner]) expect(Object.getPrototypeOf(one)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });
});
