import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { limits } from "../limits.ts";
import { root } from "../local/worker.ts";

test("every limit that the Worker knows is bound in wrangler.toml, with the period that Retry-After says", async () => {
  const source = await readFile(`${root}src/http/limits.ts`, "utf8");
  const stated = [...source.matchAll(/binding: "(\w+)", period: (\d+)/g)];
  const known = Object.fromEntries(stated.map(([, name = "", period]) => [name, Number(period)]));
  const bound = Object.fromEntries(
    Object.entries(limits(1)).map(([name, { simple }]) => [name, simple.period]),
  );
  assert.equal(stated.length, 4);
  assert.deepEqual(known, bound);
});
