import assert from "node:assert/strict";
import { faultsOf } from "./looks.ts";
import { story } from "./stage.ts";
import {
  follow,
  openChooser,
  openPortal,
  passwordOf,
  press,
  reads,
  seesTokens,
  signIn,
  signInAtPool,
  tabTo,
} from "./steps.ts";
import { claims } from "./tokens-page.ts";

const words = async (text: Promise<string>) => (await text).replaceAll(/\s+/g, " ");

// Each with another way to sign in: who agreed once is not asked again.
for (const [javaScriptEnabled, connection] of [
  [true, "Customers"],
  [false, "Staff"],
] as const)
  story(
    `“Test Cognito IDP”, word by word, ${javaScriptEnabled ? "with" : "without"} JavaScript`,
    async ({ page, issuer }) => {
      // 1. Open the user portal.
      await page.goto(`${issuer}/me`);
      await reads(page, "Welcome to Demo");
      // 2. Select LOGIN TO DEMO APP.
      await follow(page, "LOGIN TO DEMO APP");
      // 3. Select your configured IDP and, next, authenticate in IDP.
      await reads(page, "Choose how to sign in");
      await follow(page, connection);
      await signInAtPool(page, "ada");
      // The consent page lists data scopes to be shared with the application, with the values themselves.
      await reads(page, "Demo app asks for access");
      const shared = await words(page.getByRole("group", { name: "What will be shared" }).innerText());
      for (const line of [
        "Your profile",
        "Name Ada Lovelace",
        "First name Ada",
        "Your e-mail address",
        "E-mail ada@example.com",
        "E-mail confirmed Yes",
      ])
        assert.ok(shared.includes(line), `${line} in ${shared}`);
      // Proceed to the application (ALLOW ACCESS): the data is delivered through the access token and the ID token.
      await press(page, "ALLOW ACCESS");
      await seesTokens(page);
      for (const token of ["ID token", "Access token"] as const) {
        const shown = await claims(page, token);
        assert.deepEqual(
          ["name", "given_name", "family_name", "email"].map((name) => shown[name]?.value),
          ["Ada Lovelace", "Ada", "Lovelace", "ada@example.com"],
          token,
        );
      }
    },
    { javaScriptEnabled },
  );

for (const javaScriptEnabled of [true, false])
  story(
    `a whole sign-in by keys alone, ${javaScriptEnabled ? "with" : "without"} JavaScript`,
    async ({ page, issuer }) => {
      const { keyboard } = page;
      const enter = async (role: "link" | "button", name: string) => {
        await tabTo(page, page.getByRole(role, { name, exact: true }));
        await keyboard.press("Enter");
      };
      const person = javaScriptEnabled ? "zoë" : "bob";
      await page.goto(`${issuer}/me`);
      await enter("link", "LOGIN TO DEMO APP");
      await reads(page, "Choose how to sign in");
      await enter("link", "Customers");
      // The pool's page is another's; its form takes keys as any does.
      await reads(page, "Sign in");
      await page.getByLabel("Username or email address").focus();
      await keyboard.type(person);
      await keyboard.press("Tab");
      await keyboard.type(passwordOf(person));
      await keyboard.press("Enter");
      await reads(page, "Demo app asks for access");
      const phone = page.getByLabel("Your phone number", { exact: false });
      await tabTo(page, phone);
      await keyboard.press("Space");
      assert.equal(await phone.isChecked(), false);
      await enter("button", "ALLOW ACCESS");
      await seesTokens(page);
      assert.doesNotMatch((await claims(page, "Access token"))["scope"]?.value ?? "", /phone/);
      await openPortal(page, issuer);
      await enter("button", "REVOKE");
      await page.getByText("No app has access to your data.").waitFor();
      await enter("button", "Sign out");
      await reads(page, "You are signed out");
    },
    { javaScriptEnabled },
  );

story(
  "a person revokes what an app may do, sees where they are signed in, takes their data along, and is forgotten",
  async ({ page, issuer }) => {
    await signIn(page, issuer, "bob");
    await openPortal(page, issuer);
    await reads(page, "Hello, Bob Unconfirmed");
    const faults = await faultsOf(page, "portal-mine");
    const app = page.getByRole("article", { name: "Demo app" });
    assert.match(await words(app.innerText()), /Through Customers, since .* UTC/);
    const browser = page.getByRole("article", { name: /Chrome, Linux/ });
    assert.match(await words(browser.innerText()), /This browser Signed in through Customers,/);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download as a file" }).click();
    assert.equal((await download).suggestedFilename(), "demo-data.json");
    await app.getByRole("button", { name: "REVOKE" }).click();
    await page.getByText("No app has access to your data.").waitFor();
    await page.getByText("You revoked the access of Demo app.").waitFor();
    faults.push(...(await faultsOf(page, "portal-revoked")));
    // The app has to ask again.
    await openChooser(page, issuer);
    await follow(page, "Customers");
    await reads(page, "Demo app asks for access");
    await openPortal(page, issuer);
    await follow(page, "Erase me …");
    await reads(page, "Erase what Demo holds on you?");
    faults.push(...(await faultsOf(page, "erase-me")));
    await press(page, "Erase everything");
    await reads(page, "Your data has been erased");
    faults.push(...(await faultsOf(page, "erased")));
    await openPortal(page, issuer);
    await reads(page, "Welcome to Demo");
    assert.deepEqual(faults, []);
  },
);

story("a person signs in to their own page without any app", async ({ page, issuer }) => {
  await openPortal(page, issuer);
  await follow(page, "Sign in to see what is yours");
  await reads(page, "Choose how to sign in");
  await follow(page, "Staff");
  await signInAtPool(page, "zoë");
  await reads(page, "Hello, 李 Zoë Müller-Ångström");
  await press(page, "Sign out");
  await reads(page, "You are signed out");
});

story(
  "a person makes two accounts one, in one sitting, and takes it back",
  async ({ page, issuer, local }) => {
    const rule = await fetch(`${local.origin}/api/workspaces/demo/linking-rules/people`, {
      method: "PUT",
      headers: {
        authorization: `Bearer ${local.secrets.bootstrap_key}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ connections: ["customers", "staff"] }),
    });
    assert.equal(rule.status, 201, await rule.text());
    // A change of configuration holds everywhere within ten seconds.
    await page.waitForTimeout(10_500);
    await openPortal(page, issuer);
    await follow(page, "Sign in to see what is yours");
    await follow(page, "Customers");
    await signInAtPool(page, "bob");
    await reads(page, "Hello, Bob Unconfirmed");
    await press(page, "Add Staff …");
    // No app knows her at Staff: the account of an app would be the one that stays.
    await signInAtPool(page, "zoë");
    await reads(page, "Make these two accounts one?");
    assert.match(
      await words(page.getByRole("main").innerText()),
      /Bob Unconfirmed at Customers.*Zoë Müller-Ångström at Staff/,
    );
    const faults = await faultsOf(page, "link");
    await press(page, "Make them one");
    await page.getByRole("button", { name: "Remove Staff", exact: true }).waitFor();
    faults.push(...(await faultsOf(page, "portal-ways")));
    await press(page, "Remove Staff");
    await page.getByRole("button", { name: "Add Staff …", exact: true }).waitFor();
    assert.deepEqual(faults, []);
  },
);
