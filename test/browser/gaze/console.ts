/**
 * Every page of the console: its links are followed, so that none can be forgotten, and the list of pages says whether
 * one is missing. Of each kind of page one is looked at, of lists one in each workspace; forms are sent with
 * nonsense, deletions not confirmed.
 */
import type { Page } from "playwright-core";
import type { Local } from "../../local/local.ts";
import { bundled } from "./bundled.ts";
import type { Look } from "./main.ts";

interface Pages {
  readonly PAGES: readonly { readonly path: string }[];
}

/** With the first operator the bootstrap key is closed, by which these pages are looked at. */
const CLOSED = ["/operators/:id", "/operators/:id/delete"];

export async function gazeAtConsole(page: Page, { origin }: Local, look: Look): Promise<string[]> {
  const { PAGES } = await bundled<Pages>("src/admin/console/pages/index.ts");
  const patterns = PAGES.map(({ path }) => ({ path, fits: fitting(path) }));
  const seen = new Set<string>();
  for (const workspace of ["demo", "empty", "system"]) {
    const base = `/admin/workspaces/${workspace}`;
    // The way to a template is a form.
    const queue = [base, `${base}/identity-providers/create/cognito?id=new`];
    const kinds = new Set<string>();
    const people = new Set<string>();
    for (const path of queue) {
      const url = new URL(path, origin);
      if (!url.pathname.startsWith(base)) continue;
      const pattern = patterns.find(({ fits }) => fits.test(url.pathname.slice(base.length)))?.path;
      if (pattern === undefined) continue;
      const kind = `${pattern || "/overview"}${[...url.searchParams.keys()].map((name) => `-${name}`).join("")}`;
      if (kinds.has(kind)) {
        // Nobody has all that a person can have.
        if (pattern !== "/people/:subject" || people.has(path)) continue;
        people.add(path);
        await page.goto(url.href);
        queue.push(...(await linksOf(page)));
        continue;
      }
      // A form is the same in every workspace.
      if (seen.has(pattern) && /\/(?:create|:\w+)/.test(pattern)) continue;
      kinds.add(kind);
      seen.add(pattern);
      const name = `console-${workspace}${kind.replaceAll(/[/:]+/g, "-")}`;
      await page.goto(url.href);
      queue.push(...(await linksOf(page)));
      await look(page, name);
      if (/\/(?:create|add|delete|remove)$|\/create\/:template$/.test(pattern) && (await sendEmpty(page)))
        await look(page, `${name}-wrong`);
    }
  }
  return PAGES.map(({ path }) => path).filter((path) => !seen.has(path) && !CLOSED.includes(path));
}

/** Of a pattern in the syntax of Hono's router. `create` stands in the list before `:id`, as the router needs it. */
const fitting = (path: string) => new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`);

function linksOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement | SVGAElement>("a[href]")]
      .map((link) => new URL(link.getAttribute("href") ?? "", location.href))
      .filter(({ origin, hash }) => origin === location.origin && !hash)
      .map(({ pathname, search }) => pathname + search),
  );
}

/** @returns false where there is no form to send */
async function sendEmpty(page: Page): Promise<boolean> {
  const button = page.locator("main form[method=post] button:is(.primary, .danger)").first();
  if ((await button.count()) === 0) return false;
  await page.evaluate(() => {
    for (const form of document.forms) form.noValidate = true;
    for (const field of document.querySelectorAll<HTMLInputElement>(
      "main input[type=text], main input:not([type])",
    ))
      if (!field.readOnly) field.value = field.name === "search" ? "" : "! !";
  });
  await Promise.all([page.waitForEvent("load"), button.click()]);
  return true;
}
