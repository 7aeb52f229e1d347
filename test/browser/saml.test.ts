/** A real browser at a SAML provider of another site, whose answer comes by a form. */
import assert from "node:assert/strict";
import { story, type Scene } from "./stage.ts";
import { allow, follow, openChooser, press, reads, seesTokens, signInAtPool } from "./steps.ts";
import { claims, values } from "./tokens-page.ts";

const SAME = ["name", "given_name", "family_name", "email", "email_verified"];

story("a person signs in through SAML", async (scene) => {
  await atPartners(scene);
  await sees(scene);
});

story(
  "a person signs in through SAML without JavaScript",
  async (scene) => {
    await atPartners(scene);
    await press(scene.page, "Continue");
    await sees(scene);
    const { idp, idp_method, email } = values(await claims(scene.page, "ID token"));
    assert.deepEqual(
      { idp, idp_method, email },
      { idp: "partners", idp_method: "saml", email: "ada@example.com" },
    );
  },
  { javaScriptEnabled: false },
);

story("a person signs out here and at the SAML provider, which asks again the next time", async (scene) => {
  const { page, issuer } = scene;
  await atPartners(scene);
  await sees(scene);
  const asked = page.waitForRequest(/\/slo\?SAMLRequest=/);
  const answered = page.waitForRequest(/\/demo\/saml\/partners\/slo\?.*SAMLResponse=/);
  await page.goto(`${issuer}/oidc/logout`);
  await press(page, "Sign out");
  await asked;
  await answered;
  await reads(page, "You are signed out");
  assert.ok(!(await page.content()).includes("did not confirm"));
  await openChooser(page, issuer);
  await follow(page, "Partners");
  await page.getByLabel("Username or email address").waitFor();
});

story("Cognito, any OpenID Connect and SAML give the same claims of the same person", async (scene) => {
  await connectOpenId(scene);

  const seen: Record<string, string | undefined>[] = [];
  for (const connection of ["Customers", "Staff as any OpenID Provider", "Partners"]) {
    await scene.context.clearCookies();
    await at(scene, connection);
    await sees(scene);
    const token = values(await claims(scene.page, "ID token"));
    seen.push(Object.fromEntries(SAME.map((name) => [name, token[name]])));
  }
  assert.deepEqual(seen[0], {
    name: "Ada Lovelace",
    given_name: "Ada",
    family_name: "Lovelace",
    email: "ada@example.com",
    email_verified: "true",
  });
  assert.deepEqual(seen, [seen[0], seen[0], seen[0]]);
});

/** Threat: with a Lax cookie the provider's form would bring no pending sign-in, and the answer would fit nothing. */
story("a pending cookie that is Lax does not come back with the provider's form", async (scene) => {
  const { page, context } = scene;
  await openChooser(page, scene.issuer);
  await follow(page, "Partners");
  await reads(page, "Sign in");
  const pending = (await context.cookies(scene.issuer)).filter(({ name }) =>
    name.startsWith("__Host-demo-p-"),
  );
  assert.deepEqual(
    pending.map(({ sameSite }) => sameSite),
    ["None"],
  );
  await context.addCookies(pending.map((cookie) => ({ ...cookie, sameSite: "Lax" as const })));
  await signInAtPool(page, "ada");
  await reads(page, "This sign-in began somewhere else");
  scene.complaints.splice(0);
});

const atPartners = (scene: Scene) => at(scene, "Partners");

async function at({ page, issuer }: Scene, connection: string): Promise<void> {
  await openChooser(page, issuer);
  await follow(page, connection);
  await signInAtPool(page, "ada");
}

/** Consent is asked for once a person, whichever story comes first. */
async function sees({ page }: Scene): Promise<void> {
  const next = page.getByRole("heading", {
    level: 1,
    name: /^(?:Demo app asks for access|What the demo app sees)$/,
  });
  await next.waitFor();
  if ((await next.innerText()) !== "What the demo app sees") await allow(page);
  await seesTokens(page);
}

/** The pool once more, as any OpenID Provider. */
async function connectOpenId({ local }: Scene): Promise<void> {
  const { id, secret } = local.secrets.pool_clients.staff;
  const record = {
    name: "Staff as any OpenID Provider",
    method: "oidc",
    settings: { issuer_url: local.pool.issuer, client_id: id, scopes: ["openid", "email", "profile"] },
    credentials: { client_secret: secret },
  };
  const answer = await fetch(`${local.origin}/api/workspaces/demo/connections/openid-staff`, {
    method: "PUT",
    headers: { authorization: `Bearer ${local.secrets.bootstrap_key}`, "content-type": "application/json" },
    body: JSON.stringify(record),
  });
  assert.equal(answer.status, 201, await answer.text());
}
