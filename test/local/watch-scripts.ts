import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Milliseconds: a script that is awake longer than its own limit of five seconds has stopped everything. */
const PATIENCE = 8_000;
const PROOF = 4_000;

interface Line {
  readonly type?: string;
  readonly workspace?: string;
  readonly script?: string;
}

/**
 * Local workerd does not count the CPU of a script, so one that never ends stops the whole server. It is killed then, and
 * Miniflare starts it anew on the same port; what was acknowledged is on disk.
 * @returns takes each line that the Worker logs; true for lines that are only for the watch
 */
export function watchScripts(origin: string, say: (line: string) => void): (line: string) => boolean {
  const running = new Map<string, NodeJS.Timeout>();

  async function look(workspace: string, script: string): Promise<void> {
    const alive = await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(PROOF) }).catch(
      () => undefined,
    );
    if (alive) return;
    for (const pid of await busy()) process.kill(pid, "SIGKILL");
    say(
      `The script “${script}” of the workspace “${workspace}” does not come to an end, so the local server was restarted. ` +
        "In production it is stopped after 50 ms of CPU.",
    );
  }

  return (line) => {
    if (!line.startsWith('{"type":"script_')) return false;
    const { type, workspace = "", script = "" } = JSON.parse(line) as Line;
    if (type !== "script_began" && type !== "script_ended") return false;
    const name = `${workspace}/${script}`;
    clearTimeout(running.get(name));
    running.delete(name);
    if (type === "script_began")
      running.set(name, setTimeout(() => void look(workspace, script), PATIENCE).unref());
    return true;
  };
}

/** Our own workerd processes that are computing: several may belong to one process of ours, and the others wait. */
async function busy(): Promise<number[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,stat=,comm="]);
  return stdout
    .split("\n")
    .map((row) => row.trim().split(/\s+/))
    .filter(
      ([, parent, state, name]) =>
        parent === String(process.pid) && state?.startsWith("R") && name?.includes("workerd"),
    )
    .map(([pid]) => Number(pid));
}
