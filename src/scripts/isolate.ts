/** The isolate of one script version and workspace, kept by the platform while it is warm. */
import { toHex } from "../crypto/hex.ts";
import type { Keyring } from "../crypto/keyring.ts";
import type { ScriptCode } from "./execution.ts";
import { harness } from "./harness.ts";
import { CPU, MOST_CALLS } from "./limits.ts";
import type { Network } from "./network.ts";

/** Its language; a date of our own choosing, for the scripts of operators must not change under them. */
const LANGUAGE = {
  compatibilityDate: "2026-11-01",
  compatibilityFlags: ["nodejs_als", "no_nodejs_compat", "no_nodejs_compat_v2"],
};

/** What `harness.ts` answers to. */
interface Harness {
  run(word: string, input: string, network: Network | undefined): Promise<unknown>;
}

/**
 * Which isolate it is follows from all that it may do, so that no other code or rights ever meet its state. It follows
 * under a key of ours, and nobody else can tell: so that is the word that its harness runs the script for.
 */
export async function isolate(loader: WorkerLoader, keyring: Keyring, code: ScriptCode) {
  const { workspace, id, body } = code;
  const word = await wordFor(keyring, code);
  const stub = loader.get([workspace, id, word].join("/"), () => ({
    ...LANGUAGE,
    mainModule: "harness.js",
    // Two modules, never text put together: no brace of a script ends our function.
    modules: { "harness.js": { js: harness(word) }, script: isModule(body) ? { js: body } : { cjs: body } },
    env: {},
    globalOutbound: null,
    limits: { cpuMs: CPU, subRequests: MOST_CALLS },
  }));
  const entrypoint = stub.getEntrypoint() as unknown as Harness;
  return {
    run: (input: string, network: Network | undefined) => entrypoint.run(word, input, network),
  };
}

async function wordFor(
  keyring: Keyring,
  { workspace, id, body, hosts, secrets }: ScriptCode,
): Promise<string> {
  const key = await keyring.hmac(keyring.current, "mac:script", workspace);
  if (!key) throw new TypeError("the deployment has no key");
  const text = JSON.stringify([id, body, hosts, secrets]);
  return toHex(new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text))));
}

/** In CommonJS, which the platform loads as its own kind, this would be a syntax error. */
function isModule(body: string): boolean {
  return /(?:^|;)\s*export\s*(?:default\b|\{)/m.test(body);
}
