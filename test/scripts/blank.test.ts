/** Values of secrets in what a script leaves behind for people to read, in every form that they come in by mistake. */
import { expect, it } from "vitest";
import { blank, blankCut } from "../../src/scripts/blank.ts";

/** With what JSON, URLs and both alphabets of Base64 write differently. */
const KEY = 'p"ss wörd ??>>>';
const bytes = (text: string) => String.fromCharCode(...new TextEncoder().encode(text));
const base64 = (text: string) => btoa(bytes(text)).replaceAll("=", "");
const hex = [...new TextEncoder().encode(KEY)].map((one) => one.toString(16).padStart(2, "0")).join("");

it.each<[string, string, string]>([
  ["as it is", `a ${KEY} b`, "a [secret KEY] b"],
  ["in JSON", JSON.stringify({ a: KEY }), '{"a":"[secret KEY]"}'],
  ["in a URL", `?key=${encodeURIComponent(KEY)}&a=b`, "?key=[secret KEY]&a=b"],
  ["in a form", new URLSearchParams({ key: KEY, a: "b" }).toString(), "key=[secret KEY]&a=b"],
  ["in hex", `x${hex}y`, "x[secret KEY]y"],
  ["in hex of capitals", hex.toUpperCase(), "[secret KEY]"],
  ["in Base64", base64(KEY), "[secret KEY]"],
  // What is left is the neighbour's, and a few bits that both share.
  ["in Base64 with three bytes before it", base64(`me:${KEY}`), "bWU6[secret KEY]"],
  ["in Base64 with one byte before it", base64(`:${KEY}`), "On[secret KEY]"],
  ["in Base64 with two bytes before it", base64(`u:${KEY}`), "dTp[secret KEY]"],
  ["in Base64 with a byte more behind it", base64(`${KEY}:`), "[secret KEY]jo"],
  ["in base64url", base64(KEY).replaceAll("+", "-").replaceAll("/", "_"), "[secret KEY]"],
])("%s", (_, text, shown) => {
  expect(blank(text, { KEY })).toBe(shown);
});

it("Base64 of this one has what the two alphabets write differently", () => {
  expect(base64(KEY)).toMatch(/[+/]/);
});

it("wherever it is in an object: in values, lists and names", () => {
  expect(blank({ [KEY]: [KEY, { a: [KEY] }], n: 1, no: null }, { KEY })).toEqual({
    "[secret KEY]": ["[secret KEY]", { a: ["[secret KEY]"] }],
    n: 1,
    no: null,
  });
});

it("one that begins like another leaves nothing of it behind", () => {
  const secrets = { SHORT: "begins-alike", LONG: "begins-alike-and-goes-on" };
  expect(blank(`${secrets.LONG}, ${secrets.SHORT}`, secrets)).toBe("[secret LONG], [secret SHORT]");
});

it("in a text that was cut in the midst of it, and in none that was not", () => {
  const secrets = { KEY: "0123456789abcdef" };
  for (const length of [1, 8, 15])
    expect(blankCut(`${".".repeat(20 - length)}${secrets.KEY.slice(0, length)}`, secrets, 20)).toBe(
      `${".".repeat(20 - length)}[secret KEY]`,
    );
  expect(blankCut("it ends in 0123", secrets, 20)).toBe("it ends in 0123");
});
