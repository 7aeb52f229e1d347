/** Modules of the Worker in Node: JSX is compiled, and what only the Worker's runtime has is empty. */
import { build, type Plugin } from "esbuild";
import { root } from "../../local/worker.ts";

const runtime: Plugin = {
  name: "runtime",
  setup(bundle) {
    bundle.onResolve({ filter: /^cloudflare:/ }, ({ path }) => ({ path, namespace: "runtime" }));
    bundle.onLoad({ filter: /./, namespace: "runtime" }, () => ({
      contents: "export class DurableObject {} export class WorkerEntrypoint {} export const env = {};",
    }));
  },
};

/** @param path of the module, from the project's folder */
export async function bundled<T>(path: string): Promise<T> {
  const { outputFiles } = await build({
    entryPoints: [root + path],
    bundle: true,
    format: "esm",
    platform: "node",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    plugins: [runtime],
    write: false,
    logLevel: "error",
  });
  const [{ contents } = { contents: new Uint8Array() }] = outputFiles;
  return (await import(`data:text/javascript;base64,${Buffer.from(contents).toString("base64")}`)) as T;
}
