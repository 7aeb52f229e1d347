/** One person, several ways to sign in: linked by a rule, by who proves both; told of, and taken back. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { expect, it } from "vitest";
import { api, must } from "../api.ts";
import { Browser } from "../browser.ts";
import { pass } from "../clock.ts";
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

it("operators find the person by both, see what is linked, and remove it; the pointer is all that its object held", async () => {
  const { world, app } = await linkable();
  const alone = await subjectBy(app, "zoe-at-work", "staff");
  const browser = new Browser("zoe");
  browser.person.claims = { email: "zoe@example.com" };
  const home = await subjectBy(app, browser, "customers");
  await proveBoth(world, browser, "zoe-at-work");
  await browser.submit("link", { stays: "this" });
  const object = (subject: string) => env.SUBJECT.getByName(`${world.id}/${subject}`);
  for (const subject of [alone, home]) await runDurableObjectAlarm(object(subject));
  const kinds = await runInDurableObject(object(alone), (_, { storage }) =>
    storage.sql.exec<{ kind: string }>("SELECT DISTINCT kind FROM row").toArray(),
  );
  expect(kinds).toEqual([{ kind: "pointer" }]);

  const people = `workspaces/${world.id}/subjects`;
  const found = async (query: string) =>
    ((await must("GET", `${people}?${query}`))["items"] as unknown as { subject: string }[]).map(
      ({ subject }) => subject,
    );
  expect(await found("connection=staff")).toEqual([home]);
  expect(await found("email=zoe@example.com")).toEqual([home]);
  expect((await api("GET", `${people}/${alone}`)).status).toBe(404);
  const { identities } = await must("GET", `${people}/${home}`);
  expect(identities).toMatchObject([{ connection: "staff", subject: alone }]);
  expect((await api("DELETE", `${people}/${home}/identities/staff`)).status).toBe(204);
  expect((await api("DELETE", `${people}/${home}/identities/staff`)).status).toBe(404);
  await runDurableObjectAlarm(object(home));
  expect(await found("connection=staff")).toEqual([]);
  pass(1);
  expect(await subjectBy(app, "zoe-at-work", "staff")).toBe(alone);

  await runDurableObjectAlarm(object(home));
  const { items } = await must("GET", `workspaces/${world.id}/audit-events?subject=${home}&limit=100`);
  const types = (items as unknown as { type: string }[]).map(({ type }) => type);
  expect(types.filter((type) => type.startsWith("identity_")).toSorted()).toEqual([
    "identity_linked",
    "identity_unlinked",
  ]);
  const closed = await must("GET", `workspaces/${world.id}/audit-events?subject=${alone}&limit=100`);
  expect(closed["items"]).toContainEqual(expect.objectContaining({ type: "account_closed", into: home }));
});

it("a person's program lists what is linked and removes it; who is erased leaves no pointer behind", async () => {
  const { world } = await linkable();
  const scope = "openid view_identities manage_identities erase_my_data export_my_data";
  const app = await world.client("program", { scope });
  const browser = new Browser("max");
  const { access_token, id_token = "" } = await app.signIn(browser, { idp_hint: "customers", scope });
  const home = decodeJwt(id_token).sub ?? "";
  const me = async (method: string, path: string) => {
    const headers = { authorization: `Bearer ${access_token}` };
    const response = await exports.default.fetch(
      new Request(`${world.issuer}/me/${path}`, { method, headers }),
    );
    return { status: response.status, text: await response.text() };
  };
  await proveBoth(world, browser);
  await browser.submit("link");
  expect(JSON.parse((await me("GET", "identities")).text)).toMatchObject({
    identities: [
      { connection: "customers" },
      { connection: "staff", linked_at: expect.any(Number) as number },
    ],
  });
  expect((await me("DELETE", "identities/staff")).status).toBe(204);
  expect((await me("DELETE", "identities/customers")).status).toBe(404);
  await proveBoth(world, browser);
  await browser.submit("link");
  await runDurableObjectAlarm(env.SUBJECT.getByName(`${world.id}/${home}`));
  const { identities } = await must("GET", `workspaces/${world.id}/subjects/${home}`);
  const { subject: alone = "" } = (identities as unknown as { subject: string }[])[0] ?? {};
  expect(JSON.parse((await me("GET", "data")).text)).toMatchObject({ identities: [{ connection: "staff" }] });
  expect((await me("DELETE", "data")).status).toBe(204);
  await runDurableObjectAlarm(env.SUBJECT.getByName(`${world.id}/${home}`));
  const left = await runInDurableObject(env.SUBJECT.getByName(`${world.id}/${alone}`), (_, { storage }) =>
    storage.sql.exec("SELECT kind FROM row WHERE kind = 'pointer'").toArray(),
  );
  expect(left).toEqual([]);
  pass(1);
  expect(await subjectBy(app, "max", "staff")).toBe(alone);
});
