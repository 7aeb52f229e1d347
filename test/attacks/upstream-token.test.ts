/** Tokens of a provider that must not be believed (threats 14, 16, 17): refused, told to the client, and nobody is signed in. */
import { beforeAll, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { counting } from "../counting.ts";
import { pass } from "../clock.ts";
import { told } from "../raw.ts";
import { asked } from "../seen.ts";
import type { Fault } from "../upstream/faults.ts";
import { makeWorld, type World } from "../world.ts";

const { via, calls } = counting();
let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  app = await world.client("app", { via });
});

async function arriveFrom(fault: Fault, settings: object = {}) {
  await world.connection(fault, { faults: [fault], hidden: true, settings });
  calls.splice(0);
  const browser = new Browser("ada", via);
  const begun = await app.begin({ idp_hint: fault });
  const page = await browser.open(begun.url);
  return { browser, begun, answer: told(page) };
}

const DISTRUSTED = {
  error: "access_denied",
  error_description: "the identity provider's answer was not accepted",
};

async function isRefused(fault: Fault, settings: object = {}) {
  const { browser, begun, answer } = await arriveFrom(fault, settings);
  expect(answer).toEqual({ ...DISTRUSTED, state: begun.state, iss: world.issuer });
  expect(calls.filter((call) => !call.startsWith("AUDIT."))).toEqual([]);
  expect(browser.jar.names()).toEqual([]);
}

describe("an ID token is refused", () => {
  it.each<[string, Fault]>([
    ["of another issuer", "wrong-issuer"],
    ["for another audience", "wrong-audience"],
    ["for us and somebody else, without azp (OpenID Connect Core §3.1.3.7)", "further-audience"],
    ["with another nonce", "wrong-nonce"],
    ["without nonce: the expected value drives the check (Logto)", "no-nonce"],
    ["that expired", "expired"],
    ["without exp", "no-exp"],
    ["that is not valid yet", "not-yet"],
    ["that was issued in the future", "future-iat"],
    ["whose auth_time is in the future: it would be a fresh authentication for ever", "future-auth-time"],
    ["without sub", "no-sub"],
    ["with alg none", "alg-none"],
    ["with HS256 over the public key (CVE-2026-22817, PyJWT CVE-2026-48526)", "hs256"],
    ["with another algorithm of the same key", "rs384"],
    ["with an unknown kid", "unknown-kid"],
    ["signed by somebody else under a known kid", "wrong-key"],
    ["that was changed after it was signed", "tampered"],
    ["that is an access token by its token_use", "wrong-token-use"],
    ["without token_use", "no-token-use"],
    ["whose at_hash is of another access token (OpenID Connect Core §3.1.3.6)", "bad-at-hash"],
  ])("%s", async (_, fault) => isRefused(fault));

  it("but one with a fitting at_hash is fine", async () => {
    expect((await arriveFrom("good-at-hash")).answer["code"]).toBeDefined();
  });
});

describe("an access token is refused", () => {
  it.each<[string, Fault]>([
    ["of another app client: it has no aud, client_id says whom it is for", "access-other-client"],
    ["about another person", "access-other-sub"],
    ["of another issuer", "access-other-issuer"],
    ["that expired", "access-expired"],
    ["that never expires", "access-no-exp"],
    ["signed by somebody else", "access-wrong-key"],
    ["that is an ID token by its token_use", "access-token-use"],
  ])("%s", async (_, fault) => isRefused(fault));
});

it("userinfo about another person is refused (OpenID Connect Core §5.3.4)", async () =>
  isRefused("userinfo-other-sub", { get_user_info: true }));

describe("an authorization response is refused", () => {
  it("that names another issuer (RFC 9207, mix-up)", async () => isRefused("wrong-iss"));

  it("without code", async () => {
    const { answer } = await arriveFrom("no-code");
    const error_description = "the identity provider's answer could not be read";
    expect(answer).toMatchObject({ error: "server_error", error_description });
  });

  it("with two codes, on a page: no parameter may repeat", async () => {
    const { browser } = await arriveFrom("two-codes");
    expect(browser.page.status).toBe(400);
    expect(browser.facts).toMatchObject({
      Code: "bad_request",
      Reason: "a parameter is included more than once",
    });
  });
});

it("a rotated key is found by one refetch, and unknown ones do not become a stream of requests", async () => {
  const pool = await world.connection("rotates", { hidden: true });
  const reads = async () => (await asked(pool, "/jwks.json")).length;
  const signIn = () => app.signIn(new Browser("ada", via), { idp_hint: "rotates" });
  await signIn();
  pass(5);
  await world.patch("connections/rotates", { settings: { client_id: "app.rotated" } });
  await signIn();
  expect(await reads()).toBe(2);
  await world.patch("connections/rotates", { settings: { client_id: "app.unknown-kid" } });
  for (let n = 0; n < 5; n++) {
    const begun = await app.begin({ idp_hint: "rotates" });
    expect(told(await new Browser("ada", via).open(begun.url))).toMatchObject(DISTRUSTED);
  }
  // One more where the five took longer than that.
  expect(await reads()).toBeLessThanOrEqual(3);
});
