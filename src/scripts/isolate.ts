/** The isolate of one script version and workspace, kept by the platform while it is warm. */
import { toHex } from "../crypto/hex.ts";
import type { ScriptCode } from "./execution.ts";
import { HARNESS } from "./harness.ts";
import { CPU, MOST_CALLS } from "./limits.ts";
import type { Network } from "./network.ts";

/** Its language; a date of our own choosing, for the scripts of operators must not change under them. */
const LANGUAGE = {
  compatibilityDate: "2026-11-01",
  compatibilityFlags: ["nodejs_als", "no_nodejs_compat", "no_nodejs_compat_v2"],
};

/** What `harness.ts` answers to. */
interface Harness {
  run(input: string, network: Network | undefined): Promise<unknown>;
}

/** Which isolate it is follows from all that it may do, so that no other code or rights ever meet its state. */
export async function isolate(loader: WorkerLoader, { workspace, id, body, hosts, secrets }: ScriptCode) {
  const text = JSON.stringify([body, hosts, secrets]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const name = [workspace, id, toHex(new Uint8Array(digest))].join("/");
  const stub = loader.get(name, () => ({
    ...LANGUAGE,
    mainModule: "harness.js",
    // Two modules, never text put together: no brace of a script ends our function.
    modules: { "harness.js": { js: HARNESS }, script: isModule(body) ? { js: body } : { cjs: body } },
    env: {},
    globalOutbound: null,
    limits: { cpuMs: CPU, subRequests: MOST_CALLS },
  }));
  return stub.getEntrypoint() as unknown as Harness;
}

/** In CommonJS, which the platform loads as its own kind, this would be a syntax error. */
function isModule(body: string): boolean {
  return /(?:^|;)\s*export\s*(?:default\b|\{)/m.test(body);
}
