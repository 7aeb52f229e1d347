/**
 * Screenshots of everything there is to see, for who wants to look: `node test/browser/gaze/main.ts FOLDER [pages|console]…`.
 * At 375 and 1280 pixels, by day and by night. What axe finds and what does not fit is said at the end;
 * `AXE=off` looks in half the time.
 */
import { rm, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import type { Page } from "playwright-core";
import { startLocal } from "../../local/local.ts";
import { findChromium, launch } from "../chromium.ts";
import { faultsOf } from "../looks.ts";
import { gazeAtConsole } from "./console.ts";
import { fill } from "./fill.ts";
import { gazeAtPages } from "./pages.ts";
import { gazeAtStates } from "./states.ts";
import { visit } from "./visit.ts";

export type Look = (page: Page, name: string) => Promise<void>;

const [shots = "looks", ...wanted] = process.argv.slice(2);
const chromium = await findChromium();
if ("absent" in chromium) throw new Error(chromium.absent);
const browser = await launch(chromium.executablePath);
const context = await browser.newContext();
context.setDefaultTimeout(20_000);
const faults: string[] = [];
const look: Look = async (page, name) => {
  faults.push(...(await faultsOf(page, name, { shots, asksAxe: process.env.AXE !== "off" })));
};
const wants = (part: string) => wanted.length === 0 || wanted.includes(part);

if (wants("pages")) await gazeAtPages(browser, look);
if (wants("console")) {
  const folder = await mkdtemp(`${tmpdir()}/vestibule-`);
  const local = await startLocal({ folder, log: () => {} });
  try {
    await fill(local);
    const page = await visit(context, local, look);
    const missing = await gazeAtConsole(page, local, look);
    faults.push(...missing.map((path) => `nothing leads to ${path}`));
    await gazeAtStates(page, local, look);
  } finally {
    await local.stop();
    await rm(folder, { recursive: true });
  }
}
await browser.close();
console.log(faults.join("\n") || "axe finds nothing, and everything fits");
process.exitCode = faults.length > 0 ? 1 : 0;
