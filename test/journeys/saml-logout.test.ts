/** Single logout that begins here (SAML Profiles §4.4): the session here ends first, then the provider is asked, then the app. */
import { beforeAll, describe, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { counting } from "../counting.ts";
import { forms } from "../html.ts";
import { told } from "../raw.ts";
import { byForm, logoutResponse, redirected } from "../saml/forge-logout.ts";
import { arrive, depart, type ForgedIdp, forgedIdp, inflated, saying, signIn } from "../saml/forged-idp.ts";
import { honest } from "../saml/forge.ts";
import { keyOf, type Named } from "../saml/keys.ts";
import { makeWorld, type World } from "../world.ts";

const { via, calls } = counting();
const BYE = "https://app.example.com/bye";
const IDP = "https://idp.example.org";
let world: World;
let app: RelyingParty;
let ours: Named;

beforeAll(async () => {
  world = await makeWorld();
  ours = await keyOf("ours");
  app = await world.client("app", { via, post_logout_redirect_uris: [BYE], client_name: "Photo Book" });
});

const provider = (id: string, settings: object = {}, more: object = {}) =>
  forgedIdp(world, id, {
    settings: { slo_url: `${IDP}/slo`, signing_cert: ours.certificate, ...settings },
    credentials: { signing_key: ours.key },
    config: { sign_out_upstream: true, enable_stateful_ctx: true },
    ...more,
  });

/** Signs in and out again. @returns the browser, at the provider where it is sent there */
async function signOut(idp: ForgedIdp, told = {}) {
  const browser = new Browser("ada", via);
  const { id_token = "" } = await signIn(browser, app, idp, { told });
  const params = { id_token_hint: id_token, post_logout_redirect_uri: BYE, state: "s1" };
  calls.splice(0);
  await browser.open(`${world.issuer}/oidc/logout?${new URLSearchParams(params).toString()}`);
  return browser;
}

const slo = (idp: ForgedIdp) => idp.acs.replace(/acs$/, "slo");
const isSignedIn = async (browser: Browser, idp: ForgedIdp) => {
  const { url } = await app.begin({ prompt: "none", idp_hint: idp.connection });
  return "code" in told(await browser.open(url));
};

async function requestOf(browser: Browser) {
  const xml = await inflated(browser.page.url.searchParams.get("SAMLRequest") ?? "");
  return { xml, id: /\bID="([^"]*)"/.exec(xml)?.[1] ?? "" };
}

it("the provider is asked, with the name and session that it gave; the session here has ended by then", async () => {
  const idp = await provider("asked");
  const browser = await signOut(idp, { qualifiers: ` SPNameQualifier="sp"` });
  expect(calls).toEqual(["SUBJECT.signOut"]);
  expect(browser.page.url.href).toMatch(
    /^https:\/\/idp\.example\.org\/slo\?SAMLRequest=.*&SigAlg=.*&Signature=/,
  );
  expect((await requestOf(browser)).xml).toMatch(
    new RegExp(
      `^<samlp:LogoutRequest xmlns:samlp="[^"]*" xmlns:saml="[^"]*" ID="_[^"]*" Version="2.0" IssueInstant="[^"]*" Destination="${IDP}/slo"><saml:Issuer>${idp.audience}</saml:Issuer><saml:NameID SPNameQualifier="sp" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">ada</saml:NameID><samlp:SessionIndex>s1</samlp:SessionIndex></samlp:LogoutRequest>$`,
    ),
  );
  expect(browser.jar.names()).toEqual([`__Host-${world.id}-o`]);
  // Whoever never comes back from the provider is signed out here all the same.
  expect(await isSignedIn(browser, idp)).toBe(false);
});

it.each(["redirect", "form"])("its answer by %s leads on to where the app wanted, with state", async (by) => {
  const idp = await provider(`by-${by}`);
  const browser = await signOut(idp);
  const { id } = await requestOf(browser);
  const document = logoutResponse({ request: id, issuer: idp.entity_id, destination: slo(idp) });
  // A form of the provider's site brings no cookie but this one.
  const form = { to: new URL(slo(idp)), crossSite: true, navigation: false };
  expect(browser.jar.header(form)).toContain(`__Host-${world.id}-o=`);
  const page =
    by === "form"
      ? await browser.open(slo(idp), { method: "POST", body: byForm(document, idp.by), from: IDP })
      : await browser.open(`${slo(idp)}?${await redirected(document, idp.by)}`, { from: IDP });
  expect(page.url.href).toBe(`${BYE}?state=s1`);
  expect(browser.jar.names()).toEqual([]);
});

it("who asked nothing of the kind is shown that they are signed out", async () => {
  const idp = await provider("no-app");
  const browser = new Browser("ada", via);
  await signIn(browser, app, idp);
  await browser.open(`${world.issuer}/oidc/logout`);
  await browser.submit("sign-out");
  const { id } = await requestOf(browser);
  const document = logoutResponse({ request: id, issuer: idp.entity_id, destination: slo(idp) });
  await browser.open(`${slo(idp)}?${await redirected(document, idp.by)}`, { from: IDP });
  expect(browser.title).toBe("You are signed out");
  expect(browser.page.html).not.toContain("did not confirm");
});

it("a provider that takes requests by form only gets one, signed in itself", async () => {
  const idp = await provider("form-only", { slo_binding: "post" });
  const browser = await signOut(idp, { name: "zoë 李" });
  expect(browser.page.headers.get("content-security-policy")).not.toContain("form-action");
  const { posted } = await browser.submit("continue");
  const xml = Buffer.from(posted?.get("SAMLRequest") ?? "", "base64").toString();
  expect(xml).toMatch(/^<samlp:LogoutRequest [^>]*><saml:Issuer>[^<]*<\/saml:Issuer><ds:Signature /);
  expect(xml).toContain(">zoë 李</saml:NameID>");
});

it("metadata say where to ask", async () => {
  const { by, entity_id } = await provider("by-hand");
  const binding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
  const certificate = by.certificate.replaceAll(/-----[^-]+-----|\s/g, "");
  const metadata_xml = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entity_id}"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleLogoutService Binding="${binding}" Location="${IDP}/by-metadata"/><SingleSignOnService Binding="${binding}" Location="${IDP}/sso"/></IDPSSODescriptor></EntityDescriptor>`;
  const none = {
    idp_entity_id: undefined,
    sso_url: undefined,
    idp_certificates: undefined,
    slo_url: undefined,
  };
  const browser = await signOut({ ...(await provider("by-hand", { ...none, metadata_xml })), entity_id });
  expect(browser.page.url.pathname).toBe("/by-metadata");
  // Nobody's name goes over the net in the clear.
  const plain = metadata_xml.replace(`${IDP}/by-metadata`, "http://idp.example.org/by-metadata");
  const other = await signOut({
    ...(await provider("by-hand", { ...none, metadata_xml: plain })),
    entity_id,
  });
  expect(other.page.url.href).toBe(`${BYE}?state=s1`);
});

describe("nobody is sent to the provider, and the app goes on,", () => {
  it.each<[string, () => Promise<ForgedIdp>]>([
    ["where the connection does not want it", () => provider("unwanted", {}, { config: {} })],
    ["where the provider has no such address", () => provider("nowhere", { slo_url: undefined })],
    [
      "where we have no key: a request has to be signed",
      () => provider("keyless", { signing_cert: undefined }, { credentials: {} }),
    ],
  ])("%s", async (_, make) => {
    const browser = await signOut(await make());
    expect(browser.page.url.href).toBe(`${BYE}?state=s1`);
  });
});

describe("what we publish", () => {
  const published = async ({ audience }: ForgedIdp) => (await via(new Request(audience))).text();

  it("names the address for both bindings where there is a key", async () => {
    const idp = await provider("published");
    const xml = await published(idp);
    expect(xml.split(`Location="${slo(idp)}"`)).toHaveLength(3);
  });

  it("names none without a key, because nothing comes there", async () => {
    expect(await published(await provider("silent", {}, { credentials: {} }))).not.toContain("SingleLogout");
  });
});

describe("providers that we did not write", () => {
  it.each([
    ["samlp", "redirect"],
    ["samlp", "post"],
    ["samlify", "redirect"],
  ])("%s accepts our request by %s, and its answer is accepted", async (library, slo_binding) => {
    const idp = await provider(`${library}-${slo_binding}`, { slo_binding });
    const browser = await signOut(idp);
    const page = slo_binding === "post" ? await browser.submit("continue") : browser.page;
    const asked = page.posted ? { form: page.posted.toString() } : { query: page.url.search };
    const body = JSON.stringify({
      by: idp.by,
      issuer: idp.entity_id,
      audience: idp.audience,
      slo: slo(idp),
      name_id: "ada",
      session_index: "s1",
      certificate: ours.certificate,
      metadata: await (await via(new Request(idp.audience))).text(),
      asked,
    });
    const answer = await fetch(`https://${library}-logout.idp.example.com/`, { method: "POST", body });
    const says = await answer.text();
    expect([answer.status, says]).toEqual([200, expect.stringContaining("SAMLResponse")]);
    const [form] = slo_binding === "post" ? forms(says) : [];
    const after = form
      ? await browser.open(form.action, {
          method: "POST",
          body: new URLSearchParams(form.fields.map(([...field]) => field)),
          from: IDP,
        })
      : await browser.open(says, { from: IDP });
    expect(after.url.href).toBe(`${BYE}?state=s1`);
  });
});

it("a provider that gave its session no name is asked by the person's alone", async () => {
  const idp = await provider("nameless");
  const statement = saying(idp, { id: "" }).statement.replace(' SessionIndex="s1"', "");
  const { xml } = await requestOf(await signOut(idp, { statement }));
  expect(xml).toMatch(/<saml:NameID [^>]*>ada<\/saml:NameID><\/samlp:LogoutRequest>/);
});

it("a name that is too long to keep is not sent anywhere: the session ends here alone", async () => {
  const idp = await provider("long");
  expect((await signOut(idp, { name: "a".repeat(2_100) })).page.url.href).toBe(`${BYE}?state=s1`);
});

it("a session of before the connection wanted it ends here alone", async () => {
  const idp = await provider("later", {}, { config: {} });
  const browser = new Browser("ada", via);
  const asked = await depart(browser, app, idp);
  const page = await arrive(browser, idp, asked, honest(saying(idp, asked), idp.by));
  const { id_token = "" } = await app.finish(page, asked.begun);
  await provider("later");
  await browser.open(`${world.issuer}/oidc/logout?id_token_hint=${id_token}`);
  expect(browser.title).toBe("You are signed out");
});
