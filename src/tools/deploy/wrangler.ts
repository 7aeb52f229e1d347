import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Ran {
  readonly code: number;
  /** Both streams together: wrangler says some failures on stdout. */
  readonly output: string;
}

/** Runs wrangler. `input` goes to stdin, never to the command line, which other processes can read. */
export type Wrangler = (args: readonly string[], how?: { input?: string; show?: boolean }) => Promise<Ran>;

const program = fileURLToPath(new URL("../../../node_modules/wrangler/bin/wrangler.js", import.meta.url));

export const wrangler: Wrangler = (args, { input, show = false } = {}) =>
  new Promise((resolve, reject) => {
    // Wrangler asks questions of a terminal only; here everything is asked before it runs.
    const env = { ...process.env, WRANGLER_SEND_METRICS: "false", FORCE_COLOR: "0" };
    const child = spawn(process.execPath, [program, ...args], { env, stdio: ["pipe", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        if (show) process.stdout.write(text);
      });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
    child.stdin.end(input ?? "");
  });
