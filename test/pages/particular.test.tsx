import { describe, expect, it } from "vitest";
import { Chooser } from "../../src/pages/choose.tsx";
import { Consent } from "../../src/pages/consent.tsx";
import { FormPost } from "../../src/pages/form-post.tsx";
import { Leave } from "../../src/pages/leave.tsx";
import { destination, host, href } from "../../src/ui/href.ts";
import { stylePath, stylesheet } from "../../src/ui/style.ts";
import { en } from "../../src/ui/text/en.ts";
import { read } from "./read.ts";

const frame = { text: en, assets: { style: stylePath } };
const client = { name: "Demo app" };

describe("an address given by others", () => {
  it.each([
    "https://a.example/x?y=1#z",
    "http://localhost:8787/",
    "http://127.0.0.1/",
    "http://[::1]:1/",
    "/demo/me",
    "/?a=//b",
  ])("%s is linked", (value) => expect(href(value)).toBe(value));

  it.each([
    "javascript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "blob:https://a.example/1",
    "file:///etc/passwd",
    "http://a.example/",
    "http://localhost.a.example/",
    "https://here.invalid@a.example/",
    "//a.example/",
    "/\\a.example/",
    "/\t/a.example/",
    "\\\\a.example",
    "me",
    "",
    undefined,
  ])("%j is not", (value) => expect(href(value)).toBeUndefined());

  it("may be the own scheme of an app where a sign-in ends, if it has a dot (RFC 8252 §7.1)", () => {
    expect(destination("com.example.app:/cb?code=1")).toBe("com.example.app:/cb?code=1");
    expect(href("com.example.app:/cb")).toBeUndefined();
    expect(destination("javascript:alert(1)")).toBeUndefined();
    expect(destination("javascript:a.b")).toBeUndefined();
    expect(destination("data:text/html,a.b")).toBeUndefined();
  });

  it("is known by its host, in the letters of the wire", () => {
    expect(host("https://app.example.com/cb")).toBe("app.example.com");
    expect(host("https://аpple.example/cb")).toBe("xn--pple-43d.example");
    expect(host("com.example.app:/cb")).toBe("com.example.app");
  });
});

describe("the chooser", () => {
  it("offers each connection as a link and has no form", async () => {
    const connections = [{ id: "staff", name: "Staff", method: "cognito", href: "/demo/go/staff" }];
    const { tags } = await read(String(<Chooser frame={frame} client={client} connections={connections} />));
    const link = tags.find(({ attributes }) => attributes.get("id") === "connection-staff");
    expect([link?.name, link?.attributes.get("href")]).toEqual(["a", "/demo/go/staff"]);
    expect(tags.some(({ name }) => name === "form")).toBe(false);
  });
});

describe("the consent page", () => {
  const page = (
    <Consent
      frame={frame}
      client={client}
      redirect_uri="https://app.example.com/cb"
      person="Ada"
      action="/demo/consent"
      handle="h1"
      scopes={[
        { name: "openid", display_name: "OpenID" },
        { name: "email", display_name: "Your e-mail address" },
      ]}
    />
  );

  it("fixes openid and lets every other scope be unchosen", async () => {
    const { tags } = await read(String(page));
    const boxes = tags
      .filter(({ attributes }) => attributes.get("name") === "scopes")
      .map(({ attributes }) => [
        attributes.get("id"),
        attributes.get("type"),
        attributes.get("value"),
        attributes.has("checked"),
        attributes.has("disabled"),
      ]);
    expect(boxes).toEqual([
      ["scope-openid-fixed", "hidden", "openid", false, false],
      ["scope-openid", "checkbox", "openid", true, true],
      ["scope-email", "checkbox", "email", true, false],
    ]);
  });

  it("says ALLOW ACCESS, and where the browser goes", async () => {
    const { tags, words } = await read(String(page));
    expect(words).toContain("ALLOW ACCESS");
    expect(words.join("")).toContain("After you decide you go to app.example.com");
    const buttons = tags
      .filter(({ name }) => name === "button")
      .map(({ attributes }) => [attributes.get("name"), attributes.get("value")]);
    expect(buttons).toEqual([
      ["action", "allow"],
      ["action", "deny"],
    ]);
  });
});

describe("leaving", () => {
  it("goes on by itself and by a link, to the same address", async () => {
    const to = "https://app.example.com/cb?code=a&state=b;url=https%3A%2F%2Fx'";
    const { tags } = await read(String(<Leave frame={frame} to={to} client={client} />));
    const refresh = tags
      .find(({ attributes }) => attributes.get("http-equiv") === "refresh")
      ?.attributes.get("content");
    const link = tags.find(({ attributes }) => attributes.get("id") === "continue")?.attributes.get("href");
    expect(link?.replaceAll("&amp;", "&")).toBe(new URL(to).href);
    expect(refresh).toBe(`0;url=${link}`);
  });

  it("by form post sends the fields and nothing else, with or without the script", async () => {
    const page = (
      <FormPost
        frame={frame}
        action="https://app.example.com/cb"
        fields={{ code: "c", iss: "i" }}
        client={client}
        nonce="n1"
      />
    );
    const { tags } = await read(String(page));
    expect(
      tags
        .filter(({ attributes }) => attributes.has("name") && attributes.get("type") === "hidden")
        .map(({ attributes }) => [attributes.get("name"), attributes.get("value")]),
    ).toEqual([
      ["code", "c"],
      ["iss", "i"],
    ]);
    expect(
      tags.filter(({ name }) => name === "button").map(({ attributes }) => attributes.has("name")),
    ).toEqual([false]);
    expect(
      tags.filter(({ name }) => name === "script").map(({ attributes }) => attributes.get("nonce")),
    ).toEqual(["n1"]);
  });
});

describe("the style sheet", () => {
  it("loads nothing, knows both themes and asks for no motion where none is wanted", () => {
    expect(stylesheet).not.toMatch(/url\(|@import/);
    expect(stylesheet).toContain("prefers-color-scheme: dark");
    expect(stylesheet).toContain("prefers-reduced-motion: no-preference");
    expect(stylePath).toMatch(/^\/assets\/style\.[0-9a-f]{8}\.css$/);
  });
});
