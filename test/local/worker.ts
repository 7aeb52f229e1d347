import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4MiniflareOptions } from "miniflare";
import {
  unstable_getMiniflareWorkerOptions as workerOptions,
  unstable_readConfig as readConfig,
} from "wrangler";
import { watchScripts } from "./watch-scripts.ts";
import { limits } from "../limits.ts";

// Or wrangler says on stdout which files it read.
process.env.WRANGLER_LOG ??= "error";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface WorkerOptions {
  readonly port: number;
  /** Variables and secrets, over those of wrangler.toml. */
  readonly bindings: { readonly [name: string]: string };
  /** Answers every fetch that leaves the Worker; nothing reaches the network. */
  readonly outbound: (request: Request) => Promise<Response>;
  /** Where KV and Durable Objects live between runs; in memory when absent. */
  readonly state?: string;
  readonly config?: string;
  /** Requests that every rate limit lets through in its period. */
  readonly limit?: number;
  /** Takes what the Worker logs; it goes to stderr when absent. */
  readonly log?: (line: string, level: string) => void;
}

export interface LocalWorker {
  readonly origin: string;
  readonly miniflare: Miniflare;
  stop(): Promise<void>;
}

/** Vestibule on local workerd, on loopback only. Bindings, classes and compatibility are wrangler.toml's, said once. */
export async function startWorker(options: WorkerOptions): Promise<LocalWorker> {
  const { workerOptions: declared, main } = workerOptions(options.config ?? `${root}wrangler.toml`);
  const say = (line: string, level: string) => (options.log ? options.log(line, level) : console.error(line));
  const watched = watchScripts(`http://127.0.0.1:${options.port}`, (line) => say(line, "error"));
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      port: options.port,
      cf: false,
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ level, message }) => {
        if (!watched(message)) say(message, level);
      },
      resourcePersistencePath: options.state,
      telemetry: { enabled: false },
      workers: [
        {
          ...declared,
          modules: [{ type: "ESModule", path: "index.js", contents: await bundle(main!) }],
          bindings: { ...(declared.bindings as object), ...options.bindings, WATCHED: "on" },
          // One machine is one address: tests and demos are a flood.
          ratelimits: limits(options.limit ?? 100_000),
          outboundService: options.outbound,
          // Not in wrangler.toml: in production it needs the paid plan.
          workerLoaders: { LOADER: {} },
        },
      ],
    } as V4MiniflareOptions),
  );
  const { port } = await miniflare.ready;
  return { origin: `http://localhost:${port}`, miniflare, stop: () => miniflare.dispose() };
}

/** Libraries that ask for Node's modules by their old names get those of workerd, by an import as modules have it. */
const builtins: Plugin = {
  name: "builtins",
  setup(bundling) {
    bundling.onResolve({ filter: /^(?:crypto|util)$/ }, ({ path }) => ({ path, namespace: "builtin" }));
    bundling.onLoad({ filter: /.*/, namespace: "builtin" }, ({ path }) => ({
      contents: `export * from "node:${path}"; export { default } from "node:${path}";`,
    }));
  },
};

/** One module, as wrangler would make it. */
export async function bundle(entry: string, minify = false): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    alias: readConfig({ config: `${root}wrangler.toml` }).alias,
    plugins: [builtins],
    logLevel: "silent",
  });
  return outputFiles[0]!.text;
}
