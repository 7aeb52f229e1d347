import { fileURLToPath } from "node:url";
import { bundle } from "../../local/worker.ts";

/** A Worker of `peers/`, minified like ours. */
export async function peer(name: string) {
  const contents = await bundle(fileURLToPath(new URL(`../peers/${name}.js`, import.meta.url)), true);
  return {
    compatibilityDate: "2026-11-01",
    compatibilityFlags: ["nodejs_compat"],
    modules: [{ type: "ESModule", path: "index.js", contents }],
  };
}
