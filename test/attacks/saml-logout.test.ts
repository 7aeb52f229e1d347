/** Answers to a sign-out that must not be believed (threats 10–14): the person is told that the provider did not confirm. */
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { counting } from "../counting.ts";
import { posted } from "../saml/forge.ts";
import { type Answer, byForm, logoutResponse, redirected } from "../saml/forge-logout.ts";
import { type ForgedIdp, forgedIdp, inflated, signIn } from "../saml/forged-idp.ts";
import { keyOf, type Named } from "../saml/keys.ts";
import { makeWorld, type World } from "../world.ts";

const { via, calls } = counting();
const BYE = "https://app.example.com/bye";
const IDP = "https://idp.example.org";
const lines: string[] = [];
let world: World;
let app: RelyingParty;
let idp: ForgedIdp;
let slo: string;
let mallory: Named;

beforeAll(async () => {
  world = await makeWorld();
  const ours = await keyOf("ours");
  mallory = await keyOf("mallory");
  const usual = {
    settings: { slo_url: `${IDP}/slo` },
    credentials: { signing_key: ours.key },
    config: { sign_out_upstream: true },
  };
  idp = await forgedIdp(world, "saml", usual);
  await forgedIdp(world, "other", {
    ...usual,
    settings: { slo_url: `${IDP}/slo`, idp_entity_id: idp.entity_id },
  });
  slo = `${world.issuer}/saml/saml/slo`;
  app = await world.client("app", { via, post_logout_redirect_uris: [BYE], client_name: "Photo Book" });
});

beforeEach(() => {
  vi.spyOn(console, "log").mockImplementation((line: unknown) => void lines.push(String(line)));
});

/** Signs in and out. @returns the browser at the provider, and the answer of an honest one */
async function leave(): Promise<{ browser: Browser; answer: Answer }> {
  const browser = new Browser("ada", via);
  const { id_token = "" } = await signIn(browser, app, idp);
  const params = new URLSearchParams({ id_token_hint: id_token, post_logout_redirect_uri: BYE });
  const { url } = await browser.open(`${world.issuer}/oidc/logout?${params.toString()}`);
  const xml = await inflated(url.searchParams.get("SAMLRequest") ?? "");
  const request = /\bID="([^"]*)"/.exec(xml)?.[1] ?? "";
  lines.splice(0);
  calls.splice(0);
  return { browser, answer: { request, issuer: idp.entity_id, destination: slo } };
}

function isUnconfirmed(browser: Browser, reason: string) {
  expect(browser.title).toBe("You are signed out");
  expect(browser.page.html).toContain("did not confirm that it signed you out, too");
  expect(browser.links.get("continue")).toBe(BYE);
  const event = JSON.parse(lines.at(-1) ?? "{}") as object;
  expect(event).toMatchObject({ type: "refused", where: "logout", connection: "saml", reason });
  // Nobody's object is woken, and nobody is signed in.
  expect(calls.filter((call) => call.startsWith("SUBJECT"))).toEqual([]);
  expect(browser.jar.names()).toEqual([]);
}

const FAILED =
  '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"/></samlp:Status>';
const NOT_HIS = "the signature is not of the connection's provider";

describe("by redirect", () => {
  it.each<[string, string, (answer: Answer) => Promise<string>]>([
    [
      "is not signed",
      "the message is not signed",
      async (answer) => (await redirected(logoutResponse(answer), idp.by)).replace(/&SigAlg.*/, ""),
    ],
    [
      "has lost its signature and not its algorithm",
      "the message is not signed",
      async (answer) => (await redirected(logoutResponse(answer), idp.by)).replace(/&Signature.*/, ""),
    ],
    [
      "has lost its algorithm and not its signature",
      "the message is not signed",
      async (answer) => (await redirected(logoutResponse(answer), idp.by)).replace(/&SigAlg=[^&]*/, ""),
    ],
    ["is not there", "there is no SAMLResponse", async () => "RelayState=x"],
    [
      "is not encoded as a query",
      "the query is not encoded as a query",
      async () => "SAMLResponse=x&SigAlg=%&Signature=x",
    ],
    ["is signed by somebody else", NOT_HIS, (answer) => redirected(logoutResponse(answer), mallory)],
    [
      "is signed with SHA-1, which nobody allowed",
      NOT_HIS,
      (answer) => redirected(logoutResponse(answer), idp.by, "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
    ],
    [
      "names an HMAC as its algorithm (GHSA-c27r-x354-4m68)",
      NOT_HIS,
      async (answer) =>
        (await redirected(logoutResponse(answer), idp.by)).replace("rsa-sha256", "hmac-sha256"),
    ],
    [
      "was given another RelayState than was signed",
      NOT_HIS,
      async (answer) =>
        (await redirected(logoutResponse(answer), idp.by)).replace("&SigAlg", "&RelayState=x&SigAlg"),
    ],
    [
      "has a second message, of which one is signed",
      "SAMLResponse is there more than once",
      async (answer) => `${await redirected(logoutResponse(answer), idp.by)}&SAMLResponse=x`,
    ],
    [
      "is to another request",
      "the answer is to another request than this browser's",
      (answer) => redirected(logoutResponse({ ...answer, request: "_another" }), idp.by),
    ],
    [
      "was sent to another connection",
      "the answer was sent to another address",
      (answer) =>
        redirected(logoutResponse({ ...answer, destination: `${world.issuer}/saml/other/slo` }), idp.by),
    ],
    [
      "does not say where it was sent (SAML Bindings §3.4.5.2)",
      "the answer was sent to another address",
      (answer) => redirected(logoutResponse(answer).replace(/ Destination="[^"]*"/, ""), idp.by),
    ],
    [
      "is of another provider",
      "another provider issued it than the connection's",
      (answer) => redirected(logoutResponse({ ...answer, issuer: `${IDP}/other` }), idp.by),
    ],
    [
      "does not say who issued it",
      "Issuer is missing",
      (answer) => redirected(logoutResponse(answer).replace(/<saml:Issuer>.*<\/saml:Issuer>/, ""), idp.by),
    ],
    [
      "says that it failed",
      "the provider answered that it failed",
      (answer) => redirected(logoutResponse({ ...answer, status: FAILED }), idp.by),
    ],
    [
      "says nothing of how it went",
      "Status is missing",
      (answer) => redirected(logoutResponse({ ...answer, status: "" }), idp.by),
    ],
    [
      "is something else",
      "the document is not a LogoutResponse",
      (answer) => redirected(logoutResponse(answer).replaceAll("LogoutResponse", "Response"), idp.by),
    ],
    [
      "is of another version",
      "the version is not SAML 2.0",
      (answer) => redirected(logoutResponse(answer).replace('Version="2.0"', 'Version="1.1"'), idp.by),
    ],
    [
      "has a comment",
      "the document has a comment, a DTD or a CDATA section",
      (answer) => redirected(logoutResponse(answer).replace("<saml:Issuer>", "$&<!-- -->"), idp.by),
    ],
    [
      "is a bomb: few bytes that become many (ruby-saml CVE-2025-25293)",
      "the message is not deflated UTF-8, or is too long",
      () => redirected("a".repeat(5_000_000), idp.by),
    ],
  ])("an answer that %s", async (_, reason, forge) => {
    const { browser, answer } = await leave();
    await browser.open(`${slo}?${await forge(answer)}`, { from: IDP });
    isUnconfirmed(browser, reason);
  });
});

describe("by form", () => {
  it.each<[string, string, (answer: Answer) => URLSearchParams]>([
    [
      "is not signed",
      "the message is not signed",
      (answer) => new URLSearchParams({ SAMLResponse: posted(logoutResponse(answer)) }),
    ],
    [
      "is signed by somebody else",
      "the signature is not valid",
      (answer) => byForm(logoutResponse(answer), mallory),
    ],
    [
      "is to another request",
      "the answer is to another request than this browser's",
      (answer) => byForm(logoutResponse({ ...answer, request: "_another" }), idp.by),
    ],
    ["is empty", "the document is not well-formed", () => new URLSearchParams({ SAMLResponse: "" })],
  ])("an answer that %s", async (_, reason, forge) => {
    const { browser, answer } = await leave();
    await browser.open(slo, { method: "POST", body: forge(answer), from: IDP });
    isUnconfirmed(browser, reason);
  });
});

it("an answer is taken once, and by the browser that asked", async () => {
  const { browser, answer } = await leave();
  const url = `${slo}?${await redirected(logoutResponse(answer), idp.by)}`;
  const other = new Browser("zoe", via);
  await signIn(other, app, idp, { told: { name: "zoe" } });
  await other.open(url, { from: IDP });
  expect(other.title).toBe("Sign out of Test?");
  await browser.open(url, { from: IDP });
  expect(browser.page.url.href).toBe(BYE);
  await browser.open(url, { from: IDP });
  expect(browser.title).toBe("You are signed out");
});

it("an answer at the address of another connection is not looked at", async () => {
  const { browser, answer } = await leave();
  const query = await redirected(logoutResponse(answer), idp.by);
  await browser.open(`${slo.replace("/saml/saml/", "/saml/other/")}?${query}`, { from: IDP });
  expect([browser.page.url.pathname, browser.title]).toEqual([
    `/${world.id}/oidc/logout`,
    "You are signed out",
  ]);
});

it("RelayState leads nowhere", async () => {
  const { browser, answer } = await leave();
  const body = byForm(logoutResponse(answer), idp.by);
  body.set("RelayState", "https://evil.example/");
  expect((await browser.open(slo, { method: "POST", body, from: IDP })).url.href).toBe(BYE);
});

it("a sign-out that the provider begins signs nobody out, and says so", async () => {
  const browser = new Browser("ada", via);
  await signIn(browser, app, idp);
  calls.splice(0);
  await browser.open(`${slo}?SAMLRequest=x`, { from: IDP });
  expect([browser.page.status, browser.facts["Reason"]]).toEqual([
    400,
    "a sign-out that the provider begins is not supported",
  ]);
  expect(calls).toEqual([]);
  expect(browser.jar.names()).toEqual([`__Host-${world.id}-s`]);
});
