/** Where codes and errors may go (threat 8; CVE-2025-4143, Keycloak CVE-2024-8883, CVE-2026-18217). */
import { beforeAll, describe, expect, it } from "vitest";
import { api } from "../api.ts";
import { ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { get, told } from "../raw.ts";
import { APP, makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
const WORDS = "redirect_uri is not registered for this client";

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  app = await world.client("app", {
    redirect_uris: [APP, "http://127.0.0.1/cb", "http://localhost:3000/cb"],
  });
  await world.client("other", { redirect_uris: ["https://other.example.com/cb"] });
});

async function isPage(params: Record<string, string>, Code: string, Reason: string) {
  const { url } = await app.begin(params);
  const browser = new Browser("ada");
  const page = await browser.open(url);
  expect([page.status, page.url.origin]).toEqual([400, ORIGIN]);
  expect(page.headers.get("location")).toBeNull();
  expect(browser.facts).toMatchObject({ Code, Reason });
  expect(browser.jar.names()).toEqual([]);
  for (const link of browser.links.values()) expect(new URL(link, page.url).origin).toBe(ORIGIN);
}

describe("a redirect URI that differs is shown to the person and never opened:", () => {
  it.each([
    `${APP}/`,
    `${APP}?`,
    `${APP}?x=1`,
    `${APP}#x`,
    `${APP}%20`,
    `${APP}/../cb`,
    "https://app.example.com/CB",
    "https://APP.example.com/cb",
    "https://app.example.com:443/cb",
    "https://app.example.com./cb",
    "https://app.example.com@evil.example/cb",
    "https://app.example.com.evil.example/cb",
    "https://evil.example/https://app.example.com/cb",
    "http://app.example.com/cb",
    "//app.example.com/cb",
    "https:/app.example.com/cb",
    "https://other.example.com/cb",
    "javascript:alert(1)",
    "data:text/html,x",
    " https://app.example.com/cb",
    "https://app.example.com/cb\n",
    "https://app.example.com\\cb",
  ])("%j", async (redirect_uri) => isPage({ redirect_uri }, "wrong_redirect", WORDS));

  it("none at all", async () => isPage({ redirect_uri: "" }, "wrong_redirect", "redirect_uri is missing"));
});

describe("a loopback address may have any port (RFC 8252 §7.3)", () => {
  it.each(["http://127.0.0.1:1/cb", "http://127.0.0.1:65535/cb", "http://127.0.0.1/cb"])(
    "%s",
    async (redirect_uri) => {
      const { url } = await app.begin({ redirect_uri });
      expect((await new Browser("ada").open(url)).url.href).toMatch(redirect_uri.replace(":1/", ":1/"));
    },
  );

  it.each([
    "http://127.0.0.1:1/other",
    "http://127.0.0.1:1/cb/",
    "http://127.0.0.2:1/cb",
    "https://127.0.0.1:1/cb",
    "http://[::1]:1/cb",
    "http://127.0.0.1:x/cb",
    "http://127.0.0.1:123456/cb",
    "http://127.0.0.1:99999/cb",
    "http://127.0.0.1:@evil.example/cb",
    "http://127.0.0.1@evil.example/cb",
    "http://localhost:3001/cb",
    "http://localhost/cb",
  ])("but %s is another", async (redirect_uri) => isPage({ redirect_uri }, "wrong_redirect", WORDS));
});

describe("an unknown client is a page, never a redirect", () => {
  it.each(["nobody", "APP", "app ", "app/../other", "__proto__", "constructor", "x".repeat(300)])(
    "%j",
    async (client_id) =>
      isPage({ client_id }, "unknown_client", "client_id names no client of this workspace"),
  );

  it("none at all", async () =>
    isPage({ client_id: "" }, "unknown_client", "client_id names no client of this workspace"));

  it("a client of another workspace", async () => {
    const elsewhere = await makeWorld();
    await elsewhere.client("elsewhere");
    await isPage({ client_id: "elsewhere" }, "unknown_client", "client_id names no client of this workspace");
  });

  it("a client that is disabled", async () => {
    await world.client("off", { disabled: true });
    await isPage({ client_id: "off" }, "unknown_client", "the client is disabled");
  });
});

it("a redirect URI of one client is not another's", async () =>
  isPage({ client_id: "other" }, "wrong_redirect", WORDS));

it("errors that come before the redirect URI is proven do not travel to it", async () => {
  const url = `${world.issuer}/oauth2/authorize?client_id=app&redirect_uri=https://evil.example/&prompt=none`;
  const answer = await get(url);
  expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
});

it("an app on the device gets its answer by its own scheme (RFC 8252 §7.1)", async () => {
  const native = await world.client("native", {
    redirect_uris: ["com.example.app:/cb"],
    token_endpoint_auth_method: "none",
  });
  const begun = await native.begin();
  const page = await new Browser("ada").open(begun.url);
  expect(page.url.href).toMatch(/^com\.example\.app:\/cb\?code=/);
  expect(told(page)["state"]).toBe(begun.state);
});

describe("what cannot be registered", () => {
  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "vbscript:x",
    "http://app.example.com/cb",
    "https://app.example.com/cb#x",
    "https://user:pass@app.example.com/cb",
    "myapp:/cb",
    "https://",
    "nonsense",
    "https://app.example.com/\ncb",
    " https://app.example.com/cb",
    "https://app.example.com/日本",
    "https://日本.example.com/",
  ])("%j", async (uri) => {
    const { status } = await api("PUT", `workspaces/${world.id}/clients/odd`, {
      client_name: "Odd",
      token_endpoint_auth_method: "none",
      redirect_uris: [uri],
    });
    expect(status).toBe(422);
  });
});
