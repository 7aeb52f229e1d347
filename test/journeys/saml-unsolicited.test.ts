/** Sign-in that the provider begins (SAML Profiles §4.1.5): a session, and an app that then asks as usual (OpenID Connect Core §4). */
import { decodeJwt } from "jose";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { api, problem } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { now, pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { assertion, at, attribute, honest, PASSWORD, response, type Said, signed } from "../saml/forge.ts";
import { arrive, depart, type ForgedIdp, forgedIdp, saying } from "../saml/forged-idp.ts";
import { keyOf } from "../saml/keys.ts";
import { makeWorld, type World } from "../world.ts";

const { via, calls } = counting();
const LOGIN = "https://app.example.com/login?from=tile";
const lines: string[] = [];
let world: World;
let app: RelyingParty;
let idp: ForgedIdp;

beforeAll(async () => {
  world = await makeWorld();
  app = await world.client("app", { via, trusted: true, initiate_login_uri: LOGIN });
  idp = await provider("tiles");
});

beforeEach(() => {
  vi.spyOn(console, "log").mockImplementation((line: unknown) => void lines.push(String(line)));
});

const provider = (
  id: string,
  { settings = {}, ...more }: { settings?: object; [member: string]: unknown } = {},
) =>
  forgedIdp(world, id, {
    settings: { idp_initiated_client_id: "app", ...settings },
    config: { enable_stateful_ctx: true },
    ...more,
  });
const unasked = (of: ForgedIdp, told: Partial<Said> = {}) => saying(of, { id: "" }, told);
const person = () => new Browser("ada", via);

async function post(document: string, { to = idp, relay = "", browser = person() } = {}) {
  calls.splice(0);
  await arrive(browser, to, { relay }, document);
  return browser;
}

it("opens a session and sends the browser to the app, which asks as usual and needs no provider", async () => {
  const attributes = attribute("mail", "ada@example.com");
  const browser = await post(honest(unasked(idp, { attributes }), idp.by));
  expect(browser.page.url.href).toBe(`${LOGIN}&iss=${encodeURIComponent(world.issuer)}`);
  expect(calls).toEqual(["ONCE.add", "SUBJECT.signIn"]);
  const { id_token } = await app.signIn(browser, { scope: "openid email" });
  expect(calls).toEqual(["ONCE.add", "SUBJECT.signIn", "SUBJECT.resume", "SUBJECT.redeem"]);
  expect(decodeJwt(id_token ?? "")).toMatchObject({
    idp: "tiles",
    idp_sub: "ada",
    email: "ada@example.com",
    acr: PASSWORD,
    auth_time: now(),
  });
});

it("is the same person as when we ask", async () => {
  const asked = await depart(person(), app, idp, { prompt: "login" });
  expect(asked.id).not.toBe("");
  const [browser, other] = [await post(honest(unasked(idp), idp.by)), person()];
  const first = await app.signIn(browser);
  const next = await depart(other, app, idp);
  const page = await arrive(other, idp, next, honest(saying(idp, next), idp.by));
  const second = await app.finish(page, next.begun);
  expect(decodeJwt(second.id_token ?? "").sub).toBe(decodeJwt(first.id_token ?? "").sub);
});

it("takes the place of who was signed in in this browser, and is nothing of theirs", async () => {
  const browser = await post(honest(unasked(idp), idp.by));
  const ada = decodeJwt((await app.signIn(browser)).id_token ?? "");
  await post(honest(unasked(idp, { name: "zoe" }), idp.by), { browser });
  const zoe = decodeJwt((await app.signIn(browser)).id_token ?? "");
  expect(zoe["idp_sub"]).toBe("zoe");
  expect([zoe.sub, zoe["sid"]]).not.toEqual([ada.sub, ada["sid"]]);
});

it("issues no code by itself: RelayState leads nowhere (open redirect), whatever it is", async () => {
  for (const relay of ["https://evil.example/", "//evil.example", "https://app.example.com/cb"]) {
    const { page } = await post(honest(unasked(idp), idp.by), { relay });
    expect(page.url.href).toBe(`${LOGIN}&iss=${encodeURIComponent(world.issuer)}`);
  }
});

describe("is refused, with nobody signed in and nothing stored:", () => {
  const REFUSED = "We cannot trust that answer";
  const isRefused = (browser: Browser, reason: string) => {
    expect([browser.page.status, browser.title]).toEqual([400, REFUSED]);
    const refusal = JSON.parse(lines.at(-1) ?? "{}") as { reason?: string };
    expect(refusal).toMatchObject({ type: "refused", connection: expect.any(String) });
    expect(refusal.reason?.slice(0, reason.length)).toBe(reason);
    expect(calls.filter((call) => call.startsWith("SUBJECT"))).toEqual([]);
    expect(browser.jar.names()).toEqual([]);
  };

  it("an assertion a second time (CVE-2026-18967)", async () => {
    const document = honest(unasked(idp), idp.by);
    await post(document);
    isRefused(await post(document), "replay: the assertion was used before");
  });

  it("an assertion a second time, by a confirmation that lasts longer than the one that it came by first", async () => {
    const conditions = `<saml:Conditions><saml:AudienceRestriction><saml:Audience>${idp.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`;
    const said = unasked(idp, { conditions, confirmed_until: now() + 60 });
    const longer = (short: string) => short + short.replace(at(now() + 60), at(now() + 3_600));
    const document = assertion(said).replace(
      /<saml:SubjectConfirmation .*<\/saml:SubjectConfirmation>/,
      longer,
    );
    const twice = response(said, signed(document, said.assertion_id, { by: idp.by }));
    expect((await post(twice)).page.url.href).toContain(LOGIN);
    pass(120);
    isRefused(await post(twice), "replay: the assertion was used before");
  });

  it("an assertion that was already used for a sign-in that we asked for", async () => {
    const browser = person();
    const asked = await depart(browser, app, idp);
    const said = saying(idp, asked);
    await arrive(browser, idp, asked, honest(said, idp.by));
    const stripped = response(unasked(idp), signed(assertion(said), said.assertion_id, { by: idp.by }));
    isRefused(await post(stripped), "request: the assertion answers another request than this browser's");
  });

  it.each<[string, string, (said: Said) => string | Promise<string>]>([
    [
      "an answer to a request that this browser did not make",
      "request: the response answers another request than this browser's",
      (said) => honest({ ...said, request: "_unknown" }, idp.by),
    ],
    [
      "an assertion that answers a request, in a response that does not",
      "request: the assertion answers another request than this browser's",
      (said) =>
        response(
          said,
          signed(assertion({ ...said, request: "_unknown" }), said.assertion_id, { by: idp.by }),
        ),
    ],
    [
      "one of another service provider",
      "audience: the assertion is for another service provider",
      (said) =>
        honest(
          { ...said, conditions: said.conditions.replace(idp.audience, "https://other.example") },
          idp.by,
        ),
    ],
    [
      "one for another recipient",
      "recipient: the assertion is for another recipient",
      (said) => honest({ ...said, recipient: 'Recipient="https://other.example/acs"' }, idp.by),
    ],
    [
      "one that is too old",
      "expired: the confirmation of the subject is too old or has no end",
      (said) => honest({ ...said, confirmed_until: said.now - 31 }, idp.by),
    ],
    [
      "one that is not signed",
      "signature: neither the response nor the assertion is signed",
      (said) => response(said, assertion(said)),
    ],
    [
      "one of another provider",
      "signature: the signature is not valid",
      async (said) => honest(said, await keyOf("mallory")),
    ],
  ])("%s", async (_, reason, forge) => {
    isRefused(await post(await forge(unasked(idp))), reason);
  });

  it("another authentication context than the operator lists", async () => {
    const strict = await provider("strict", { settings: { authn_contexts: ["urn:mfa"] } });
    const document = honest(unasked(strict), strict.by);
    isRefused(
      await post(document, { to: strict }),
      "context: the person was authenticated in another way than was asked for",
    );
  });

  it.each([
    ["whose app is switched off", { disabled: true }],
    ["whose app has no initiate_login_uri any more", { initiate_login_uri: null }],
  ])("one %s", async (_, change) => {
    const id = "disabled" in change ? "off" : "gone";
    await world.client(id, { via, initiate_login_uri: LOGIN });
    const its = await provider(`for-${id}`, { settings: { idp_initiated_client_id: id } });
    await world.patch(`clients/${id}`, change);
    isRefused(
      await post(honest(unasked(its), its.by), { to: its }),
      "the application cannot begin a sign-in",
    );
  });
});

describe("is not even looked at", () => {
  const isUnknown = (browser: Browser) => {
    expect([browser.page.status, browser.facts["Code"]]).toEqual([400, "other_browser"]);
    expect([calls, browser.jar.names()]).toEqual([[], []]);
  };

  it("where nobody switched it on", async () => {
    const usual = await forgedIdp(world, "usual", { config: { enable_stateful_ctx: true } });
    isUnknown(await post(honest(unasked(usual), usual.by), { to: usual }));
  });

  it("where the connection is switched off", async () => {
    const off = await provider("switched-off", { disabled: true });
    isUnknown(await post(honest(unasked(off), off.by), { to: off }));
  });
});

it("ends with the cached context: then the app's request goes to the provider", async () => {
  const browser = await post(honest(unasked(idp), idp.by));
  pass(3_601);
  const asked = await depart(browser, app, idp);
  expect(asked.id).not.toBe("");
});

describe("settings", () => {
  const put = (settings: object, more: object) =>
    api("PUT", `workspaces/${world.id}/connections/refused`, {
      name: "R",
      method: "saml",
      settings: {
        idp_entity_id: "https://idp",
        sso_url: "https://idp.example.org/sso",
        idp_certificates: [idp.by.certificate],
        idp_initiated_client_id: "app",
        ...settings,
      },
      config: { enable_stateful_ctx: true },
      ...more,
    });
  const PATH = "settings.idp_initiated_client_id";

  it.each<[string, object, object, string]>([
    [
      "without context caching",
      {},
      { config: {} },
      "needs context caching: switch config.enable_stateful_ctx on",
    ],
    [
      "with ForceAuthn",
      { force_authn: true },
      {},
      "does not go with force_authn: nobody was asked to sign in anew",
    ],
    [
      "with a post-authentication application",
      {},
      { post_authn_app_id: "terms" },
      "does not go with a post-authentication application",
    ],
    [
      "for an app that is not there",
      { idp_initiated_client_id: "nobody" },
      {},
      "names something that is not in clients",
    ],
  ])("are refused %s", async (_, settings, more, message) => {
    const answer = await put(settings, more);
    expect(problem(answer)).toEqual([422, "the record is not valid", PATH]);
    expect(JSON.stringify(answer.body)).toContain(message);
  });

  it("keep the app from being deleted", async () => {
    const answer = await api("DELETE", `workspaces/${world.id}/clients/app`);
    expect(answer.status).toBe(409);
    expect(JSON.stringify(answer.body)).toContain("connections/tiles");
  });

  it.each(["http://app.example.com/login", "com.example.app:/login", "https://app.example.com/login#x"])(
    "of the app: %s is no initiate_login_uri",
    async (initiate_login_uri) => {
      const body = { client_name: "X", redirect_uris: ["https://app.example.com/cb"], initiate_login_uri };
      const answer = await api("PUT", `workspaces/${world.id}/clients/x`, body);
      expect(problem(answer)).toEqual([422, "the record is not valid", "initiate_login_uri"]);
    },
  );
});
