import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { story } from "./stage.ts";
import { allow, follow, openChooser, press, reads, seesTokens, signIn, signInAtPool } from "./steps.ts";
import { claims, values } from "./tokens-page.ts";

story("consent is asked once", async ({ page, issuer }) => {
  await signIn(page, issuer, "ada");
  const first = values(await claims(page, "ID token"));
  await openChooser(page, issuer);
  await follow(page, "Customers");
  await seesTokens(page);
  assert.equal(values(await claims(page, "ID token")).sub, first.sub);
});

story(
  "what is left out is not shared, and only that is asked for the next time",
  async ({ page, issuer }) => {
    await openChooser(page, issuer);
    await follow(page, "Staff");
    await signInAtPool(page, "ada");
    await reads(page, "Demo app asks for access");
    assert.ok(await page.getByLabel("Know who you are on this site").isDisabled());
    await page.getByLabel("Your e-mail address", { exact: false }).uncheck();
    await press(page, "ALLOW ACCESS");
    await seesTokens(page);
    const [idToken, accessToken, userinfo] = [
      await claims(page, "ID token"),
      await claims(page, "Access token"),
      await claims(page, "User info"),
    ];
    assert.equal(idToken.name?.value, "Ada Lovelace");
    for (const shown of [idToken, accessToken, userinfo])
      assert.ok(!("email" in shown) && !("email_verified" in shown));
    assert.equal(accessToken.scope?.value, "openid profile phone address offline_access view_lineage");

    await openChooser(page, issuer);
    await follow(page, "Staff");
    await reads(page, "Demo app asks for access");
    const asked = page.getByRole("group", { name: "What will be shared" }).getByRole("checkbox");
    assert.deepEqual(
      await asked.evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value)),
      ["email"],
    );
    await allow(page);
    await seesTokens(page);
    assert.equal((await claims(page, "ID token")).email?.value, "ada@example.com");
  },
);

story(
  "on a phone the decision is always at hand, and hides nothing",
  async ({ page, issuer }) => {
    await openChooser(page, issuer);
    await follow(page, "Customers");
    await signInAtPool(page, "zoë");
    await reads(page, "Demo app asks for access");
    await page.setViewportSize({ width: 375, height: 667 });
    const decide = page.getByRole("button", { name: "ALLOW ACCESS" });
    const lastNote = page.locator(".scope-note").last();
    assert.ok(await isUncovered(decide));
    for (const box of await page.getByRole("checkbox", { disabled: false }).all()) {
      await page.keyboard.press("Tab");
      while (!(await box.evaluate((element) => element === document.activeElement)))
        await page.keyboard.press("Tab");
      assert.ok(await isUncovered(box), `${await box.getAttribute("id")} is seen when it has the focus`);
    }
    await page.keyboard.press("End");
    // The browser glides to the end of the page.
    for (let looks = 0; looks < 20 && !(await isUncovered(lastNote)); looks++) await page.waitForTimeout(100);
    assert.ok(await isUncovered(lastNote));
    assert.ok(await isUncovered(decide));
  },
  { javaScriptEnabled: false },
);

/** It is in the window, and nothing lies over it. */
function isUncovered(element: Locator): Promise<boolean> {
  return element.evaluate((shown) => {
    const { left, top, bottom, width } = shown.getBoundingClientRect();
    const at = (y: number) => shown.contains(document.elementFromPoint(left + width / 2, y));
    return at(top + 2) && at(bottom - 2);
  });
}

story("who keeps the origins back sees none, and no wrong ones", async ({ page, issuer }) => {
  await openChooser(page, issuer);
  await follow(page, "Customers");
  await signInAtPool(page, "zoë");
  await reads(page, "Demo app asks for access");
  await page.getByLabel("See where your data came from").uncheck();
  await press(page, "ALLOW ACCESS");
  await seesTokens(page);
  assert.deepEqual((await claims(page, "ID token")).email, { value: "zoe@example.com", path: [] });
});

story("no at the second time takes nothing away from what was allowed before", async ({ page, issuer }) => {
  await signIn(page, issuer, "bob");
  await page.goto(`${issuer}/demo/login?prompt=consent`);
  await follow(page, "Customers");
  await reads(page, "Demo app asks for access");
  await press(page, "Cancel");
  await reads(page, "See what an app sees");
  await openChooser(page, issuer);
  await follow(page, "Customers");
  await seesTokens(page);
});
