import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import type { Check } from "./checks.ts";
import type { Count } from "./count.ts";
import { scratch } from "./scratch.ts";

export interface Outcome extends Count {
  readonly output: string;
  readonly seconds: number;
}

/** Milliseconds: against what hangs, not against a busy machine. */
const limit = 1_200_000;
const running = new Set<number>();
process.on("exit", () => running.forEach(endGroup));
// After that, so that nobody writes there any more when it goes.
const temporary = scratch();

/** Runs one check; its programs find the Node that came with the lock file first, and stay quiet offline. */
export async function execute(check: Check, root: string): Promise<Outcome> {
  const began = performance.now();
  const { code, output } = await spawned(check.run, root);
  const seconds = (performance.now() - began) / 1000;
  const whole = { passed: check.count ? 0 : Number(code === 0), failed: 0, skipped: [] };
  const counted = check.count?.(output) ?? whole;
  // A run that failed without a failed test, or had no test at all, is itself the failure.
  const unexplained = counted.failed === 0 && (code !== 0 || counted.passed + counted.skipped.length === 0);
  return { ...counted, failed: counted.failed + Number(unexplained), output, seconds };
}

function spawned(
  [program = "", ...args]: readonly string[],
  cwd: string,
): Promise<{ code: number | null; output: string }> {
  const env = {
    ...process.env,
    PATH: [dirname(process.execPath), `${cwd}node_modules/.bin`, process.env.PATH].join(delimiter),
    NO_COLOR: "1",
    FORCE_COLOR: undefined,
    WRANGLER_SEND_METRICS: "false",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    ...(temporary !== undefined && { TMPDIR: temporary }),
  };
  const windows = process.platform === "win32";
  // A group of its own: what a check leaves behind, workerd or a browser, ends with it.
  const child = spawn(program, args, {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    shell: windows,
    detached: !windows,
  });
  if (child.pid) running.add(child.pid);
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
  const timer = setTimeout(() => {
    chunks.push(`\nstopped after ${limit / 1000} seconds\n`);
    endGroup(child.pid);
  }, limit);
  return new Promise((resolve) => {
    child.on("error", (error) => chunks.push(error.message));
    child.on("close", (code) => {
      clearTimeout(timer);
      endGroup(child.pid);
      resolve({ code, output: chunks.join("") });
    });
  });
}

function endGroup(pid: number | undefined): void {
  if (!pid || !running.delete(pid)) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}
