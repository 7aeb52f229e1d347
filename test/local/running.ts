import { rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { Refusal } from "./options.ts";
import { isFree } from "./ports.ts";

interface Running {
  readonly pid: number;
  readonly port: number;
}

/** Two workerd processes on one storage folder would corrupt it, so the second start is refused, whatever its port. */
export async function claim(folder: string, port: number): Promise<void> {
  const file = `${folder}/running.json`;
  const other = await read(file);
  if (other && isAlive(other.pid) && !(await isFree(other.port)))
    throw new Refusal(
      `Vestibule is already running from this folder, at http://localhost:${other.port} (process ${other.pid}).`,
    );
  await writeFile(file, JSON.stringify({ pid: process.pid, port } satisfies Running));
  process.on("exit", () => rmSync(file, { force: true }));
}

const read = (file: string): Promise<Running | undefined> =>
  readFile(file, "utf8").then(
    (text) => JSON.parse(text) as Running,
    () => undefined,
  );

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
