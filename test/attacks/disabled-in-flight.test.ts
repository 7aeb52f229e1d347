/** Switched off while the person is away (threat 3; Keycloak CVE-2026-2603, CVE-2026-3009, ZITADEL CVE-2025-64717). */
import { expect, it, describe } from "vitest";
import { Browser } from "../browser.ts";
import { now, pass } from "../clock.ts";
import { intercept } from "../intercept.ts";
import { told } from "../raw.ts";
import { refused } from "../refused.ts";
import { APP, makeWorld } from "../world.ts";

const shared = await makeWorld();
let made = 0;

/** A person who left for the provider of a connection, by a client, that nobody else uses. */
async function away(how: object = {}, world = shared) {
  const [pool, id] = [`pool-${made}`, `app-${made++}`];
  await world.connection(pool);
  const app = await world.client(id, { redirect_uris: [APP, "https://app.example.com/other"], ...how });
  const browser = new Browser("ada");
  const begun = await app.begin({ idp_hint: pool, scope: "openid email" });
  const callback = await intercept(browser, begun.url);
  const changing = { connection: `connections/${pool}`, client: `clients/${id}` };
  return { world, app, browser, begun, callback, ...changing };
}

const OFF = { error: "access_denied", error_description: "this way to sign in is switched off" };

describe("while the person is at the provider", () => {
  it("a connection that is disabled lets nobody in", async () => {
    const { world, browser, begun, callback, connection } = await away();
    await world.patch(connection, { disabled: true });
    expect(told(await browser.open(callback))).toEqual({ ...OFF, state: begun.state, iss: world.issuer });
  });

  it("a connection that is deleted lets nobody in", async () => {
    const { world, browser, callback, connection } = await away();
    await world.remove(connection);
    expect(told(await browser.open(callback))).toMatchObject(OFF);
  });

  it("a sign-in from before not_before of its connection is over", async () => {
    const { world, browser, callback, connection } = await away();
    pass(5);
    await world.patch(connection, { not_before: now() });
    expect(told(await browser.open(callback))).toMatchObject({
      error: "access_denied",
      error_description: "this sign-in was ended by the operator",
    });
  });

  it("a client that is disabled gets nothing, and its redirect URI is not opened", async () => {
    const { world, browser, callback, client } = await away();
    await world.patch(client, { disabled: true });
    const page = await browser.open(callback);
    expect([page.status, browser.facts["Code"]]).toEqual([400, "unknown_client"]);
  });

  it("a client that is deleted gets nothing", async () => {
    const { world, browser, callback, client } = await away();
    await world.remove(client);
    expect((await browser.open(callback)).status).toBe(400);
    expect(browser.facts["Code"]).toBe("unknown_client");
  });

  it("a redirect URI that is not registered any more is not opened", async () => {
    const { world, browser, callback, client } = await away();
    await world.patch(client, { redirect_uris: ["https://app.example.com/other"] });
    expect((await browser.open(callback)).status).toBe(400);
    expect(browser.facts["Code"]).toBe("wrong_redirect");
  });
});

describe("while the person reads the consent page", () => {
  it("a client that is disabled gets nothing", async () => {
    const { world, browser, callback, client } = await away({ trusted: false });
    await browser.open(callback);
    await world.patch(client, { disabled: true });
    expect((await browser.submit("allow")).status).toBe(400);
    expect(browser.facts["Code"]).toBe("unknown_client");
  });

  it("a redirect URI that is not registered any more is not opened", async () => {
    const { world, browser, callback, client } = await away({ trusted: false });
    await browser.open(callback);
    await world.patch(client, { redirect_uris: ["https://app.example.com/other"] });
    expect((await browser.submit("allow")).status).toBe(400);
    expect(browser.facts["Code"]).toBe("wrong_redirect");
  });

  it("a session that ran out gives no code, though the page itself waits for an hour", async () => {
    const short = await makeWorld({ session_lifetime: 300 });
    const { browser, callback } = await away({ trusted: false }, short);
    await browser.open(callback);
    const name = `__Host-${short.id}-s`;
    const kept = browser.jar.value(name)!;
    pass(300);
    browser.jar.set(name, kept);
    expect(told(await browser.submit("allow"))).toMatchObject({
      error: "access_denied",
      error_description: "this consent page was already answered or is too old",
    });
  });

  it("a connection that is disabled gives no code", async () => {
    const { world, browser, callback, connection } = await away({ trusted: false });
    await browser.open(callback);
    await world.patch(connection, { disabled: true });
    expect(told(await browser.submit("allow"))).toMatchObject(OFF);
  });
});

describe("while the person reads the consent page, not_before", () => {
  it.each(["workspace", "client", "connection"])("of its %s ends the sign-in", async (place) => {
    const { world, browser, begun, callback, connection, client } = await away(
      { trusted: false },
      await makeWorld(),
    );
    await browser.open(callback);
    pass(5);
    if (place === "workspace") await world.settings({ not_before: now() });
    if (place === "client") await world.patch(client, { not_before: now() });
    if (place === "connection") await world.patch(connection, { not_before: now() });
    expect(told(await browser.submit("allow"))).toEqual({
      error: "access_denied",
      error_description: "this consent page was already answered or is too old",
      state: begun.state,
      iss: world.issuer,
    });
  });

  it("from before the sign-in ends nothing", async () => {
    const { world, browser, callback, client } = await away({ trusted: false });
    await browser.open(callback);
    await world.patch(client, { not_before: now() });
    expect(told(await browser.submit("allow"))["code"]).toBeDefined();
  });
});

describe("before the code is redeemed", () => {
  const INVALID = {
    status: 400,
    error: "invalid_grant",
    error_description: "the code is not valid, or is not for this request",
  };

  it.each(["disabled", "deleted"])("a connection that is %s gives no tokens", async (what) => {
    const { world, app, browser, begun, callback, connection } = await away();
    const page = await browser.open(callback);
    if (what === "deleted") await world.remove(connection);
    else await world.patch(connection, { disabled: true });
    expect(await refused(app.finish(page, begun))).toEqual(INVALID);
  });

  it.each(["workspace", "client", "connection"])("not_before of its %s voids the code", async (place) => {
    const { world, app, browser, begun, callback, connection, client } = await away({}, await makeWorld());
    const page = await browser.open(callback);
    pass(5);
    if (place === "workspace") await world.settings({ not_before: now() });
    if (place === "client") await world.patch(client, { not_before: now() });
    if (place === "connection") await world.patch(connection, { not_before: now() });
    expect(await refused(app.finish(page, begun))).toEqual(INVALID);
  });

  it("a client that is disabled is not even authenticated", async () => {
    const { world, app, browser, begun, callback, client } = await away();
    const page = await browser.open(callback);
    await world.patch(client, { disabled: true });
    expect(await refused(app.finish(page, begun))).toMatchObject({ status: 401, error: "invalid_client" });
  });
});

describe("before a token is used", () => {
  it.each(["client", "connection"])("a %s that is disabled ends it", async (what) => {
    const { world, app, browser, begun, callback, connection, client } = await away();
    const { access_token } = await app.finish(await browser.open(callback), begun);
    const witness = await world.client("witness");
    await world.put("apis/any", {
      identifier: world.issuer,
      name: "Any",
      introspection_clients: ["witness"],
    });
    expect(await witness.introspect(access_token)).toMatchObject({ active: true });
    await world.patch(what === "client" ? client : connection, { disabled: true });
    expect(await refused(app.userinfo(access_token))).toMatchObject({ status: 401, error: "invalid_token" });
    expect(await witness.introspect(access_token)).toEqual({ active: false });
  });
});
