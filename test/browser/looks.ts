import { mkdir } from "node:fs/promises";
import axe from "axe-core";
import type { Page } from "playwright-core";

const WIDTHS = [375, 1280];
const SCHEMES = ["light", "dark"] as const;
/** A folder for screenshots, for who wants to look; `gaze/main.ts` makes those of everything. */
const SHOTS = process.env.SHOTS;

/** A page on a phone and on a desk, by day and by night: what axe finds, and what does not fit the width. */
export async function faultsOf(
  page: Page,
  name: string,
  { shots = SHOTS, asksAxe = true } = {},
): Promise<string[]> {
  const faults: string[] = [];
  if (asksAxe) await page.evaluate(axe.source);
  for (const width of WIDTHS)
    for (const colorScheme of SCHEMES) {
      const where = `${name}-${width}-${colorScheme}`;
      await page.setViewportSize({ width, height: width > 400 ? 800 : 667 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      faults.push(...(await found(page, asksAxe)).map((fault) => `${where}: ${fault}`));
      if (shots) await shoot(page, shots, where);
    }
  return faults;
}

function found(page: Page, asksAxe: boolean): Promise<string[]> {
  return page.evaluate(async (asks) => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = asks ? await axe.run() : { violations: [] };
    const { scrollWidth, clientWidth } = document.documentElement;
    return [
      ...violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(" ")}`)),
      ...(scrollWidth > clientWidth ? [`is ${scrollWidth - clientWidth} pixels too wide`] : []),
    ];
  }, asksAxe);
}

async function shoot(page: Page, folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
