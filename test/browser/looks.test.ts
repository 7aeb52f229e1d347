import assert from "node:assert/strict";
import { request } from "./cli.ts";
import { faultsOf } from "./looks.ts";
import { story, type Stage } from "./stage.ts";
import { follow, openPortal, press, reads, seesTokens, signInAtPool } from "./steps.ts";

story(
  "every page of a sign-in suits a screen reader, a phone, and the night",
  async ({ page, context, issuer }) => {
    const faults: string[] = [];
    const look = async (name: string) => void faults.push(...(await faultsOf(page, name)));

    await openPortal(page, issuer);
    await look("portal");
    await follow(page, "Options and explanation");
    await look("demo");
    await page.getByText("Options", { exact: true }).click();
    await look("demo-options");
    await follow(page, "LOGIN TO DEMO APP");
    await look("chooser");
    await follow(page, "Customers");
    await look("pool");
    await signInAtPool(page, "zoë");
    await reads(page, "Demo app asks for access");
    await look("consent");

    // The app answers that there is no new page, so the browser stays on the one that leaves.
    const stay = `${issuer}/demo?code=*`;
    await context.route(stay, (route) => route.fulfill({ status: 204 }));
    await press(page, "ALLOW ACCESS");
    await reads(page, "Taking you to Demo app");
    await look("leave");
    await context.unroute(stay);
    await follow(page, "Continue to Demo app");
    await seesTokens(page);
    await look("demo-tokens");
    for (const summary of await page.getByText("Protocol claims").all()) await summary.click();
    await look("demo-protocol");
    await press(page, "Revoke");
    await page.getByText("Access was revoked.").waitFor();
    await look("demo-revoked");

    await page.goto(`${issuer}/oidc/logout`);
    await look("sign-out");
    await press(page, "Sign out");
    await reads(page, "You are signed out");
    await look("signed-out");
    assert.deepEqual(faults, []);
  },
);

story("so do the pages for when something is wrong", async ({ page, context, issuer, local }) => {
  const faults: string[] = [];
  const look = async (name: string) => void faults.push(...(await faultsOf(page, name)));

  for (const [name, path] of Object.entries({
    "unknown-client": "/oauth2/authorize?client_id=nobody",
    "other-browser": "/callback/customers?state=xxxxxxxxxxxxxxxxxxxxxx&code=c",
    expired: "/consent/xxxxxxxxxxxxxxxxxxxxxx",
    "not-found": "/nowhere",
  })) {
    await page.goto(issuer + path);
    await page.getByText("Details for support").click();
    await look(`error-${name}`);
  }
  await page.goto(local.origin);
  await look("welcome");

  await page.goto(`${issuer}/demo/login?prompt=none`);
  await page.getByRole("status").waitFor();
  await look("demo-refused");

  await context.route(`${issuer}/demo`, (route) => route.fulfill({ status: 204 }));
  await page.goto(`${issuer}/demo/login?prompt=none&response_mode=form_post`, { waitUntil: "commit" });
  await reads(page, "Taking you to Demo app");
  await look("form-post");

  await makeEmptyWorkspace(local);
  await page.goto(request(`${local.origin}/empty`, "http://127.0.0.1"));
  await reads(page, "No way to sign in yet");
  await look("no-connections");
  assert.deepEqual(faults, []);
});

async function makeEmptyWorkspace({ origin, secrets }: Stage["local"]): Promise<void> {
  const records = {
    empty: { name: "Empty" },
    "empty/clients/demo-cli": {
      client_name: "Demo command line",
      token_endpoint_auth_method: "none",
      redirect_uris: ["http://127.0.0.1/callback"],
      scope: "openid profile",
    },
  };
  for (const [path, record] of Object.entries(records)) {
    const headers = { authorization: `Bearer ${secrets.bootstrap_key}`, "content-type": "application/json" };
    const response = await fetch(`${origin}/api/workspaces/${path}`, {
      method: "PUT",
      headers,
      body: JSON.stringify(record),
    });
    assert.equal(response.status, 201, await response.text());
  }
}
