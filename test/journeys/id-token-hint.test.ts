/** `id_token_hint` of an authorization request: an answer about that person, or none (OpenID Connect Core §3.1.2.1, §3.1.2.2). */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { signedByUs } from "../own-key.ts";
import { told } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

const { via, calls } = counting();
let world: World;
let app: RelyingParty;
let hint: string;
let sub: string;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("cached", { config: { enable_stateful_ctx: true } });
  await world.connection("plain", { hidden: true });
  app = await world.client("app", { via });
  hint = (await app.signIn(new Browser("ada"), { idp_hint: "plain" })).id_token!;
  sub = decodeJwt(hint).sub!;
});

async function answer(browser: Browser, params: Record<string, string>) {
  const begun = await app.begin(params);
  const page = await browser.open(begun.url);
  const { state, iss, ...said } = told(page);
  expect([state, iss]).toEqual([begun.state, world.issuer]);
  return { said, begun, page };
}

const OTHER = {
  error: "login_required",
  error_description: "another person signed in than id_token_hint names",
};
const NOBODY = { error: "login_required", error_description: "the person has to sign in first" };

describe("at the provider", () => {
  it("the person whom the hint names is signed in", async () => {
    const { page, begun } = await answer(new Browser("ada", via), { idp_hint: "plain", id_token_hint: hint });
    expect(decodeJwt((await app.finish(page, begun)).id_token!).sub).toBe(sub);
  });

  it("an expired hint names a person all the same", async () => {
    pass(7_200);
    const { said } = await answer(new Browser("ada", via), { idp_hint: "plain", id_token_hint: hint });
    expect(said).toHaveProperty("code");
  });

  it("another person gets login_required, no code and no session", async () => {
    const browser = new Browser("zoe", via);
    calls.splice(0);
    const { said } = await answer(browser, { idp_hint: "plain", id_token_hint: hint });
    expect(said).toEqual(OTHER);
    expect(browser.jar.names()).toEqual([]);
    expect(calls.filter((call) => call.startsWith("SUBJECT."))).toEqual([]);
  });

  it("the same person at another connection is another person (design §5.1)", async () => {
    const { said } = await answer(new Browser("ada", via), { idp_hint: "cached", id_token_hint: hint });
    expect(said).toEqual(OTHER);
  });
});

describe("with a cached context", () => {
  async function signedIn(person: string) {
    const browser = new Browser(person, via);
    const { id_token } = await app.signIn(browser, { idp_hint: "cached" });
    return { browser, id_token: id_token! };
  }

  it("of that person a silent request is answered", async () => {
    const { browser, id_token } = await signedIn("ada");
    const { page, begun } = await answer(browser, { prompt: "none", id_token_hint: id_token });
    const again = await app.finish(page, begun);
    expect(decodeJwt(again.id_token!).sub).toBe(decodeJwt(id_token).sub);
  });

  it("of another person a silent request is login_required, and wakes nobody's object", async () => {
    const [ada, zoe] = [await signedIn("ada"), await signedIn("zoe")];
    calls.splice(0);
    expect((await answer(zoe.browser, { prompt: "none", id_token_hint: ada.id_token })).said).toEqual(NOBODY);
    expect(calls.filter((call) => call.startsWith("SUBJECT."))).toEqual([]);
  });

  it("of another person the provider is asked, and whoever comes back is judged", async () => {
    const [ada, zoe] = [await signedIn("ada"), await signedIn("zoe")];
    expect((await answer(zoe.browser, { id_token_hint: ada.id_token })).said).toEqual(OTHER);
    zoe.browser.person.name = "ada";
    const { page, begun } = await answer(zoe.browser, { id_token_hint: ada.id_token });
    expect(decodeJwt((await app.finish(page, begun)).id_token!).sub).toBe(decodeJwt(ada.id_token).sub);
  });
});

it("a hint authorises nothing: in a browser that nobody signed in with it is login_required (threat 17, Dex #4945)", async () => {
  expect((await answer(new Browser("ada", via), { prompt: "none", id_token_hint: hint })).said).toEqual(
    NOBODY,
  );
});

describe("is invalid_request where it is", () => {
  const INVALID = {
    error: "invalid_request",
    error_description: "id_token_hint is not an ID token of this issuer",
  };
  const refusal = async (id_token_hint: string) =>
    (await answer(new Browser("ada", via), { idp_hint: "plain", id_token_hint })).said;

  it.each(["nonsense", "a.b.c", "e30.e30."])("%s", async (text) => {
    expect(await refusal(text)).toEqual(INVALID);
  });

  it("one person, where the claims parameter asks for another", async () => {
    const claims = (value: string) => JSON.stringify({ id_token: { sub: { value } } });
    const both = { idp_hint: "plain", id_token_hint: hint };
    const { said } = await answer(new Browser("ada", via), { ...both, claims: claims("0".repeat(64)) });
    expect(said).toEqual({
      error: "invalid_request",
      error_description: "id_token_hint and claims name two persons",
    });
    const same = await answer(new Browser("ada", via), { ...both, claims: claims(sub) });
    expect(same.said).toHaveProperty("code");
  });

  it("an access token", async () => {
    const { access_token } = await app.signIn(new Browser("ada", via), { idp_hint: "plain" });
    expect(await refusal(access_token)).toEqual(INVALID);
  });

  it("an ID token of another workspace", async () => {
    const other = await makeWorld();
    await other.connection("pool");
    const { id_token } = await (await other.client("app")).signIn(new Browser("ada"));
    expect(await refusal(id_token!)).toEqual(INVALID);
  });

  it("a token of our own key that is no ID token of this issuer: issuer, audiences, subject, type", async () => {
    const claims = decodeJwt(hint);
    const genuine = await signedByUs(world.id, "JWT", claims);
    const right = await answer(new Browser("ada", via), { idp_hint: "plain", id_token_hint: genuine });
    expect(right.said).toHaveProperty("code");
    for (const changed of [{ iss: "https://elsewhere.example" }, { aud: ["app", "b"] }, { sub: undefined }])
      expect(await refusal(await signedByUs(world.id, "JWT", { ...claims, ...changed }))).toEqual(INVALID);
    for (const typ of ["logout+jwt", "at+jwt"])
      expect(await refusal(await signedByUs(world.id, typ, claims))).toEqual(INVALID);
  });

  it("an ID token with another signature", async () => {
    const [header, payload, signature] = hint.split(".");
    const flipped = (signature![0] === "A" ? "B" : "A") + signature!.slice(1);
    expect(await refusal([header, payload, flipped].join("."))).toEqual(INVALID);
  });
});
