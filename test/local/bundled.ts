import type { Plugin } from "vitest/config";
import { bundle, root } from "./worker.ts";

const ENTRY = `${root}test/local/xml-crypto.ts`;

/** The Worker gets xml-crypto as it is deployed, with its alias; tests forge with the library as it is published. */
export const bundled: Plugin = {
  name: "bundled",
  enforce: "pre",
  resolveId: (asked, importer) =>
    asked === "xml-crypto" && importer?.startsWith(`${root}src/`) ? ENTRY : undefined,
  load: (id) => (id === ENTRY ? bundle(ENTRY) : undefined),
};
