/** What comments refer to is there: rules of the design, and threats. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { root } from "../local/worker.ts";

const read = (path: string) => readFileSync(`${root}${path}`, "utf8");
const files = ["src", "test"].flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`),
);
const texts = files.map((file) => [file, read(file)] as const);
const cited = (pattern: RegExp) =>
  texts.flatMap(([file, text]) => [...text.matchAll(pattern)].map((found) => ({ file, found })));

test("a rule of the design that is cited is in src/README.md", () => {
  const sections = read("src/README.md").split(/^## (?=\d)/m);
  const bodyOf = (number: string) => sections.find((section) => section.startsWith(`${number}. `)) ?? "";
  const citations = cited(/design §(\d+)(?:\.(\d+)|, ([A-Z][a-z]+(?: [a-z]+)?))?/g);
  assert.ok(citations.length > 50);
  for (const { file, found } of citations) {
    const [whole, section = "", rule, word] = found;
    const body = bodyOf(section);
    assert.ok(body, `${file}: ${whole}`);
    if (rule) assert.ok(body.includes(`\n${rule}. `), `${file}: ${whole}`);
    if (word) assert.ok(body.includes(`**${word}.**`), `${file}: ${whole}`);
  }
});

test("a threat that is cited is in test/attacks/README.md, and each that is there is cited", () => {
  const listed = [...read("test/attacks/README.md").matchAll(/^\| (\d+) +\|/gm)].map(([, number]) =>
    Number(number),
  );
  const numbers = cited(/\bthreats? (\d+(?:(?:, | and |–)\d+)*)/g).flatMap(({ found: [, list = ""] }) =>
    list.split(/, | and /).flatMap((part) => {
      const [from = 0, to = from] = part.split("–").map(Number);
      return Array.from({ length: to - from + 1 }, (_, at) => from + at);
    }),
  );
  assert.deepEqual(
    listed,
    [...new Set(numbers)].toSorted((a, b) => a - b),
  );
});
