/** What one sign-in may cost (design §4): the count is part of the contract, so it is a test. */
import { generateKeyPair, exportJWK } from "jose";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import { counting } from "../counting.ts";
import { linkable, proveBoth } from "../linking.ts";
import { makeWorld, type World } from "../world.ts";

const { calls, via } = counting();
let world: World;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
});
beforeEach(() => void calls.splice(0));

const browser = (person: string) => new Browser(person, via);

it("a sign-in of a known person costs two calls, both to the person's object, and writes nothing to KV", async () => {
  const app = await world.client("app", { via });
  const ada = browser("ada");
  await app.signIn(ada);
  calls.splice(0);
  await app.signIn(ada);
  expect(calls).toEqual(["SUBJECT.signIn", "SUBJECT.redeem"]);
});

it("so does a sign-in of a person who was never seen", async () => {
  const app = await world.client("app", { via });
  await app.signIn(browser("ada"));
  calls.splice(0);
  await app.signIn(browser("somebody-new"));
  expect(calls).toEqual(["SUBJECT.signIn", "SUBJECT.redeem"]);
});

it("the authorization request writes nothing and calls no object", async () => {
  const app = await world.client("app", { via });
  await app.signIn(browser("ada"));
  calls.splice(0);
  const { url } = await app.begin();
  const response = await via(new Request(url, { redirect: "manual" }));
  expect(response.status).toBe(303);
  expect(calls).toEqual([]);
});

it("the consent page costs one call more", async () => {
  const app = await world.client("asks", { via, trusted: false });
  await app.signIn(browser("ada")).catch(() => undefined);
  calls.splice(0);
  const ada = browser("ada");
  const begun = await app.begin({ scope: "openid email" });
  await ada.open(begun.url);
  const page = await ada.submit("allow");
  await app.finish(page, begun);
  expect(calls).toEqual(["SUBJECT.signIn", "SUBJECT.consent", "SUBJECT.redeem"]);
});

it("private_key_jwt costs one call more, for the jti", async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: "1" }] };
  const token_endpoint_auth_method = "private_key_jwt";
  const app = await world.client("signs", { via, key: privateKey, jwks, token_endpoint_auth_method });
  await app.signIn(browser("ada"));
  calls.splice(0);
  await app.signIn(browser("ada"));
  expect(calls).toEqual(["SUBJECT.signIn", "ONCE.add", "SUBJECT.redeem"]);
});

it("a refresh, userinfo and introspection cost one call each", async () => {
  const app = await world.client("app", { via });
  const { access_token, refresh_token } = await app.signIn(browser("ada"), {
    scope: "openid offline_access",
  });
  calls.splice(0);
  await app.refresh(refresh_token!);
  await app.userinfo(access_token);
  await app.introspect(access_token);
  expect(calls).toEqual(["SUBJECT.refresh", "SUBJECT.grant", "SUBJECT.grant"]);
});

it("a further request of the same browser costs one call where the context is cached, and none where it is not", async () => {
  const cached = await makeWorld();
  await cached.connection("pool", { config: { enable_stateful_ctx: true } });
  const app = await cached.client("app", { via });
  const ada = browser("ada");
  await app.signIn(ada);
  calls.splice(0);
  await app.signIn(ada);
  expect(calls).toEqual(["SUBJECT.resume", "SUBJECT.redeem"]);
});

it("a sign-in by a linked identity costs one call more, to the object that holds the pointer", async () => {
  const { world: linking, app } = await linkable(via);
  const ada = browser("ada");
  await proveBoth(linking, ada);
  await ada.submit("link");
  const again = browser("ada");
  await app.signIn(again, { idp_hint: "staff" });
  calls.splice(0);
  await app.signIn(again, { idp_hint: "staff" });
  expect(calls).toEqual(["SUBJECT.signIn", "SUBJECT.signIn", "SUBJECT.redeem"]);
  calls.splice(0);
  await app.signIn(browser("ada"), { idp_hint: "customers" });
  await app.signIn(browser("not-linked"), { idp_hint: "staff" });
  expect(calls).toEqual(["SUBJECT.signIn", "SUBJECT.redeem", "SUBJECT.signIn", "SUBJECT.redeem"]);
});

it("client credentials cost no call", async () => {
  const app = await world.client("robot", { via, grant_types: ["client_credentials"], redirect_uris: [] });
  await app.clientCredentials();
  calls.splice(0);
  await app.clientCredentials();
  expect(calls).toEqual([]);
});

it("discovery and the provider's keys are read once for many sign-ins", async () => {
  const pool = await world.connection("pool");
  const app = await world.client("app", { via });
  for (const person of ["ada", "zoe", "max"]) await app.signIn(browser(person));
  const seen = await fetch(`https://upstream.test/requests?of=${pool}`);
  const asked = (await seen.json<{ method: string; url: string }[]>()).map(
    ({ url }) => new URL(url).pathname,
  );
  const times = (end: string) => asked.filter((path) => path.endsWith(end)).length;
  expect([times("/openid-configuration"), times("/jwks.json"), times("/token")]).toEqual([1, 1, 3]);
});
