import { resolve } from "node:path";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { bindings } from "./bindings.ts";
import { limits } from "./limits.ts";
import { bundled } from "./local/bundled.ts";
import { answer } from "./upstream/index.ts";

export default defineConfig({
  plugins: [
    bundled,
    cloudflareTest({
      wrangler: { configPath: "./wrangler.toml" },
      // Nothing reaches the network: every fetch that leaves the Worker, or a test, is answered on the Node side.
      miniflare: {
        bindings,
        ratelimits: limits(100_000),
        workerLoaders: { LOADER: {} },
        outboundService: answer,
      },
    }),
  ],
  root: resolve(import.meta.dirname, ".."),
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    exclude: [
      "test/local/**",
      "test/tools/**",
      "test/browser/**",
      "test/interop/**",
      "test/checks/**",
      "test/faults/**",
    ],
    setupFiles: ["./test/setup.ts"],
    silent: "passed-only",
    // A busy machine is no failure.
    hookTimeout: 60_000,
    testTimeout: 60_000,
    // A second of start-up a file is saved. Every test makes its own names, and the clock only goes forward.
    isolate: false,
  },
});
