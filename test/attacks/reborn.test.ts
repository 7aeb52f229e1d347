/** A record that is deleted and made again under its id brings nothing back that rested on the first (threats 3 and 26). */
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { Browser } from "../browser.ts";
import { pass } from "../clock.ts";
import { get, told } from "../raw.ts";
import { refused } from "../refused.ts";
import { subjectObject } from "../../src/store/shards.ts";
import { makeWorld } from "../world.ts";

const scope = "openid email offline_access";

async function before() {
  const world = await makeWorld();
  const make = {
    client: () => world.client("app", { trusted: false }),
    connection: () => world.connection("pool", { config: { enable_stateful_ctx: true } }),
  };
  await make.connection();
  const app = await make.client();
  const browser = new Browser("ada");
  const begun = await app.begin({ scope });
  await browser.open(begun.url);
  const { access_token, refresh_token } = await app.finish(await browser.submit("allow"), begun);
  expect((await app.userinfo(access_token)).sub).toBeDefined();
  pass(1);
  return { world, make, app, browser, access_token, refresh_token: refresh_token! };
}
type Before = Awaited<ReturnType<typeof before>>;

async function grantsAreOver({ app, access_token, refresh_token }: Before) {
  expect(await refused(app.refresh(refresh_token))).toMatchObject({ status: 400, error: "invalid_grant" });
  expect(await app.introspect(refresh_token)).toEqual({ active: false });
  expect(await app.introspect(access_token)).toEqual({ active: false });
  expect(await refused(app.userinfo(access_token))).toMatchObject({ status: 401, error: "invalid_token" });
}

it("a client: neither its grants nor the consent of a person", async () => {
  const all = await before();
  await all.world.remove("clients/app");
  await all.make.client();
  await grantsAreOver(all);
  const { url } = await all.app.begin({ scope });
  await all.browser.open(url);
  expect(all.browser.title).toContain("asks for access");
  expect(all.browser.form.boxes.toSorted()).toEqual(["email", "offline_access"]);
});

it("a connection: neither its grants nor a cached context", async () => {
  const all = await before();
  await all.world.remove("connections/pool");
  await all.make.connection();
  await grantsAreOver(all);
  const { url } = await all.app.begin({ prompt: "none", scope });
  expect(told(await all.browser.open(url))).toMatchObject({ error: "login_required" });
});

it("what is granted afterwards is good", async () => {
  const all = await before();
  await all.world.remove("clients/app");
  await all.make.client();
  const begun = await all.app.begin({ scope });
  await all.browser.open(begun.url);
  const tokens = await all.app.finish(await all.browser.submit("allow"), begun);
  expect((await all.app.refresh(tokens.refresh_token!)).access_token).toBeDefined();
});

it("an id that was never used starts without a not_before, and an operator's later one is kept", async () => {
  const world = await makeWorld();
  expect(await world.put("schema/x", {})).not.toHaveProperty("not_before");
  expect(await world.put("scopes/x", {})).toMatchObject({ not_before: 0 });
  const record = {
    client_name: "x",
    token_endpoint_auth_method: "none",
    redirect_uris: ["https://a.example/"],
  };
  expect(await world.put("clients/first", record)).toMatchObject({ not_before: 0 });
  await world.remove("clients/first");
  const later = 4_000_000_000;
  expect(await world.put("clients/first", { ...record, not_before: later })).toMatchObject({
    not_before: later,
  });
});

it("a session that was ended everywhere: the browser's next sign-in does not bring a copied cookie back to life", async () => {
  const { world, app, browser, access_token } = await before();
  const name = `__Host-${world.id}-s`;
  const stolen = browser.jar.value(name)!;
  const { sub } = await app.userinfo(access_token);
  const about = { workspace: world.id, subject: sub, request_id: "everywhere" };
  await env.SUBJECT.getByName(subjectObject(world.id, sub)).signOutAll(about);
  expect(browser.jar.value(name)).toBe(stolen);
  await app.signIn(browser, { scope });
  expect(browser.jar.value(name)).not.toBe(stolen);
  const silent = async (cookie: string) => {
    const { url } = await app.begin({ prompt: "none", scope });
    const answer = await get(url, { cookie: `${name}=${cookie}` });
    return new URL(answer.headers.get("location")!).searchParams.get("error");
  };
  expect(await silent(stolen)).toBe("login_required");
  expect(await silent(browser.jar.value(name)!)).toBeNull();
});
