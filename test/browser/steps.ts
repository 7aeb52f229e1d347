import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { people } from "../local/pool/people.ts";

/** What a person does, in the words that they read. */
export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();
export const follow = (page: Page, name: string): Promise<void> =>
  page.getByRole("link", { name, exact: true }).click();

/** Goes on by the Tab key until this has the focus, which has to be seen. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let stops = 0; stops < 80; stops++) {
    await page.keyboard.press("Tab");
    if (!(await wanted.evaluate((element) => element === document.activeElement))) continue;
    const seen = await wanted.evaluate((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
    });
    assert.ok(seen, `${String(wanted)} shows that it has the focus`);
    return;
  }
  assert.fail(`no key leads to ${String(wanted)}`);
}

/** Waits until a page with this heading is shown. */
export const reads = (page: Page, heading: string): Promise<void> =>
  page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();

export async function openPortal(page: Page, issuer: string): Promise<void> {
  await page.goto(`${issuer}/me`);
  await page.getByRole("link", { name: "LOGIN TO DEMO APP" }).waitFor();
}

/** From the portal as far as the list of connections. */
export async function openChooser(page: Page, issuer: string): Promise<void> {
  await openPortal(page, issuer);
  await follow(page, "LOGIN TO DEMO APP");
  await reads(page, "Choose how to sign in");
}

/** @param name user name or e-mail address */
export function passwordOf(name: string): string {
  const person = people.find(({ username, attributes }) => username === name || attributes.email === name);
  assert.ok(person);
  return person.password;
}

/** At the form of the pool, which is another site. */
export async function signInAtPool(page: Page, name: string): Promise<void> {
  await reads(page, "Sign in");
  await page.getByLabel("Username or email address").fill(name);
  await page.getByLabel("Password").fill(passwordOf(name));
  await press(page, "Sign in");
}

export async function allow(page: Page, client = "Demo app"): Promise<void> {
  await reads(page, `${client} asks for access`);
  await press(page, "ALLOW ACCESS");
}

export const seesTokens = (page: Page): Promise<void> => reads(page, "What the demo app sees");

/** The whole way: from the portal to the tokens. */
export async function signIn(
  page: Page,
  issuer: string,
  name: string,
  connection = "Customers",
): Promise<void> {
  await openChooser(page, issuer);
  await follow(page, connection);
  await signInAtPool(page, name);
  await allow(page);
  await seesTokens(page);
}
