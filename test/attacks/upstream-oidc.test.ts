/** Answers of a generic OpenID Provider that must not be believed (threats 1, 14, 16, 17). */
import { beforeAll, describe, expect, it, vi } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { counting } from "../counting.ts";
import { intercept } from "../intercept.ts";
import { told } from "../raw.ts";
import { asked } from "../seen.ts";
import type { Fault } from "../upstream/faults.ts";
import { makeWorld, type World } from "../world.ts";

const { via, calls } = counting();
let world: World;
let app: RelyingParty;
let made = 0;

beforeAll(async () => {
  world = await makeWorld();
  app = await world.client("app", { via });
});

const DISTRUSTED = {
  error: "access_denied",
  error_description: "the identity provider's answer was not accepted",
};

async function isRefused(how: Parameters<World["oidc"]>[1], answer: object = DISTRUSTED) {
  const id = `c${made++}`;
  const provider = await world.oidc(id, { hidden: true, ...how });
  calls.splice(0);
  const browser = new Browser("ada", via);
  const begun = await app.begin({ idp_hint: id });
  const page = await browser.open(begun.url);
  expect(told(page)).toEqual({ ...answer, state: begun.state, iss: world.issuer });
  expect(calls.filter((call) => !call.startsWith("AUDIT."))).toEqual([]);
  expect(browser.jar.names()).toEqual([]);
  return provider;
}

describe("an ID token is refused", () => {
  it.each<[string, Fault]>([
    ["of another issuer", "wrong-issuer"],
    ["for another audience", "wrong-audience"],
    ["for us and somebody else, without azp", "further-audience"],
    ["with another nonce", "wrong-nonce"],
    ["without nonce", "no-nonce"],
    ["that expired", "expired"],
    ["without exp", "no-exp"],
    ["that is not valid yet", "not-yet"],
    ["that was issued in the future", "future-iat"],
    ["whose auth_time is in the future: it would be a fresh authentication for ever", "future-auth-time"],
    ["without sub", "no-sub"],
    ["with alg none, which the provider offers", "alg-none"],
    ["with HS256 over the public key, which the provider offers (CVE-2026-22817)", "hs256"],
    ["with an algorithm that the provider does not offer", "rs384"],
    ["with an unknown kid", "unknown-kid"],
    ["signed by somebody else under a known kid", "wrong-key"],
    ["that was changed after it was signed", "tampered"],
    ["whose at_hash is of another access token", "bad-at-hash"],
  ])("%s", async (_, fault) => {
    await isRefused({ faults: [fault] });
  });

  it.each(["alg-none", "hs256", "rs384"] as const)(
    "because of its algorithm, whatever keys the provider has: %s",
    async (fault) => {
      const lines: string[] = [];
      vi.spyOn(console, "log").mockImplementation((line: unknown) => void lines.push(String(line)));
      await isRefused({ faults: [fault] });
      expect(lines.at(-1)).toContain(String.raw`unexpected JWT \"alg\" header parameter`);
    },
  );

  it("of a provider that offers nothing but HMAC and none: nobody can sign in, rather than anybody", async () => {
    await isRefused({ provider: "hmac", faults: ["hs256"] });
    await isRefused({ provider: "hmac", faults: ["alg-none"] });
    await isRefused({ provider: "hmac" });
  });
});

it("userinfo about another person is refused (OpenID Connect Core §5.3.4)", async () => {
  await isRefused({ faults: ["userinfo-other-sub"], settings: { get_user_info: true } });
});

describe("an authorization response is refused before its code goes anywhere (RFC 9207 §2.4)", () => {
  it("that names another server", async () => {
    const provider = await isRefused({ faults: ["wrong-iss"] });
    expect(await asked(provider, "/token")).toEqual([]);
  });

  it("that names no server, where the provider promised to", async () => {
    const provider = await isRefused({ provider: "noiss" });
    expect(await asked(provider, "/token")).toEqual([]);
  });

  it("whose connection has another provider since the person left", async () => {
    await world.oidc("moved", { hidden: true });
    const browser = new Browser("ada", via);
    const begun = await app.begin({ idp_hint: "moved" });
    const callback = await intercept(browser, begun.url, via);
    const other = await world.oidc("moved", { hidden: true });
    expect(told(await browser.open(callback))).toMatchObject(DISTRUSTED);
    expect(await asked(other, "/token")).toEqual([]);
  });
});

it("a discovery document of another issuer is not used", async () => {
  const answer = {
    error: "server_error",
    error_description: "the identity provider's answer could not be read",
  };
  const id = `c${made++}`;
  await world.oidc(id, { provider: "otherissuer" });
  const begun = await app.begin({ idp_hint: id });
  expect(told(await new Browser("ada", via).open(begun.url))).toMatchObject(answer);
});
