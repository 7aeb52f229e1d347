import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** What the operating system says of a process. */
export interface Usage {
  /** Seconds of CPU, user and system, since it began. */
  readonly cpu: number;
  /** MiB of memory resident now. */
  readonly memory: number;
}

/** Clock ticks a second of `/proc`: 100 on every Linux that Node runs on. */
const TICKS = 100;
const PAGE = 4_096;

export function usageOf(pid: number): Usage {
  if (existsSync("/proc/self/stat")) return fromProc(pid);
  const [time = "", kibibytes = "0"] = execFileSync("ps", ["-o", "time=,rss=", "-p", String(pid)])
    .toString()
    .trim()
    .split(/\s+/);
  const cpu = time
    .replace("-", ":")
    .split(":")
    .reduce((sum, part) => sum * 60 + Number(part), 0);
  return { cpu, memory: Number(kibibytes) / 1_024 };
}

function fromProc(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name in parentheses may hold spaces; fields are counted from behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const cpu = (Number(fields[11]) + Number(fields[12])) / TICKS;
  return { cpu, memory: (Number(fields[21]) * PAGE) / 1_048_576 };
}

/** The youngest child of a process whose command line has `name` in it. */
export function childOf(parent: number, name: string): number {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { maxBuffer: 10_000_000 })
    .toString()
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line));
  const found = rows.findLast((row) => Number(row?.[2]) === parent && row?.[3]?.includes(name));
  if (!found) throw new Error(`process ${parent} has no child ${name}`);
  return Number(found[1]);
}
