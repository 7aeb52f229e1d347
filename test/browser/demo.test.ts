import assert from "node:assert/strict";
import { story, type Scene } from "./stage.ts";
import { allow, follow, openChooser, openPortal, press, reads, seesTokens, signInAtPool } from "./steps.ts";
import { claims, values } from "./tokens-page.ts";

const NAMES = {
  name: "Ada Lovelace",
  given_name: "Ada",
  family_name: "Lovelace",
  email: "ada@example.com",
  locale: "en-GB",
};

story("from the portal to the tokens", (scene) => wholeDemo(scene, "Customers"));
story("from the portal to the tokens without JavaScript", (scene) => wholeDemo(scene, "Staff"), {
  javaScriptEnabled: false,
});

async function wholeDemo({ page, issuer }: Scene, connection: "Customers" | "Staff"): Promise<void> {
  const id = connection.toLowerCase();
  await openChooser(page, issuer);
  assert.deepEqual(
    await page.getByRole("list", { name: "Ways to sign in" }).getByRole("link").allInnerTexts(),
    ["Customers", "Staff", "Partners"],
  );
  await follow(page, connection);
  await signInAtPool(page, "ada");
  await allow(page);
  await seesTokens(page);
  assert.ok(await page.getByText("Protocol claims").first().isVisible());
  assert.ok(await page.getByText(issuer, { exact: true }).first().isHidden());
  assert.match(await page.getByRole("banner").innerText(), /Signed in as Ada Lovelace$/);

  const [idToken, accessToken, userinfo] = [
    await claims(page, "ID token"),
    await claims(page, "Access token"),
    await claims(page, "User info"),
  ];
  for (const [section, shown] of Object.entries({ id_token: idToken, userinfo }))
    for (const [name, value] of Object.entries({ ...NAMES, email_verified: "true" })) {
      const path = [`${id}: id_token.${name}`, `authn_ctx.${name}`, `${section}.${name}`];
      assert.deepEqual(shown[name], { value, path }, `${section} ${name}`);
    }
  const { iss, aud, idp, idp_sub, sub } = values(idToken);
  assert.deepEqual({ iss, aud, idp }, { iss: issuer, aud: "demo-demo", idp: id });
  assert.equal(idp_sub, "b3d4c8f2-7081-70a1-2c5e-5d1f0a9be101");
  assert.match(sub ?? "", /^[0-9a-f]{64}$/);
  assert.deepEqual(
    [accessToken.iss?.value, accessToken.aud?.value, accessToken.sub?.value],
    [issuer, issuer, sub],
  );
  assert.equal(accessToken.scope?.value, "openid profile email phone address offline_access view_lineage");
  assert.equal(userinfo.sub?.value, sub);
}

story("a sign-in needs no mouse", async ({ page, issuer }) => {
  await openPortal(page, issuer);
  await tabTo(page, "LOGIN TO DEMO APP");
  await page.keyboard.press("Enter");
  await reads(page, "Choose how to sign in");
  await tabTo(page, "Customers");
  await page.keyboard.press("Enter");
  await reads(page, "Sign in");
  await tabTo(page, "Username or email address");
  await page.keyboard.type("bob");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Bob-demo-1");
  await page.keyboard.press("Enter");
  await reads(page, "Demo app asks for access");
  await tabTo(page, "Your phone number");
  await page.keyboard.press("Space");
  await tabTo(page, "ALLOW ACCESS");
  await page.keyboard.press("Space");
  await seesTokens(page);
  const { email, email_verified } = values(await claims(page, "ID token"));
  assert.deepEqual({ email, email_verified }, { email: "bob@example.com", email_verified: "false" });
  assert.equal(
    (await claims(page, "Access token")).scope?.value,
    "openid profile email address offline_access view_lineage",
  );
});

story("who says no comes back to the app, which is told access_denied", async ({ page, issuer }) => {
  await openChooser(page, issuer);
  await follow(page, "Staff");
  await signInAtPool(page, "bob");
  await reads(page, "Demo app asks for access");
  await press(page, "Cancel");
  await reads(page, "See what an app sees");
  const notice = await page.getByRole("status").innerText();
  assert.match(
    notice,
    /^The app was told that this did not work\.\s+access_denied: the person did not agree$/,
  );
  const answer = new URL(page.url()).searchParams;
  assert.deepEqual(
    [answer.get("error"), answer.get("iss"), answer.has("code")],
    ["access_denied", issuer, false],
  );
});

/** Presses Tab until the control with this label has the focus, which must be visible. */
async function tabTo(page: Scene["page"], label: string): Promise<void> {
  for (let presses = 0; presses < 30; presses++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      const text = element?.labels?.[0]?.innerText ?? element?.innerText ?? "";
      return { text, outline: element && getComputedStyle(element).outlineStyle };
    });
    if (focused.text.split("\n")[0] !== label) continue;
    return assert.notEqual(focused.outline, "none", `${label} shows that it has the focus`);
  }
  assert.fail(`${label} cannot be reached with Tab`);
}
