/** What reads XML is evaluated when a SAML connection is used, and not before: every isolate would pay for it otherwise. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const XML = /node_modules\/(?:xml-crypto|@xmldom\/xmldom)\//;

test("no module of the Worker imports the XML libraries but behind import()", async () => {
  const { metafile } = await build({
    absWorkingDir: fileURLToPath(new URL("../..", import.meta.url)),
    entryPoints: ["src/index.ts"],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*", "crypto", "util"],
    logLevel: "silent",
  });
  const reached = (late: boolean) => {
    const found = new Set(["src/index.ts"]);
    for (const path of found)
      for (const { path: next, kind, external } of metafile.inputs[path]?.imports ?? [])
        if (!external && (late || kind !== "dynamic-import")) found.add(next);
    return [...found];
  };
  assert.ok(reached(true).some((path) => XML.test(path)));
  assert.deepEqual(
    reached(false).filter((path) => XML.test(path)),
    [],
  );
});
