import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** What only the benchmark needs is installed by it. @throws Error when npm does not succeed */
export function install(): void {
  if (existsSync(`${folder}node_modules/.package-lock.json`)) return;
  console.error("Installing what only the benchmark needs …");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("npm ci did not succeed: see its messages above");
}
