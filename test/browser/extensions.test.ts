/** "Connect Extensions to your IDP": a script and an application each add an attribute that the tokens then carry. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { story, type Scene } from "./stage.ts";
import { press, reads, seesTokens, allow, openChooser, follow, signInAtPool } from "./steps.ts";

const BODY = `module.exports = async function (context) {
  return { authn_ctx: { nickname: "Dear " + context.authn_ctx.given_name } };
};`;

async function enter({ page, local }: Scene): Promise<void> {
  await page.goto(`${local.origin}/admin/sign-in`);
  await page.locator("#key").fill(local.secrets.bootstrap_key);
  await page.locator("#enter").click();
}

const field = (page: Page, name: string) => page.locator(`[id="${name}"]`);

/** Both tokens are on the page of the demo app. */
async function bothSay(page: Page, name: string, value: string): Promise<void> {
  const text = await page.locator("main").innerText();
  const count = text.split(value).length - 1;
  assert.ok(text.includes(name) && count >= 2, `${name} should be ${value} in both tokens:\n${text}`);
}

story("a script that is written in the console adds an attribute to both tokens", async (scene) => {
  const { page, local, issuer } = scene;
  await enter(scene);
  await page.goto(`${local.origin}/admin/workspaces/demo/claims/create`);
  await field(page, "id").fill("access_token-nickname");
  await field(page, "name").fill("nickname");
  await field(page, "type").selectOption("access_token");
  await field(page, "source_path").fill("nickname");
  await field(page, "save").click();

  await page.goto(`${local.origin}/admin/workspaces/demo/scripts/create?template=context`);
  await field(page, "id").fill("dear");
  await field(page, "name").fill("Dear");
  await field(page, "body").fill(BODY);
  await field(page, "run").click();
  assert.match(await field(page, "output").innerText(), /Dear Ada/);
  await field(page, "save").click();
  await reads(page, "Dear");

  await page.goto(`${local.origin}/admin/workspaces/demo/identity-providers/customers/extensions`);
  await field(page, "post_authn_ctx_script").selectOption("dear");
  await field(page, "save").click();

  await openChooser(page, issuer);
  await follow(page, "Customers");
  await signInAtPool(page, "ada");
  await allow(page);
  await seesTokens(page);
  await bothSay(page, "nickname", "Dear Ada");
});

story(
  "the sample application asks for the terms, and both tokens say that they were accepted",
  async (scene) => {
    const { page, local, issuer } = scene;
    await enter(scene);
    await page.goto(`${local.origin}/admin/workspaces/demo/identity-providers/staff/extensions`);
    await field(page, "post_authn_app_id").selectOption("terms");
    await field(page, "save").click();

    await openChooser(page, issuer);
    await follow(page, "Staff");
    await signInAtPool(page, "ada");
    await reads(page, "Terms of service");
    await press(page, "I accept");
    await allow(page);
    await seesTokens(page);
    await bothSay(page, "terms_accepted", new Date().toISOString().slice(0, 10));
  },
);
