import { mkdir } from "node:fs/promises";
import axe from "axe-core";
import type { Page } from "playwright-core";

const WIDTHS = [375, 1280];
const SCHEMES = ["light", "dark"] as const;
/** A folder for screenshots, for who wants to look. */
const SHOTS = process.env.SHOTS;

/** A page on a phone and on a desk, by day and by night: what axe finds, and what does not fit the width. */
export async function faultsOf(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  await page.evaluate(axe.source);
  for (const width of WIDTHS)
    for (const colorScheme of SCHEMES) {
      const where = `${name}-${width}-${colorScheme}`;
      await page.setViewportSize({ width, height: width > 400 ? 800 : 667 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      faults.push(...(await found(page)).map((fault) => `${where}: ${fault}`));
      if (SHOTS) await shoot(page, `${SHOTS}/${where}.png`);
    }
  return faults;
}

function found(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run();
    const { scrollWidth, clientWidth } = document.documentElement;
    return [
      ...violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(" ")}`)),
      ...(scrollWidth > clientWidth ? [`is ${scrollWidth - clientWidth} pixels too wide`] : []),
    ];
  });
}

async function shoot(page: Page, path: string): Promise<void> {
  await mkdir(SHOTS ?? "", { recursive: true });
  await page.screenshot({ path, fullPage: true });
}
