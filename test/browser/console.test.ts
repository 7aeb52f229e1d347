import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { faultsOf } from "./looks.ts";
import { story, type Scene } from "./stage.ts";
import { allow, follow, press, reads, seesTokens, signInAtPool } from "./steps.ts";
import { claims, values } from "./tokens-page.ts";

story("Basic Configuration and Advanced Settings, as the how-to has them", (scene) => howTo(scene, true));
story("Basic Configuration and Advanced Settings without JavaScript", (scene) => howTo(scene, false), {
  javaScriptEnabled: false,
});

async function howTo({ page, context, local, issuer }: Scene, scripted: boolean): Promise<void> {
  const name = scripted ? "Shoppers" : "Readers";
  const { customers } = local.secrets.pool_clients;
  await enter(page, local);
  await follow(page, "demo");

  // 1. In your workspace, go to Identity Providers > Create Connection.
  await follow(page, "Identity Providers");
  await follow(page, "Create Connection");
  // 2. Select the Cognito template and click Next.
  await page.getByLabel("AWS Cognito").check();
  await press(page, "Next");
  await reads(page, "Create Connection: AWS Cognito");
  // 3. Add the redirect URL as Callback URL in Cognito.
  const redirectUrl = await page.getByLabel("Redirect URL", { exact: true }).inputValue();
  assert.match(redirectUrl, new RegExp(`^${issuer}/callback/cognito-[a-z0-9]+$`));
  if (scripted) {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await press(page, "Copy Redirect URL");
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), redirectUrl);
  }
  await local.pool.allow(customers.id, redirectUrl);
  // 4. Enter the data of the client application integrated with your Cognito user pool.
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Pool ID").fill("eu-central-1");
  await page.getByLabel("Region").fill(local.pool.region);
  await page.getByLabel("Client ID").fill(customers.id);
  await page.getByLabel("Client secret").fill(customers.secret);
  // 5. Optionally, enable Authentication context caching, and specify the Time To Live.
  await page.getByLabel("Authentication context caching").check();
  await page.getByLabel("Time To Live").fill("600");
  // 6. Select Save. The pool ID is not one, which is said beside it, and nothing is lost.
  await press(page, "Save");
  await page.getByText("This was not saved.").waitFor();
  assert.equal(await page.getByLabel("Redirect URL", { exact: true }).inputValue(), redirectUrl);
  assert.equal(await page.getByLabel("Client secret").inputValue(), customers.secret);
  assert.match(
    await page.locator("#settings\\.pool_id ~ .field-error").first().innerText(),
    /eu-central-1_AbCdEfGhI/,
  );
  await page.getByLabel("Pool ID").fill(local.pool.poolId);
  await press(page, "Save");
  await reads(page, name);
  await page.getByRole("status").getByText("Created.").waitFor();

  // Users can now authenticate.
  const id = redirectUrl.split("/").at(-1)!;
  assert.deepEqual(await amrOf(context, issuer, id, true), []);

  // Configure Advanced Settings: from the Configuration page, select Advanced settings at the bottom.
  await follow(page, "Configuration");
  await page.getByText("Advanced settings", { exact: true }).click();
  await page.getByLabel("Authentication Method Reference").selectOption("mfa");
  await page.getByLabel("Get user info").check();
  await press(page, "Save");
  await page.getByRole("status").getByText("Saved.", { exact: false }).waitFor();
  await page.waitForTimeout(10_500);
  assert.deepEqual(await amrOf(context, issuer, id, false), ["mfa"]);

  // Check connection.
  await press(page, "Check connection");
  await page.getByRole("heading", { name: /^Connection check: (all is right|nothing wrong)/ }).waitFor();
  await page.getByText("Advanced settings", { exact: true }).click();
  await page.getByLabel("Client secret").fill("wrong-secret");
  await press(page, "Check connection");
  await page.locator('[data-fault="secret_wrong"]').waitFor();
}

/** Signs in by the connection, anew, and reads what the app is told of how. */
async function amrOf(
  context: Scene["context"],
  issuer: string,
  id: string,
  first: boolean,
): Promise<string[]> {
  const page = await context.newPage();
  await page.goto(`${issuer}/demo/login?prompt=login&idp_hint=${id}`);
  await signInAtPool(page, "ada");
  if (first) await allow(page);
  await seesTokens(page);
  const { amr = "" } = values(await claims(page, "ID token"));
  await page.close();
  return amr.split(/\s+/).filter(Boolean);
}

story(
  "every page of the console suits a screen reader, a phone, and the night",
  async ({ page, local, context, issuer }) => {
    const faults: string[] = [];
    let loaded = 0;
    const assets: Promise<Buffer>[] = [];
    const look = async (name: string) => void faults.push(...(await faultsOf(page, name)));
    const at = async (path: string, name: string) => {
      const answer = await page.goto(`${local.origin}/admin${path}`);
      assert.equal(answer?.status(), 200, path);
      assert.ok((await answer.body()).length + loaded < 100_000, `${path} with all that it loads`);
      await look(name);
    };
    page.on("response", (answer) => {
      if (answer.url().includes("/assets/")) assets.push(answer.body());
    });
    await page.goto(`${local.origin}/admin`, { waitUntil: "networkidle" });
    for (const body of await Promise.all(assets)) loaded += body.length;
    assert.ok(loaded > 10_000);
    await look("console-sign-in");
    await enter(page, local);
    await look("console-workspaces");
    const other = await context.newPage();
    await other.goto(`${issuer}/demo/login?idp_hint=customers`);
    await signInAtPool(other, "ada");
    await allow(other);
    await seesTokens(other);
    const { sub } = values(await claims(other, "ID token"));
    await other.close();

    const pages = {
      "": "overview",
      "/getting-started": "getting-started",
      "/identity-providers": "identity-providers",
      "/identity-providers/create": "templates",
      "/identity-providers/create/cognito?id=new": "create-cognito",
      "/identity-providers/create/entra-id?id=new": "create-entra",
      "/identity-providers/customers": "configuration",
      "/identity-providers/customers/attributes": "attributes",
      "/identity-providers/customers/mappings": "mappings",
      "/identity-providers/customers/delete": "delete",
      "/applications": "applications",
      "/applications/demo-cli": "application",
      "/applications/create": "create-application",
      "/applications/demo-cli/secret": "new-secret",
      "/apis": "apis",
      "/apis/create": "create-api",
      "/scopes": "scopes",
      "/scopes/email": "scope",
      "/claims": "claims",
      "/claims/id_token-email": "claim",
      "/authentication-context": "authentication-context",
      "/account-linking": "account-linking",
      "/people": "people",
      "/consents": "consents",
      "/audit-log": "audit-log",
      "/keys": "keys",
      "/settings": "settings",
      "/settings/appearance": "appearance",
      "/settings/features": "features",
      "/identity-providers/customers/attributes/1/remove": "remove-attribute",
    };
    for (const [path, name] of Object.entries(pages)) await at(`/workspaces/demo${path}`, `console-${name}`);
    await at("/workspaces/system/operators", "console-operators");
    await at("/workspaces/system/operators/create", "console-create-operator");

    // Somebody is listed when their object has told the directory.
    const person = `${local.origin}/admin/workspaces/demo/people/${sub}`;
    for (let tries = 0; tries < 40 && (await page.goto(person))?.status() !== 200; tries++)
      await page.waitForTimeout(1_000);
    await look("console-person");

    await page.goto(`${local.origin}/admin/workspaces/demo/claims/create`);
    await page.getByLabel("Claim name").fill("iss");
    await press(page, "Create");
    await page.getByText("This was not saved.").waitFor();
    await look("console-wrong");
    await page.goto(`${local.origin}/admin/workspaces/demo/identity-providers/customers`);
    await press(page, "Check connection");
    await page.locator("#findings").waitFor();
    await look("console-check");
    await page.goto(`${local.origin}/admin/workspaces/demo/claims/create`);
    await page.getByLabel("Claim name").fill("typed");
    await context.clearCookies();
    await press(page, "Create");
    await reads(page, "Your sign-in has ended");
    await look("console-ended");
    assert.deepEqual(faults, []);
  },
);

story("lists are walked by keys", async ({ page, local }) => {
  await enter(page, local);
  await page.goto(`${local.origin}/admin/workspaces/demo/scopes`);
  const focused = () => page.evaluate(() => document.activeElement?.id);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const second = await page.locator("[data-row]").nth(1).getAttribute("id");
  assert.equal(await focused(), second);
  await page.keyboard.press("k");
  assert.equal(await focused(), await page.locator("[data-row]").first().getAttribute("id"));
  await page.keyboard.press("/");
  assert.equal(await focused(), "search");
  await page.keyboard.type("jn/");
  assert.equal(await page.locator("#search").inputValue(), "jn/");
  await page.locator("h1").click();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const shortcuts = page.getByText("row before");
  await page.keyboard.press("?");
  assert.ok(await shortcuts.isVisible());
  await page.keyboard.press("?");
  assert.ok(!(await shortcuts.isVisible()));
  await page.keyboard.press("n");
  await reads(page, "Create scope");
  await page.goBack();
  const name = await page.locator("[data-row]").first().innerText();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await reads(page, name);
});

story(
  "custom attributes are added, mapped and released, as the how-to has it",
  async ({ page, local, issuer }) => {
    await enter(page, local);
    await follow(page, "demo");
    // A new context attribute, as “Setting up authentication context” has it.
    await follow(page, "Authentication context");
    await follow(page, "Create attribute");
    await page.getByLabel("Name", { exact: true }).fill("department");
    await page.getByLabel("Data type").selectOption({ label: "String" });
    await press(page, "Create");

    // Add custom OIDC IDP attributes. 1. Go to Identity Providers and select an IDP from the list.
    await follow(page, "Identity Providers");
    await follow(page, "Customers");
    // 2. Open the Attributes page. A standard list of OIDC attributes returned by this IDP appears.
    await follow(page, "Attributes");
    await page.getByRole("rowheader", { name: "given_name", exact: true }).waitFor();
    // 3. Select Add attribute. 4. In Source, select the data source. 5. Fill in the rest of the form.
    await follow(page, "Add attribute");
    await page.getByLabel("Source", { exact: true }).selectOption({ label: "ID token" });
    await page.getByLabel("Claim name").fill("custom:department");
    await page.getByLabel("Display name").fill("Department");
    await page.getByLabel("Data type").selectOption({ label: "String" });
    // 6. Save your changes and proceed to mapping the attributes to the authentication context.
    await press(page, "Save");
    await page.getByRole("status").getByText("Saved.", { exact: false }).waitFor();

    // Map IDP attributes. 2. Open the Mappings page. A standard attribute mapping for this IDP appears.
    await follow(page, "Mappings");
    await page.getByRole("rowheader", { name: "id_token.given_name", exact: true }).waitFor();
    // 3. Select Add mapping and map any custom IDP attributes to an existing authentication context attribute.
    await follow(page, "Add mapping");
    await page.getByLabel("Source attribute").selectOption("id_token.custom:department");
    await page.getByLabel("Authentication context attribute").selectOption("department");
    await page.getByLabel("Data type").selectOption({ label: "String" });
    await press(page, "Save mappings");
    await page.getByRole("status").getByText("Saved.", { exact: false }).waitFor();

    // You can check this in Data Lineage: it is mapped, and goes no further yet.
    await follow(page, "Data Lineage");
    // Attributes of all providers are more than a picture is good for: of one they are shown.
    await page.getByLabel("Identity provider").selectOption("customers");
    await press(page, "Show");
    await page.getByRole("link", { name: /^Attribute custom:department: / }).click();
    await page.getByRole("heading", { name: "Attribute: custom:department" }).waitFor();
    await page.getByRole("link", { name: /^Authentication context department: .*no claim uses it/ }).click();
    await follow(page, "Release it");
    assert.deepEqual(await faultsOf(page, "console-data-lineage"), []);
    // A box that is drawn onto an application fills the form.
    await page.setViewportSize({ width: 1280, height: 900 });
    const box = page.getByRole("link", { name: /^Authentication context department: / });
    await box.dragTo(page.getByRole("link", { name: /^Application demo-demo/ }));
    assert.equal(await page.locator("#client_id").inputValue(), "demo-demo");
    await press(page, "Release");
    await page.getByRole("status").getByText("Saved.", { exact: false }).waitFor();

    // Your mapped custom attributes should now be shared, given that the target application requests them.
    await page.waitForTimeout(10_500);
    await page.goto(
      `${issuer}/demo/login?prompt=login&idp_hint=customers&scope=openid+profile+department+view_lineage`,
    );
    await signInAtPool(page, "ada");
    await allow(page);
    await seesTokens(page);
    assert.equal(values(await claims(page, "ID token"))["department"], "Research");
    // Of what is not in it the page says why.
    await page.locator("#id-token-absent > summary").click();
    await page.getByText("birthdate: the provider did not say it").first().waitFor();
  },
);

async function enter(page: Page, local: Scene["local"]): Promise<void> {
  await page.goto(`${local.origin}/admin`);
  await reads(page, "Sign in to the console");
  await page.getByLabel("Bootstrap key").fill(local.secrets.bootstrap_key);
  await press(page, "Enter");
  await reads(page, "Workspaces");
}
