/** Pages of the issuer's origin: framed by nobody, running nothing, however hostile the words (threats 21 and 22). */
import { expect, it, describe } from "vitest";
import { api } from "../api.ts";
import { ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import { read } from "../pages/read.ts";
import { get, told } from "../raw.ts";
import { makeWorld } from "../world.ts";

const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>{{7*7}}`;
const world = await makeWorld({ name: HOSTILE });
await world.connection("one", { name: HOSTILE, display_order: 1 });
await world.connection("two");
await world.put("scopes/odd", { display_name: HOSTILE, description: HOSTILE });
const app = await world.client("app", { client_name: HOSTILE, trusted: false, scope: "openid odd" });

async function pages(): Promise<[string, Pick<Browser, "page">][]> {
  const open = async (url: string | URL) => {
    const browser = new Browser(HOSTILE);
    browser.person.claims = { name: HOSTILE };
    await browser.open(url);
    return browser;
  };
  const consent = await open((await app.begin({ idp_hint: "one", scope: "openid odd" })).url);
  return [
    ["chooser", await open((await app.begin()).url)],
    ["consent", consent],
    [
      "form_post",
      await open((await app.begin({ response_mode: "form_post", prompt: "none", state: HOSTILE })).url),
    ],
    ["error", await open(`${world.issuer}/oauth2/authorize?client_id=${encodeURIComponent(HOSTILE)}`)],
    ["not found", await open(`${ORIGIN}/${encodeURIComponent(HOSTILE)}/x`)],
    ["sign-out", await open(`${world.issuer}/oidc/logout?state=${encodeURIComponent(HOSTILE)}`)],
    ["portal", await open(`${world.issuer}/me`)],
    ...(await personal()),
  ];
}

/** Where a click would do something for a person who is signed in. */
async function personal(): Promise<[string, Pick<Browser, "page">][]> {
  const browser = new Browser("framed");
  browser.person.claims = { name: HOSTILE };
  await browser.open((await app.begin({ idp_hint: "one", scope: "openid odd" })).url);
  const at = async (path: string) => ({ page: await browser.open(`${world.issuer}/${path}`) });
  return [
    ["portal of a person", await at("me")],
    ["erase me", await at("me/erase")],
    ["sign-out of a person", await at("oidc/logout")],
  ];
}

it("no page runs or contains what an operator, a provider or a request wrote as markup", async () => {
  for (const [name, { page }] of await pages()) {
    const { tags } = await read(page.html);
    expect(
      tags.filter((tag) => tag.name === "img"),
      name,
    ).toEqual([]);
    expect(
      tags.filter((tag) => tag.name === "script" && !tag.attributes.has("nonce")),
      name,
    ).toEqual([]);
    expect(
      tags.flatMap((tag) => [...tag.attributes.keys()].filter((key) => key.startsWith("on"))),
      name,
    ).toEqual([]);
  }
});

it("clickjacking: every page has a policy that runs nothing, is framed by nobody, and is stored nowhere", async () => {
  for (const [name, { page }] of await pages()) {
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy, name).toMatch(/^default-src 'none';/);
    expect(policy, name).toContain("frame-ancestors 'none'");
    expect(policy, name).toContain("base-uri 'none'");
    expect(policy, name).not.toContain("unsafe");
    expect(page.headers.get("x-frame-options"), name).toBe("DENY");
    expect(page.headers.get("x-content-type-options"), name).toBe("nosniff");
    expect(page.headers.get("cache-control"), name).toBe("no-store");
    expect(page.headers.get("referrer-policy"), name).toMatch(/^(no-referrer|same-origin)$/);
  }
});

it("the one script of a form_post page has a nonce of its own each time", async () => {
  const nonces = new Set<string>();
  for (let n = 0; n < 2; n++) {
    const { url } = await app.begin({ response_mode: "form_post", prompt: "none" });
    const { headers, html } = await new Browser("ada").open(url);
    const [, nonce] = /script-src 'nonce-([^']+)'/.exec(headers.get("content-security-policy")!)!;
    expect(html).toContain(`<script nonce="${nonce}">`);
    nonces.add(nonce!);
  }
  expect(nonces.size).toBe(2);
});

it("the consent page names the host that the browser goes to, whatever the client calls itself (fastmcp PR #2056)", async () => {
  const liar = await world.client("liar", {
    client_name: "Your Bank",
    trusted: false,
    redirect_uris: ["https://evil.example/cb"],
  });
  const browser = new Browser("ada");
  await browser.open((await liar.begin({ idp_hint: "one", scope: "openid email" })).url);
  expect(browser.page.html).toContain("evil.example");
});

it("no code reaches an untrusted client before the person agreed, silently or not", async () => {
  const cached = await makeWorld();
  await cached.connection("pool", { config: { enable_stateful_ctx: true } });
  const trusted = await cached.client("trusted");
  const stranger = await cached.client("stranger", { trusted: false });
  const browser = new Browser("ada");
  await trusted.signIn(browser);
  expect(told(await browser.open((await stranger.begin({ prompt: "none" })).url))["error"]).toBe(
    "consent_required",
  );
  await browser.open((await stranger.begin()).url);
  expect(browser.title).toContain("asks for access");
});

describe("links that cannot be registered", () => {
  it.each(["client_uri", "logo_uri", "policy_uri", "tos_uri"])("%s: javascript, data, http", async (name) => {
    for (const uri of ["javascript:alert(1)", "data:text/html,x", "http://app.example.com", "//x", "x"]) {
      const record = {
        client_name: "x",
        token_endpoint_auth_method: "none",
        redirect_uris: ["https://app.example.com/cb"],
        [name]: uri,
      };
      expect((await api("PUT", `workspaces/${world.id}/clients/links`, record)).status).toBe(422);
    }
  });
});

it("errors tell nothing of the request: no value comes back in a description", async () => {
  const marker = "marker-of-the-request";
  for (const name of ["scope", "resource", "prompt", "response_mode", "idp_hint"]) {
    const { url, state } = await app.begin({ [name]: marker });
    const { state: _, ...answer } = told(await new Browser("ada").open(url));
    expect(JSON.stringify(answer)).not.toContain(marker);
    expect(state).toBeDefined();
  }
  for (const path of ["oauth2/authorize?client_id=", "consent/", "callback/"])
    expect((await get(`${world.issuer}/${path}${marker}`)).text).not.toContain(marker);
});
