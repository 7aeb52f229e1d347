/** Whoever may change how a workspace looks must not get markup, style or script into its pages. */
import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { api, problem } from "../api.ts";
import { Browser } from "../browser.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("staff");
  await world.connection("customers");
});

const save = async (settings: object) => problem(await api("PATCH", `workspaces/${world.id}`, settings));
const refused = (path: string) => [422, "the record is not valid", path];

describe("a colour that is more than a colour is refused", () => {
  it.each([
    "red",
    "#17594a;",
    "#17594a; } body { background: url(https://evil.example/) } :root {",
    "#17594a\n",
    "url(https://evil.example)",
    "var(--ink)",
    "#17594A",
    "#fff",
    "#17594a80",
    "</style><script>alert(1)</script>",
    "",
  ])("%j", async (accent) => {
    expect(await save({ theme: { light: { accent } } })).toEqual(refused("theme.light.accent"));
    expect(await save({ theme: { dark: { glow: accent } } })).toEqual(refused("theme.dark.glow"));
  });

  it("and so is a name that the theme does not know", async () => {
    expect(await save({ theme: { light: { "--ink": "#000000" } } })).toEqual(refused("theme.light.--ink"));
    expect(await save({ theme: { css: "body{}" } })).toEqual(refused("theme.css"));
  });
});

describe("a text that is more than one line of text is refused", () => {
  it.each(["a\nb", "a\u0000b", "safe\u202Egnp.exe", "a\u2028b", "", " ", "a".repeat(201)])(
    "%j",
    async (welcome) => {
      expect(await save({ theme: { texts: { en: { welcome } } } })).toEqual(
        refused("theme.texts.en.welcome"),
      );
    },
  );
});

describe("a logo that is no https address is refused", () => {
  it.each([
    "javascript:alert(1)",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "http://evil.example/x.png",
    "//evil.example/x.png",
    "x",
  ])("%j", async (logo_uri) => {
    expect(await save({ logo_uri })).toEqual(refused("logo_uri"));
  });
});

describe("what is saved", () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>{client}`;
  let ada: Browser;

  beforeAll(async () => {
    const theme = {
      light: { accent: "#7a1f5c", glow: "#e08bc4" },
      dark: { accent: "#f0a6d8" },
      texts: { en: { welcome: hostile, help: hostile.slice(0, 100) } },
    };
    expect(
      (await api("PATCH", `workspaces/${world.id}`, { theme, logo_uri: `https://a.example/"onerror="x` }))
        .status,
    ).toBe(200);
    ada = new Browser("ada");
    await ada.open((await (await world.client("app")).begin()).url);
  });

  it("is text in every page, and its places are not filled", () => {
    const { html } = ada.page;
    expect(html).not.toMatch(/<script|<img src=x|onerror=(?!&)"?x/);
    expect(html).toContain(
      "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&#39;alert(2)&#39;&gt;{client}",
    );
  });

  it("is a style sheet of three variables a scheme, under a name that changes with it", async () => {
    const [, href = ""] = /<link rel="stylesheet" href="([^"]+theme[^"]+)"/.exec(ada.page.html) ?? [];
    expect(href.startsWith(`${world.issuer}/assets/theme.`)).toBe(true);
    const sheet = await exports.default.fetch(href);
    expect([sheet.status, sheet.headers.get("content-type"), sheet.headers.get("cache-control")]).toEqual([
      200,
      "text/css; charset=utf-8",
      "public, max-age=31536000, immutable",
    ]);
    expect(sheet.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await sheet.text()).toBe(
      ":root { --accent: #7a1f5c; --accent-ink: #ffffff; --glow: #e08bc4; }\n" +
        "@media (prefers-color-scheme: dark) {\n:root { --accent: #f0a6d8; --accent-ink: #000000; }\n}\n",
    );
    const policy = ada.page.headers.get("content-security-policy");
    expect(policy).toContain("style-src 'self';");
  });

  it("is not kept under the name of something else", async () => {
    const sheet = await exports.default.fetch(`${world.issuer}/assets/theme.00000000.css`);
    expect([sheet.status, sheet.headers.get("cache-control")]).toEqual([200, "no-store"]);
    for (const path of ["theme.css", "theme.00000000.css/x", "theme.0000000g.css", "theme.00000000.js"])
      expect((await exports.default.fetch(`${world.issuer}/assets/${path}`)).status).toBe(404);
  });

  it("is that workspace's alone", async () => {
    const other = await makeWorld();
    expect((await exports.default.fetch(`${other.issuer}/assets/theme.00000000.css`)).status).toBe(404);
    const eve = new Browser("eve");
    await eve.open(`${other.issuer}/me`);
    expect(eve.page.html).not.toContain("theme.");
  });
});
