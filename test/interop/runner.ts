import { spawn, type ChildProcess } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { root } from "../local/worker.ts";

export interface Run {
  readonly child: ChildProcess;
  /** Code and everything that was said, when it has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
  /** Resolves when stdout has this, or the run has ended. */
  says(words: string): Promise<string>;
}

/** A command as a person types it, in a process group of its own: what Ctrl-C in a terminal reaches. */
export function run(command: string, args: readonly string[]): Run {
  const child = spawn(command, args, { cwd: root, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on("close", (code) => resolve({ code, stdout, stderr })),
  );
  const says = (words: string) =>
    new Promise<string>((resolve) => {
      const look = () => stdout.includes(words) && resolve(stdout);
      child.stdout.on("data", look);
      void ended.then(() => resolve(stdout));
      look();
    });
  return { child, ended, says };
}

/** As a terminal does it: to every process of the group. */
export const interrupt = ({ child }: Run): boolean => process.kill(-child.pid!, "SIGINT");

/** Command lines of running processes that have this text. */
export async function running(text: string): Promise<string[]> {
  const lines = process.platform === "linux" ? await fromProc() : await fromPs();
  return lines.filter((line) => line.includes(text));
}

async function fromProc(): Promise<string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = ids.map((id) => readFile(`/proc/${id}/cmdline`, "utf8").catch(() => ""));
  return (await Promise.all(lines)).map((line) => line.replaceAll("\0", " "));
}

async function fromPs(): Promise<string[]> {
  const { stdout } = await run("ps", ["-axo", "command"]).ended;
  return stdout.split("\n");
}
