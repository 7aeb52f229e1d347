import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { story, type Scene } from "./stage.ts";
import { allow, follow, openPortal, press, reads, seesTokens, signIn, signInAtPool } from "./steps.ts";
import { claims } from "./tokens-page.ts";

story("the answer may come by form_post", async (scene) => {
  const answer = await byFormPost(scene, "Customers");
  assert.deepEqual(answer, ["code", "state", "iss"]);
});

story(
  "the answer may come by form_post without JavaScript, at the press of a button",
  async (scene) => {
    const answer = byFormPost(scene, "Staff", () => press(scene.page, "Continue to Demo app"));
    assert.deepEqual(await answer, ["code", "state", "iss"]);
  },
  { javaScriptEnabled: false },
);

async function byFormPost(
  { page, issuer }: Scene,
  connection: string,
  goOn?: () => Promise<void>,
): Promise<string[]> {
  await openOptions(page, issuer);
  await page.getByLabel("Response mode").selectOption("form_post");
  await press(page, "LOGIN WITH THESE OPTIONS");
  await follow(page, connection);
  await signInAtPool(page, "ada");
  const answer = page.waitForRequest(
    (request) => request.method() === "POST" && request.url() === `${issuer}/demo`,
  );
  await allow(page);
  await goOn?.();
  const posted = new URLSearchParams((await answer).postData() ?? "");
  await seesTokens(page);
  assert.equal((await claims(page, "ID token")).name?.value, "Ada Lovelace");
  assert.equal(page.url(), `${issuer}/demo`);
  return [...posted.keys()];
}

story("prompt=login asks for the password although the pool knows the browser", async ({ page, issuer }) => {
  await signIn(page, issuer, "bob");
  const before = Number((await claims(page, "ID token")).auth_time?.value.split(" ")[0]);
  await page.waitForTimeout(1_100);
  await openOptions(page, issuer);
  await page.getByLabel("Prompt").selectOption("login");
  await press(page, "LOGIN WITH THESE OPTIONS");
  await follow(page, "Customers");
  await signInAtPool(page, "bob");
  await seesTokens(page);
  const after = Number((await claims(page, "ID token")).auth_time?.value.split(" ")[0]);
  assert.ok(after > before, `${after} is later than ${before}`);
});

story("a login hint fills in the pool's form", async ({ page, issuer }) => {
  await openOptions(page, issuer);
  await page.getByLabel("Login hint").fill("zoe@example.com");
  await press(page, "LOGIN WITH THESE OPTIONS");
  await follow(page, "Customers");
  await reads(page, "Sign in");
  assert.equal(await page.getByLabel("Username or email address").inputValue(), "zoe@example.com");
});

story("prompt=none without a session comes back with login_required", async ({ page, issuer }) => {
  await openOptions(page, issuer);
  await page.getByLabel("Prompt").selectOption("none");
  await press(page, "LOGIN WITH THESE OPTIONS");
  await page.waitForURL(/[?&]error=login_required/);
  assert.match(await page.getByRole("status").innerText(), /login_required: the person has to sign in first/);
});

async function openOptions(page: Page, issuer: string): Promise<void> {
  await openPortal(page, issuer);
  await follow(page, "Options and explanation");
  await page.getByText("Options", { exact: true }).click();
}
