import assert from "node:assert/strict";
import { story } from "./stage.ts";
import { openChooser, press, reads, seesTokens, signIn, signInAtPool, follow } from "./steps.ts";
import { claims } from "./tokens-page.ts";

story("the buttons of the demo refresh, ask for userinfo, and revoke", async ({ page, context, issuer }) => {
  await signIn(page, issuer, "ada");
  const first = await claims(page, "Access token");
  const firstRefresh = await refreshToken();

  await press(page, "Refresh tokens");
  await page.getByText("New tokens were issued.").waitFor();
  const second = await claims(page, "Access token");
  assert.notEqual(second.jti?.value, first.jti?.value);
  assert.deepEqual([second.sub, second.scope], [first.sub, first.scope]);
  assert.notEqual(await refreshToken(), firstRefresh);

  await press(page, "Get user info");
  await seesTokens(page);
  assert.equal((await claims(page, "User info")).email?.value, "ada@example.com");

  const elsewhere = context.waitForEvent("page");
  const revoke = page.getByRole("button", { name: "Revoke" });
  // Not by a click with a key held: the tab that headless Chromium opens for a form then crashes.
  await revoke.evaluate((button: HTMLButtonElement) => (button.formTarget = "_blank"));
  await revoke.click();
  await (await elsewhere).getByText("Access was revoked.").waitFor();
  await press(page, "Refresh tokens");
  const refused = page.getByRole("status");
  await refused.getByText(/^invalid_grant: the refresh token is not valid any more$/).waitFor();
  await reads(page, "What the demo app saw");

  async function refreshToken(): Promise<string | null> {
    return page.locator("#refresh-token-raw pre").textContent();
  }
});

story(
  "after a revocation nothing works, no origin is made up, and what is left is to log in again",
  async ({ page, issuer }) => {
    await signIn(page, issuer, "ada", "Staff");
    await press(page, "Revoke");
    await page.getByRole("status").getByText("Access was revoked.").waitFor();
    await reads(page, "What the demo app saw");
    await page.getByText("These tokens no longer work.", { exact: false }).waitFor();
    const info = page.getByRole("region", { name: "User info" });
    await info.getByText("The app may not ask any more.").waitFor();
    assert.equal(await info.getByRole("table").count(), 0);
    assert.deepEqual((await claims(page, "ID token")).email?.path, []);
    assert.deepEqual(await page.getByRole("form", { name: "Actions" }).getByRole("button").allInnerTexts(), [
      "Log out",
    ]);
    await follow(page, "Log in again");
    await reads(page, "Choose how to sign in");
  },
);

story("the demo's log out ends the session at once", async ({ page, issuer }) => {
  await signIn(page, issuer, "mina@corp.example");
  await press(page, "Log out");
  await reads(page, "You are signed out");
  assert.equal(
    (await page.context().cookies(issuer)).some(({ name }) => name === "__Host-demo-s"),
    false,
  );
});

story("a sign-out that nobody vouches for is asked about first", async ({ page, issuer }) => {
  await signIn(page, issuer, "bob");
  await page.goto(`${issuer}/oidc/logout`);
  await reads(page, "Sign out of Demo?");
  await press(page, "Stay signed in");
  await reads(page, "Hello, Bob Unconfirmed");
  assert.ok((await page.context().cookies(issuer)).some(({ name }) => name === "__Host-demo-s"));
  await page.goto(`${issuer}/oidc/logout`);
  await press(page, "Sign out");
  await reads(page, "You are signed out");
  await follow(page, "Sign in again");
  await reads(page, "Welcome to Demo");
});

story("a wrong password is said at the pool and can be put right", async ({ page, issuer }) => {
  await openChooser(page, issuer);
  await follow(page, "Staff");
  await page.getByLabel("Username or email address").fill("zoë");
  await page.getByLabel("Password").fill("wrong");
  await press(page, "Sign in");
  await page.getByRole("alert").getByText("Incorrect username or password.").waitFor();
  await signInAtPool(page, "zoë");
  await press(page, "ALLOW ACCESS");
  await seesTokens(page);
  assert.equal((await claims(page, "ID token")).name?.value, "李 Zoë Müller-Ångström");
});
