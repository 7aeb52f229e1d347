import { count, type Count } from "./count.ts";

export interface Check {
  readonly name: string;
  /** A program of node_modules/.bin, or node, with its arguments. */
  readonly run: readonly string[];
  /** Tests in its output; a check without is one test itself. */
  readonly count?: (output: string) => Count | undefined;
  /** A remark for its line, taken from the output. */
  readonly remark?: RegExp;
}

const nodeTests = (name: string, pattern: string): Check => ({
  name,
  // A test that failed half-way leaves servers behind: they must not keep its process, and the run, from ending.
  run: ["node", "--test", "--test-force-exit", "--test-timeout=300000", "--test-reporter=spec", pattern],
  count: count.nodeTest,
});

/** One runtime is one thread, so that a second core needs a second one. */
const workerdTests = (part: string): Check => ({
  name: `workerd tests ${part}`,
  run: ["vitest", "run", "--config", "test/vitest.config.ts", `--shard=${part}`],
  count: count.vitest,
});

/** Everything `npm test` runs, the slowest first: three at a time, the short ones fill the gaps. */
export const checks: readonly Check[] = [
  nodeTests("browser", "test/browser/**/*.test.ts"),
  workerdTests("1/2"),
  workerdTests("2/2"),
  nodeTests("tools", "test/tools/**/*.test.ts"),
  nodeTests("interop", "test/interop/**/*.test.ts"),
  nodeTests("faults", "test/faults/*.test.ts"),
  {
    name: "deploy dry run",
    run: ["node", "src/tools/deploy/main.ts", "--dry-run"],
    remark: /Bundle: .*/,
  },
  nodeTests("local parts", "test/local/**/*.test.ts"),
  { name: "types of the Worker", run: ["tsc", "-p", "tsconfig.json"] },
  { name: "types of the tools", run: ["tsc", "-p", "test/local/tsconfig.json"] },
  { name: "lint", run: ["oxlint", "--type-aware", "-c", "test/oxlint.json", "src", "test"] },
  { name: "unused code", run: ["knip"] },
  { name: "format", run: ["oxfmt", "-c", "test/oxfmt.json", "--check", "src", "test"] },
];
