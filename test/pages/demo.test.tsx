import { expect, it } from "vitest";
import { DemoTokens } from "../../src/pages/demo-tokens.tsx";
import { ErrorPage } from "../../src/pages/error.tsx";
import { Portal } from "../../src/pages/portal.tsx";
import { stylePath } from "../../src/ui/style.ts";
import { en } from "../../src/ui/text/en.ts";
import { read } from "./read.ts";

const frame = { text: en, assets: { style: stylePath }, request_id: "r-1" };
const rows = [
  { name: "email", value: "ada@example.com", origin: ["staff: id_token.email", "id_token.email"] },
  { name: "nickname", value: "Ada", origin: [] },
  { name: "iss", value: "https://login.example.com", origin: "protocol" as const },
];
const tokens = (change: { over?: boolean; userinfo?: { refused: { title: string } } } = {}) =>
  String(
    <DemoTokens
      frame={frame}
      action="/demo"
      login="/demo/login"
      person="Ada"
      access_token={{ raw: "a.b.c", rows }}
      userinfo={{ rows }}
      refresh_token="r"
      {...change}
    />,
  );

async function buttons(html: string): Promise<(string | undefined)[]> {
  const { tags } = await read(html);
  return tags.filter(({ name }) => name === "button").map(({ attributes }) => attributes.get("id"));
}

it("folds the claims of the protocol away, and those only", async () => {
  const { tags } = await read(tokens());
  const folded = tags.find(({ attributes }) => attributes.get("id") === "access-token-protocol");
  expect([folded?.name, folded?.attributes.has("open")]).toEqual(["details", false]);
  const [, inside = ""] = /<details id="access-token-protocol">(.*?)<\/details>/s.exec(tokens()) ?? [];
  expect([...inside.matchAll(/<code>(.*?)<\/code>/g)].map(([, name]) => name)).toEqual(["iss"]);
});

it("offers with tokens that work no more only to log in again and to log out", async () => {
  expect(await buttons(tokens())).toEqual(["refresh", "userinfo", "revoke", "logout"]);
  expect(await buttons(tokens({ over: true }))).toEqual(["logout"]);
  expect(tokens({ over: true })).toContain('<a id="login" class="button primary" href="/demo/login">');
});

it("shows a refusal of user info as a notice, which is not read aloud first", async () => {
  const html = tokens({ userinfo: { refused: { title: "Not any more" } } });
  const { tags } = await read(html);
  expect(html).toContain("Not any more");
  expect(tags.filter(({ attributes }) => attributes.get("role") === "status")).toEqual([]);
});

it("leads from the portal straight into a sign-in, and to the options by a second link", async () => {
  const { tags } = await read(
    String(<Portal frame={frame} login="/demo/login" demo="/demo" signIn="/authorize" />),
  );
  const links = tags.filter(({ name, attributes }) => name === "a" && attributes.has("id"));
  expect(links.map(({ attributes }) => [attributes.get("id"), attributes.get("href")])).toEqual([
    ["sign-in", "/authorize"],
    ["login-demo", "/demo/login"],
    ["demo-options", "/demo"],
  ]);
});

it("says once which request failed, and leads from a person's own pages back to them", () => {
  const page = String(<ErrorPage frame={frame} kind="expired" />);
  expect(page.split("r-1")).toHaveLength(2);
  expect(page).not.toContain('id="home"');
  const own = String(<ErrorPage frame={frame} kind="signed_out" home="/acme/me" />);
  expect(own).toContain('<a id="home" class="button primary" href="/acme/me">');
});
