/** What no link of the console leads to: a form that came second, what a check finds, what a run of a script says. */
import type { Page } from "playwright-core";
import type { Local } from "../../local/local.ts";
import type { Look } from "./main.ts";

/** Pages of which there are kinds, below the workspace “demo”. */
const KINDS = [
  "/identity-providers/customers",
  "/identity-providers/partners",
  "/identity-providers/code",
  "/identity-providers/customers/extensions",
  "/identity-providers/create/saml?id=new",
  "/identity-providers/create/entra-id?id=new",
  "/applications/demo-demo",
  "/applications?search=nothing-is-called-so",
];

export async function gazeAtStates(page: Page, { origin, secrets }: Local, look: Look): Promise<void> {
  const demo = `${origin}/admin/workspaces/demo`;
  for (const path of KINDS) {
    await page.goto(demo + path);
    await openAll(page);
    await look(page, `console-of-a-kind${path.replaceAll(/\W+/g, "-")}`);
  }

  for (const connection of ["customers", "code"]) {
    await page.goto(`${demo}/identity-providers/${connection}`);
    await page.getByRole("button", { name: "Check connection" }).click();
    await page.locator("#findings").waitFor();
    await look(page, `console-check-${connection}`);
  }

  await page.goto(`${demo}/scopes/email`);
  await page.locator("#display_name").fill("What I typed");
  const between = await fetch(`${origin}/api/workspaces/demo/scopes/email`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${secrets.bootstrap_key}`, "content-type": "application/json" },
    body: JSON.stringify({ display_name: "What somebody else saved" }),
  });
  if (!between.ok) throw new Error(await between.text());
  await sent(page, "#save");
  await look(page, "console-conflict");

  await page.goto(`${demo}/scripts/dear`);
  await sent(page, "#run");
  await look(page, "console-script-ran");
  await page.goto(`${demo}/scripts/unruly`);
  await sent(page, "#run");
  await look(page, "console-script-threw");

  await page.goto(`${demo}/nowhere`);
  await look(page, "console-not-found");
  await page.goto(`${demo}/scopes/nothing`);
  await look(page, "console-no-record");
  await page.goto(`${demo}/claims/create`);
  await page.context().clearCookies();
  await sent(page, "#save");
  await look(page, "console-ended");
}

/** What is looked at next is the answer, and not the page that goes away. */
async function sent(page: Page, button: string): Promise<void> {
  await Promise.all([page.waitForEvent("load"), page.locator(button).click()]);
}

function openAll(page: Page): Promise<void> {
  return page.evaluate(() => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>("main details")) details.open = true;
  });
}
