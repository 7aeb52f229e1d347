import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { chromium, type Browser } from "playwright-core";
import { root } from "../local/worker.ts";

const INSTALLED = [
  process.env.CHROME_PATH ?? "",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/usr/bin/google-chrome",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  `${process.env.PROGRAMFILES}\\Google\\Chrome\\Application\\chrome.exe`,
  `${process.env["PROGRAMFILES(X86)"]}\\Google\\Chrome\\Application\\chrome.exe`,
];

/** A real browser, or the reason why there is none. */
export async function findChromium(): Promise<
  { readonly executablePath: string } | { readonly absent: string }
> {
  if (process.platform === "linux" && process.arch === "x64") return { executablePath: await packaged() };
  const path = INSTALLED.find((candidate) => existsSync(candidate));
  if (path) return { executablePath: path };
  return { absent: `no Chrome found on ${process.platform} ${process.arch}; name one in CHROME_PATH` };
}

/** With no switch but the one that root needs: those that the package recommends turn off what is tested here. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

/**
 * The Chromium inside the npm package unpacks itself to the folder for temporary files, where a half-written one
 * counts as there. So each process unpacks into a folder of its own, and the first one done gives it the final name.
 */
async function packaged(): Promise<string> {
  const { version } = JSON.parse(
    await readFile(`${root}node_modules/@sparticuz/chromium/package.json`, "utf8"),
  ) as { version: string };
  const folder = `${root}node_modules/.cache/chromium-${version}`;
  if (!existsSync(folder)) {
    await mkdir(dirname(folder), { recursive: true });
    const own = await mkdtemp(`${folder}.`);
    await inFolder(own, async () => (await import("@sparticuz/chromium")).default.executablePath());
    await rename(own, folder).catch(() => rm(own, { recursive: true }));
  }
  return `${folder}/chromium`;
}

async function inFolder(folder: string, unpack: () => Promise<unknown>): Promise<void> {
  const before = tmpdir();
  process.env.TMPDIR = folder;
  await unpack();
  process.env.TMPDIR = before;
}
