/** The chooser with everything that an operator can set: a theme, discovery, a remembered choice; in German, without JavaScript. */
import assert from "node:assert/strict";
import { faultsOf } from "./looks.ts";
import { story, type Stage } from "./stage.ts";
import { follow, press, reads, seesTokens, signInAtPool } from "./steps.ts";

story(
  "in German and in colours of its own, it leads by domain, remembers who asked, and suits everybody's eyes",
  async ({ page, issuer, local }) => {
    const faults: string[] = [];
    const look = async (name: string) => void faults.push(...(await faultsOf(page, `de-${name}`)));
    await configure(local);

    await page.goto(`${issuer}/me`);
    await look("portal");
    await follow(page, "BEI DER DEMO-APP ANMELDEN");
    await reads(page, "Anmelden");
    await look("chooser");
    await page.getByLabel("Ihre E-Mail-Adresse").fill("zoë@nirgends.example");
    await press(page, "Weiter");
    await page.getByText("Zu dieser Adresse gibt es hier keine Anmeldung").waitFor();
    await look("chooser-unknown");

    await follow(page, "Meine Wahl in diesem Browser merken");
    await page.getByText("Ihre Wahl wird in diesem Browser gemerkt.").waitFor();
    await look("chooser-remembering");
    await page.getByLabel("Ihre E-Mail-Adresse").fill("zoë@acme.example");
    await page.keyboard.press("Enter");
    await signInAtPool(page, "zoë");
    await reads(page, "Demo app bittet um Zugriff");
    await look("consent");
    await press(page, "ZUGRIFF ERLAUBEN");
    await reads(page, "Was die Demo-App sieht");
    await look("demo-tokens");

    await page.goto(`${issuer}/demo/login`);
    await page.getByRole("link", { name: "Anderes Konto verwenden" }).waitFor();
    await look("welcome-back");
    await page.goto(`${issuer}/oidc/logout`);
    await look("sign-out");
    await page.goto(`${issuer}/nirgends`);
    await reads(page, "Hier ist nichts");
    await look("error-not-found");
    assert.deepEqual(faults, []);
  },
  { locale: "de-DE" },
);

story(
  "by domain, remembered and forgotten, without JavaScript",
  async ({ page, issuer, local }) => {
    await configure(local);
    await page.goto(`${issuer}/demo/login`);
    await reads(page, "Sign in");
    await page.getByLabel("Your e-mail address").fill("bob@nowhere.example");
    await press(page, "Continue");
    await page.getByText("We found no way to sign in for this address").waitFor();
    await follow(page, "Remember my choice in this browser");
    await page.getByText("Your choice will be remembered in this browser.").waitFor();
    await page.getByLabel("Your e-mail address").fill("bob@acme.example");
    await press(page, "Continue");
    await signInAtPool(page, "bob");
    await reads(page, "Demo app asks for access");
    await press(page, "ALLOW ACCESS");
    await seesTokens(page);

    await page.goto(`${issuer}/demo/login`);
    await page.getByRole("heading", { level: 1, name: /^Welcome back/ }).waitFor();
    await follow(page, "Forget me in this browser");
    await reads(page, "Sign in");
    await page.goto(`${issuer}/demo/login`);
    await reads(page, "Sign in");
    await follow(page, "Staff");
    // The pool knows the browser.
    await reads(page, "Demo app asks for access");
  },
  { javaScriptEnabled: false },
);

async function configure({ origin, secrets }: Stage["local"]): Promise<void> {
  const patches = {
    "": {
      idp_discovery: { enabled: true },
      theme: {
        light: { accent: "#7a1f5c", glow: "#e08bc4" },
        dark: { accent: "#f0a6d8", glow: "#e08bc4" },
        texts: { de: { welcome: "Willkommen bei der Gärtnerei.", help: "hilfe@gaertnerei.example" } },
      },
    },
    "/connections/customers": {
      discovery_settings: { domains: ["acme.example"], instant_redirect: true },
    },
  };
  for (const [path, body] of Object.entries(patches)) {
    const response = await fetch(`${origin}/api/workspaces/demo${path}`, {
      method: "PATCH",
      headers: {
        authorization: `Bearer ${secrets.bootstrap_key}`,
        "content-type": "application/merge-patch+json",
      },
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 200, await response.text());
  }
}
