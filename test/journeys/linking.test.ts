/** One person, several ways to sign in: linked by a rule, by who proves both; told of, and taken back. */
import { decodeJwt } from "jose";
import { expect, it } from "vitest";
import { Browser } from "../browser.ts";
import { linkable, proveBoth, subjectBy } from "../linking.ts";

it("an account that no app knows is added, and a sign-in by it is one of the person's", async () => {
  const { world, app } = await linkable();
  const ada = new Browser("ada");
  const home = await subjectBy(app, ada, "customers");
  await proveBoth(world, ada);
  expect(ada.title).toBe("Make these two accounts one?");
  expect(ada.page.html).toContain("Connection staff");
  await ada.submit("link");
  expect(ada.page.url.pathname).toBe(`/${world.id}/me`);
  expect(ada.page.html).toContain('id="remove-staff"');
  const { id_token = "" } = await app.signIn(new Browser("ada"), { idp_hint: "staff" });
  const claims = decodeJwt(id_token);
  expect([claims.sub, claims["idp"], claims["idp_sub"]]).toEqual([home, "staff", "sub-of-ada"]);

  await ada.submit("remove-staff");
  expect(ada.page.html).not.toContain('id="remove-staff"');
  const alone = await subjectBy(app, "ada", "staff");
  expect(alone).not.toBe(home);
  expect(await subjectBy(app, "ada", "customers")).toBe(home);
});
