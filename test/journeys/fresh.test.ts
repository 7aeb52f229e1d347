/** prompt=login and max_age: sent on to the provider, and checked when the person comes back. */
import { decodeJwt } from "jose";
import { expect, it } from "vitest";
import { Browser } from "../browser.ts";
import { HOUR, now } from "../clock.ts";
import { told } from "../raw.ts";
import { asked } from "../seen.ts";
import { makeWorld } from "../world.ts";

const world = await makeWorld();
const app = await world.client("app");
const pools = {
  honest: await world.connection("honest"),
  noLogout: await world.connection("no-logout", { pool: "NoLogout" }),
  deaf: await world.connection("deaf", { faults: ["ignores-prompt"] }),
  timeless: await world.connection("timeless", { faults: ["no-auth-time"] }),
};

function browser(signedInFor: number) {
  const ada = new Browser("ada");
  ada.person.signedInFor = signedInFor;
  return ada;
}

const REFUSED = {
  error: "login_required",
  error_description: "the provider did not authenticate the person anew",
};

it("prompt=login goes through the pool's /logout, the way to a fresh sign-in", async () => {
  const { id_token } = await app.signIn(browser(HOUR), { prompt: "login", idp_hint: "honest" });
  expect(decodeJwt(id_token!)["auth_time"]).toBeGreaterThan(now() - 60);
  const [request] = (await asked(pools.honest, "/logout")).slice(-1);
  expect(Object.fromEntries(request!.params)).toMatchObject({
    prompt: "login",
    response_type: "code",
    client_id: "app",
  });
});

it("a pool without /logout gets prompt=login as a parameter", async () => {
  const { id_token } = await app.signIn(browser(HOUR), { prompt: "login", idp_hint: "no-logout" });
  expect(decodeJwt(id_token!)["auth_time"]).toBeGreaterThan(now() - 60);
  const [request] = (await asked(pools.noLogout, "/authorize")).slice(-1);
  expect(request!.params.get("prompt")).toBe("login");
});

it("a provider that ignores prompt=login does not get away with it", async () => {
  const { url, state } = await app.begin({ prompt: "login", idp_hint: "deaf" });
  expect(told(await browser(HOUR).open(url))).toEqual({ ...REFUSED, state, iss: world.issuer });
});

it("max_age is sent on, and a sign-in that is young enough is taken", async () => {
  await app.signIn(browser(100), { max_age: "200", idp_hint: "honest" });
  const [request] = (await asked(pools.honest, "/authorize")).slice(-1);
  expect(request!.params.get("max_age")).toBe("200");
  expect(request!.params.has("prompt")).toBe(false);
});

it("an older sign-in than max_age leads once more to the provider, now to sign in anew", async () => {
  const trips = (await asked(pools.honest)).length;
  const { id_token } = await app.signIn(browser(HOUR), { max_age: "200", idp_hint: "honest" });
  expect(decodeJwt(id_token!)["auth_time"]).toBeGreaterThan(now() - 60);
  const since = (await asked(pools.honest)).slice(trips).map(({ seen }) => new URL(seen.url).pathname);
  expect(since.filter((path) => /authorize|logout/.test(path))).toEqual(["/oauth2/authorize", "/logout"]);
});

it("max_age fails where the provider would not ask anew", async () => {
  const { url } = await app.begin({ max_age: "200", idp_hint: "deaf" });
  expect(told(await browser(HOUR).open(url))).toMatchObject(REFUSED);
});

it("a provider's clock may be half a minute behind ours where it was asked to authenticate anew, and no more", async () => {
  for (const asked of [{ prompt: "login" }, { max_age: "0" }] as Record<string, string>[]) {
    const behind = async (seconds: number) => {
      const { url } = await app.begin({ ...asked, idp_hint: "deaf" });
      return told(await browser(seconds).open(url));
    };
    expect(await behind(30)).toHaveProperty("code");
    expect(await behind(31)).toMatchObject(REFUSED);
  }
});

it("max_age itself is exact", async () => {
  const aged = async (seconds: number) => {
    const { url } = await app.begin({ max_age: "200", idp_hint: "deaf" });
    return told(await browser(seconds).open(url));
  };
  expect(await aged(200)).toHaveProperty("code");
  expect(await aged(201)).toMatchObject(REFUSED);
});

it("max_age=0 asks for a fresh sign-in", async () => {
  const ada = browser(HOUR);
  const begun = await app.begin({ max_age: "0", idp_hint: "honest" });
  await ada.open(begun.url);
  expect((await asked(pools.honest, "/logout")).length).toBeGreaterThan(0);
  expect(told(ada.page)["code"]).toBeDefined();
});

it.each(["-1", "1.5", "soon", "1e3", "10000000000"])("max_age=%s is refused", async (max_age) => {
  const { url, state } = await app.begin({ max_age, idp_hint: "honest" });
  expect(told(await browser(0).open(url))).toEqual({
    error: "invalid_request",
    error_description: "max_age must be a number of seconds",
    state,
    iss: world.issuer,
  });
});

it("where the provider gives no auth_time, it is the time of the callback only if it was asked to authenticate anew", async () => {
  const forced = await app.signIn(browser(HOUR), { prompt: "login", idp_hint: "timeless" });
  expect(decodeJwt(forced.id_token!)["auth_time"]).toBeGreaterThan(now() - 60);
  const plain = await app.signIn(browser(HOUR), { idp_hint: "timeless" });
  expect(decodeJwt(plain.id_token!)).not.toHaveProperty("auth_time");
});

it("max_age without an auth_time of the provider leads to a fresh sign-in", async () => {
  const before = (await asked(pools.timeless, "/logout")).length;
  await app.signIn(browser(HOUR), { max_age: "1000", idp_hint: "timeless" });
  expect((await asked(pools.timeless, "/logout")).length).toBe(before + 1);
});

it("of any OpenID Provider, too: auth_time is its own, or of the callback if it was asked to authenticate anew, or none", async () => {
  const provider = await world.oidc("silent", { faults: ["no-auth-time"] });
  const claims = async (params: Record<string, string>) =>
    decodeJwt((await app.signIn(browser(HOUR), { idp_hint: "silent", ...params })).id_token!);
  expect(await claims({})).not.toHaveProperty("auth_time");
  expect((await claims({ prompt: "login" }))["auth_time"]).toBe(now());
  const before = (await asked(provider, "/authorize")).length;
  expect((await claims({ max_age: "1000" }))["auth_time"]).toBe(now());
  const trips = (await asked(provider, "/authorize")).slice(before);
  // OpenID Connect Core §2 requires auth_time then: a provider without it is asked once more, and now in so many words.
  expect(trips.map(({ params }) => [params.get("max_age"), params.get("prompt")])).toEqual([
    ["1000", null],
    ["1000", "login"],
  ]);
});
