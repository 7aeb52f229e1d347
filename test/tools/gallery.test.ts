/** The gallery is what pages are judged by, in every language and by eye: one that is not in it would be judged by nobody. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

const pages = new URL("../../src/pages/", import.meta.url);

test("every page is in the gallery", async () => {
  const gallery = await readFile(new URL("../pages/gallery.tsx", import.meta.url), "utf8");
  const files = await readdir(pages);
  assert.ok(files.length > 10);
  for (const file of files) {
    const source = await readFile(new URL(file, pages), "utf8");
    const shown = [...source.matchAll(/^export function ([A-Z]\w*)/gm)].map(([, name]) => name);
    assert.ok(shown.length > 0, `${file} shows nothing`);
    for (const name of shown) assert.match(gallery, new RegExp(`<${name}\\s`), `${name} of ${file}`);
  }
});
