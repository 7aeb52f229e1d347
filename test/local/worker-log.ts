import { createWriteStream } from "node:fs";

/** Everything the Worker logs in this run goes to a file; what went wrong is said at once, on stderr, since stdout may carry JSON. */
export function workerLog(file: string): (line: string, level: string) => void {
  const stream = createWriteStream(file, { mode: 0o600 });
  return (line, level) => {
    stream.write(`${line}\n`);
    if (level === "error" || level === "warn") console.error(line);
  };
}
