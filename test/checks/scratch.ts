import { mkdtempSync, rmSync, statfsSync } from "node:fs";

/** Where Linux keeps files in memory. */
const MEMORY = "/dev/shm";
/** Bytes. Tests leave a few hundred megabytes behind until they end. */
const ROOM = 4 * 2 ** 30;

/**
 * A folder for temporary files in memory, where there is room enough: workerd waits for the disk at each of its many commits.
 * It goes when this process does.
 * @returns undefined where the machine's own folder has to do
 */
export function scratch(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    // In a container it may be small, and the memory behind it smaller still.
    if (Math.min(bavail * bsize, process.availableMemory() / 2) < ROOM) return undefined;
    const folder = mkdtempSync(`${MEMORY}/vestibule-test-`);
    process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    return folder;
  } catch {
    return undefined;
  }
}
