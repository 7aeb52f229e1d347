/** One person at each kind of provider in one run: the same claims come out, by mapping. */
import assert from "node:assert/strict";
import { partnerClient, story, type Scene } from "./stage.ts";
import { allow, follow, openChooser, seesTokens, signInAtPool } from "./steps.ts";
import { claims, values } from "./tokens-page.ts";

const SAME = ["name", "given_name", "family_name", "email", "email_verified"] as const;

async function connectPartner({ local, partner }: Scene): Promise<void> {
  const { client_id, client_secret } = partnerClient(local.origin);
  const response = await fetch(`${local.origin}/api/workspaces/demo/connections/partner`, {
    method: "PUT",
    headers: {
      authorization: `Bearer ${local.secrets.bootstrap_key}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({
      name: "OpenID partner",
      method: "oidc",
      settings: { issuer_url: partner.issuer, client_id, response_mode: "form_post" },
      credentials: { client_secret },
    }),
  });
  assert.ok(response.ok, await response.text());
}

async function sameClaims(scene: Scene): Promise<void> {
  const { browser, issuer } = scene;
  await connectPartner(scene);
  const seen = [];
  for (const connection of ["Customers", "OpenID partner", "Partners"]) {
    const context = await browser.newContext({ javaScriptEnabled: true });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await openChooser(page, issuer);
    await follow(page, connection);
    await signInAtPool(page, "ada");
    await allow(page);
    await seesTokens(page);
    const idToken = values(await claims(page, "ID token"));
    seen.push({ idToken, own: SAME.map((name) => idToken[name]) });
    await context.close();
  }
  const [cognito, oidc, saml] = seen;
  assert.ok(cognito && oidc && saml);
  assert.deepEqual(oidc.own, cognito.own);
  assert.deepEqual(saml.own, cognito.own);
  assert.deepEqual(
    seen.map(({ idToken }) => [idToken.idp, idToken.idp_method]),
    [
      ["customers", "cognito"],
      ["partner", "oidc"],
      ["partners", "saml"],
    ],
  );
  // The same upstream subject at two providers is two people.
  assert.equal(oidc.idToken.idp_sub, cognito.idToken.idp_sub);
  assert.notEqual(oidc.idToken.sub, cognito.idToken.sub);
}

story("Cognito, any OpenID Provider and SAML give an app the same claims", sameClaims);
