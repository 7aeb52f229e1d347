import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { after } from "node:test";
import { startLocal, type LocalOptions } from "../local/local.ts";

/** A folder that is gone after the tests of a file. */
export async function temporary(): Promise<string> {
  const folder = await mkdtemp(`${tmpdir()}/vestibule-`);
  after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Vestibule and its pool for the tests of one file, and what the Worker logged. */
export async function start(options: Partial<LocalOptions> = {}) {
  const log: string[] = [];
  const local = await startLocal({ folder: await temporary(), log: (line) => log.push(line), ...options });
  after(() => local.stop());
  return { ...local, issuer: `${local.origin}/demo`, log };
}
