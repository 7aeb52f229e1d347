/** Somebody signs in, so that there is something to see; then an operator enters. */
import type { BrowserContext, Page } from "playwright-core";
import type { Local } from "../../local/local.ts";
import { allow, follow, press, seesTokens, signInAtPool } from "../steps.ts";
import type { Look } from "./main.ts";

/** @returns the operator's page */
export async function visit(context: BrowserContext, { origin, secrets }: Local, look: Look): Promise<Page> {
  const page = await context.newPage();
  for (const [connection, name] of [
    ["customers", "zoë"],
    ["staff", "ada"],
  ] as const) {
    await page.goto(`${origin}/demo/demo/login?prompt=login&idp_hint=${connection}`);
    await signInAtPool(page, name);
    await allow(page);
    await seesTokens(page);
  }
  await linkAccounts(page, `${origin}/demo`, look);
  await page.goto(`${origin}/api`);
  await look(page, "api-reference");
  await page.goto(`${origin}/admin`);
  await look(page, "console-sign-in");
  await page.locator("#key").fill("wrong");
  await Promise.all([page.waitForEvent("load"), page.locator("#enter").click()]);
  await look(page, "console-sign-in-wrong");
  await page.locator("#key").fill(secrets.bootstrap_key);
  await Promise.all([page.waitForEvent("load"), press(page, "Enter")]);
  await look(page, "console-workspaces");
  // The person's object tells the directory and the audit log within half a minute.
  await page.waitForTimeout(35_000);
  return page;
}

/** Zoë's account at Staff, which the demo app knows, becomes one with Bob's. */
async function linkAccounts(page: Page, issuer: string, look: Look): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`${issuer}/me`);
  await page.locator("#sign-in").click();
  await follow(page, "Customers");
  await signInAtPool(page, "bob");
  await page.locator("#download").waitFor();
  await look(page, "portal-mine");
  await press(page, "Add Staff …");
  await signInAtPool(page, "zoë");
  await look(page, "portal-link");
  await page.locator("#link").click();
  await page.locator("#download").waitFor();
  await look(page, "portal-linked");
}
