/** Pages in the language of whoever reads them: what the client says of them, else what their browser says. */
import { exports } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import { ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("staff");
  await world.connection("customers");
  app = await world.client("app", {
    trusted: false,
    post_logout_redirect_uris: ["https://app.example.com/"],
  });
});

/** A browser whose person has set these languages. */
function reader(languages: string): Browser {
  return new Browser("ada", (request) => {
    request.headers.set("accept-language", languages);
    return exports.default.fetch(request);
  });
}

const written = ({ page }: Browser) => [
  /<html lang="(\w+)"/.exec(page.html)?.[1],
  page.headers.get("content-language"),
  page.headers.get("vary"),
];
const GERMAN = ["de", "de", "Accept-Language"];
const ENGLISH = ["en", "en", "Accept-Language"];

it.each([
  ["de", GERMAN],
  ["de-CH, fr;q=0.9", GERMAN],
  ["fr, de;q=0.8, en;q=0.7", GERMAN],
  ["en;q=0.5, de;q=0.6", GERMAN],
  ["en-GB, de", ENGLISH],
  ["de;q=0, en;q=0.1", ENGLISH],
  ["fr", ENGLISH],
  ["*", ENGLISH],
  ["", ENGLISH],
  ["de;q=x", ENGLISH],
])("Accept-Language: %s (RFC 9110 §12.5.4)", async (languages, expected) => {
  const ada = reader(languages);
  await ada.open(`${world.issuer}/me`);
  expect(written(ada)).toEqual(expected);
});

it("a whole sign-in in German: every page of it", async () => {
  const ada = reader("de-DE, de;q=0.9");
  const seen: string[] = [];
  const look = () => {
    expect(written(ada)).toEqual(GERMAN);
    seen.push(ada.title);
  };
  await ada.open(ORIGIN);
  look();
  await ada.open(`${world.issuer}/me`);
  look();
  await ada.open((await app.begin({ scope: "openid email" })).url);
  look();
  await ada.click("connection-staff");
  look();
  expect(ada.page.html).toContain("ZUGRIFF ERLAUBEN");
  expect(ada.page.html).toContain("Ihre E-Mail-Adresse");
  await ada.submit("allow");
  await ada.open(`${world.issuer}/oidc/logout`);
  look();
  await ada.submit("sign-out");
  look();
  await ada.open(`${world.issuer}/nowhere`);
  look();
  expect(seen).toEqual([
    "Das ist eine Eingangstür",
    "Willkommen bei Test",
    "Wie möchten Sie sich anmelden?",
    "Client app bittet um Zugriff",
    "Von Test abmelden?",
    "Sie sind abgemeldet",
    "Hier ist nichts",
  ]);
});

it("ui_locales is stronger than the browser, and holds for the whole sign-in (OpenID Connect Core §3.1.2.1)", async () => {
  const ada = reader("en");
  const { url } = await app.begin({ ui_locales: "fr-CA de en", prompt: "consent" });
  await ada.open(url);
  expect([ada.title, ...written(ada)]).toEqual(["Wie möchten Sie sich anmelden?", ...GERMAN]);
  await ada.click("connection-staff");
  expect([ada.title, ...written(ada)]).toEqual(["Client app bittet um Zugriff", ...GERMAN]);
});

it("ui_locales that nobody here speaks is no error", async () => {
  const ada = reader("de");
  await ada.open((await app.begin({ ui_locales: "fr xx-yy *" })).url);
  expect(written(ada)).toEqual(GERMAN);
});

it("ui_locales of a sign-out holds until the person has answered (RP-Initiated Logout 1.0 §2)", async () => {
  const ada = reader("en");
  await ada.open((await app.begin({ idp_hint: "staff" })).url);
  await ada.open(`${world.issuer}/oidc/logout?ui_locales=de`);
  expect(ada.title).toBe("Von Test abmelden?");
  await ada.submit("sign-out");
  expect([ada.title, ...written(ada)]).toEqual(["Sie sind abgemeldet", ...GERMAN]);
});

it("what is no page does not vary", async () => {
  const { headers } = await exports.default.fetch(`${world.issuer}/.well-known/openid-configuration`);
  expect([headers.get("vary"), headers.get("content-language")]).toEqual([null, null]);
});

it("discovery names the languages", async () => {
  const response = await exports.default.fetch(`${world.issuer}/.well-known/openid-configuration`);
  expect(await response.json()).toMatchObject({ ui_locales_supported: ["en", "de"] });
});
