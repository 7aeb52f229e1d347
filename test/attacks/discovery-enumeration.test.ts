/** A stranger asks the chooser about addresses: it knows domains that operators wrote, and never persons. */
import { beforeAll, expect, it } from "vitest";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { counting } from "../counting.ts";
import { makeWorld, type World } from "../world.ts";

const { via, calls } = counting();
let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld({ idp_discovery: { enabled: true } });
  await world.connection("public");
  await world.connection("acme", { discovery_settings: { domains: ["acme.example"] } });
  app = await world.client("app", { via });
  const ada = new Browser("ada", via);
  ada.person.claims = { email: "ada@acme.example" };
  await app.signIn(ada, { idp_hint: "acme" });
});

const ask = async (login_hint: string) => {
  const mallory = new Browser("mallory", via);
  await mallory.open((await app.begin({ state: "s", nonce: "n" })).url);
  calls.splice(0);
  const page = await mallory.submit("find", { login_hint });
  expect(mallory.jar.names()).toEqual([]);
  return page;
};

it("a person who signed in and one who does not exist get the same page", async () => {
  const plain = ({ html }: { html: string }, address: string) =>
    html
      .replaceAll(address, "")
      .replaceAll(encodeURIComponent(address), "")
      .replaceAll(/code_challenge=[\w-]+|[0-9a-f-]{36}|value="[\w-]{43}"/g, "");
  const known = plain(await ask("ada@acme.example"), "ada@acme.example");
  expect(known).toBe(plain(await ask("nobody@acme.example"), "nobody@acme.example"));
  expect(known).toContain("connection-acme");
});

it.each(["ada@acme.example", "ada@other.example", "nothing"])(
  "asking about %s wakes no object, writes nothing and sets no cookie",
  async (address) => {
    const page = await ask(address);
    expect([page.status, page.headers.get("cache-control"), calls]).toEqual([200, "no-store", []]);
  },
);

it.each([
  '"><script>alert(1)</script>@acme.example',
  "a@b.example\u0000<b>",
  `${"a".repeat(20_000)}@acme.example`,
])("what is asked is text, however it is written", async (address) => {
  const { html } = await ask(address);
  expect(html).not.toContain("<script");
  expect(html).not.toContain("<b>");
});

it("an unknown client learns no way to sign in", async () => {
  const mallory = new Browser("mallory", via);
  const url = `${world.issuer}/oauth2/authorize/discovery?client_id=nobody&login_hint=ada@acme.example`;
  expect([(await mallory.open(url)).status, mallory.title]).toEqual([400, "We do not know this app"]);
});

it("a redirect URI that is not the client's is refused behind the discovered link, too", async () => {
  const mallory = new Browser("mallory", via);
  const { url } = await app.begin({ redirect_uri: "https://evil.example/" });
  url.pathname += "/discovery";
  url.searchParams.set("login_hint", "ada@acme.example");
  await mallory.open(url);
  await mallory.click("connection-acme");
  expect([mallory.page.status, mallory.title]).toEqual([400, "We cannot send you back"]);
});
