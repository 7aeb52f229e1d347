/** The console's page Data Lineage: the picture and its ways, dead ends, and the two forms that lead a value on. */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { edgeId } from "../../src/admin/console/lineage/view.ts";
import { api, must } from "../api.ts";
import { Browser } from "../browser.ts";
import { Operator } from "../console.ts";
import { operatorClient } from "../operators.ts";
import { get } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

const AT = "/data-lineage";
const DEPARTMENT = "attribute:pool:id_token.custom:department";

let world: World;
let operator: Operator;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  const { attributes } = (await must("GET", `workspaces/${world.id}/connections/pool`)) as unknown as {
    attributes: object[];
  };
  const custom = { source: "id_token", name: "custom:department", display_name: "Department" };
  await world.patch("connections/pool", { attributes: [...attributes, custom] });
  await world.put("schema/department", { display_name: "Department" });
  await world.client("app");
  await world.client("other");
  operator = await Operator.enter();
});

const open = (query: Record<string, string> = {}) =>
  operator.at(world.id, `${AT}?${new URLSearchParams(query).toString()}`);
/** What the page calls the line between two boxes. */
const line = (from: string, to: string) => edgeId({ from, to });
/** Titles of the boxes or lines; with a class only those of it. */
const marked = (html: string, what: "node" | "edge", name = "") =>
  [...html.matchAll(/<a ([^>]*)>\s*<title>(.*?)<\/title>/gs)].flatMap(([, attributes = "", title]) => {
    const classes = /class="([^"]*)"/.exec(attributes)?.[1]?.split(" ") ?? [];
    return attributes.includes(`data-${what}=`) && (name === "" || classes.includes(name)) ? [title] : [];
  });
/** Bytes on the way to the browser: the platform compresses pages, style sheets and scripts by itself. */
async function transferred(text: string): Promise<number> {
  const compressed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(compressed).arrayBuffer()).byteLength;
}
/** All that a browser loads for the page when it was never here. */
async function withEverything(html: string): Promise<number> {
  const paths = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);
  expect(paths.length).toBe(3);
  const assets = await Promise.all(
    paths.map(async (path) => (await get(`http://localhost:8787${path}`)).text),
  );
  const sizes = await Promise.all([html, ...assets].map(transferred));
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe("the picture", () => {
  it("describes every box and every line, says what leads nowhere, and is small", async () => {
    const { html, status } = await open();
    expect(status).toBe(200);
    const boxes = [...html.matchAll(/data-node="\d+"/g)].length;
    const lines = [...html.matchAll(/data-edge="\d+ \d+"/g)].length;
    expect([...html.matchAll(/<title>[^<]+<\/title>/g)].length).toBe(boxes + lines + 1);
    expect(boxes).toBeGreaterThan(60);
    expect(lines).toBeGreaterThan(60);
    expect(html).toContain(
      "Attribute custom:department: “Department”; from the ID token of the connection pool",
    );
    expect(html).toContain("no mapping takes it");
    expect(html.length).toBeLessThan(100_000);
  });

  it("lights the way of what was chosen, by a link, and describes it", async () => {
    const { html } = await open({ node: "context:email" });
    const on = marked(html, "node", "on").join("\n");
    for (const part of [
      "Source pool: ID token",
      "Attribute email",
      "Claim email:",
      "Scope email",
      "Application app",
    ])
      expect(on).toContain(part);
    expect(on).not.toContain("nickname");
    expect(html).toContain("Authentication context: email");
    const only = await operator.click("only");
    expect(only.html).not.toContain("Attribute nickname");
    const edge = await open({ edge: line("context:email", "claim:id_token-email") });
    expect(edge.html).toContain("email is carried by email");
    expect(marked(edge.html, "edge", "on").length).toBeGreaterThan(3);
  });

  it("leads from a box to where it is changed", async () => {
    for (const [node, path] of [
      [DEPARTMENT, "/identity-providers/pool/attributes"],
      ["context:email", "/authentication-context/email"],
      ["claim:id_token-email", "/claims/id_token-email"],
      ["scope:email", "/scopes/email"],
      ["client:app", "/applications/app"],
    ] as const) {
      await open({ node });
      expect(operator.links.get("edit")).toBe(`/admin/workspaces/${world.id}${path}`);
      expect((await operator.click("edit")).status).toBe(200);
    }
    await open({ edge: line("attribute:pool:id_token.email", "context:email") });
    expect(operator.links.get("edit")).toBe(`/admin/workspaces/${world.id}/identity-providers/pool/mappings`);
  });

  it("a name is text wherever it stands: in the picture, in titles, in lists and in the forms", async () => {
    const name = `</title></svg><script>alert(1)</script>"'><img src=x onerror=alert(1)>`;
    await world.put("schema/hostile", { display_name: name });
    await world.put("clients/hostile", { client_name: name, redirect_uris: ["https://app.example.com/cb"] });
    await world.put("claims/hostile", { name, type: "id_token", source_path: "hostile" });
    for (const [what, id] of [
      ["node", ""],
      ["node", "context:hostile"],
      ["node", "claim:hostile"],
      ["client", "hostile"],
    ] as const) {
      const { html } = await open({ [what]: id });
      expect(html).toContain("&lt;script&gt;alert(1)");
      expect(html).not.toMatch(/<script>alert|<img src=x/);
    }
    for (const record of ["claims/hostile", "clients/hostile", "schema/hostile"]) await world.remove(record);
  });

  it("a node that is not there chooses nothing, and its name is no markup", async () => {
    const { html } = await open({ node: '"><script>alert(1)</script>' });
    expect(html).not.toContain("<script>alert");
    expect(operator.links.has("edit")).toBe(false);
  });
});

describe("five identity providers of sixty attributes", () => {
  let large: World;
  beforeAll(async () => {
    large = await makeWorld();
    const attributes = Array.from({ length: 60 }, (_, index) => ({
      source: "id_token",
      name: `custom:a${index}`,
    }));
    for (let index = 0; index < 60; index += 1) await large.put(`schema/a${index}`, {});
    const mappings = attributes
      .slice(0, 50)
      .map(({ name }, index) => ({ source: `id_token.${name}`, target: `a${index}` }));
    for (const id of ["one", "two", "three", "four", "five"])
      await large.connection(id, { attributes, mappings });
    await large.client("app");
  });
  const at = (query: Record<string, string> = {}) =>
    operator.at(large.id, `${AT}?${new URLSearchParams(query).toString()}`);

  it("are folded behind their sources, and come forth one by one or for one value", async () => {
    const { html } = await at();
    expect(html).toContain("300 attributes stand behind their sources");
    expect(html).not.toContain("Attribute custom:a1:");
    expect(html.length).toBeLessThan(100_000);
    const one = await at({ connection: "two" });
    expect(marked(one.html, "node")).toContain(
      "Attribute custom:a1: from the ID token of the connection two; type string",
    );
    expect(one.html).not.toContain("of the connection three");
    const way = await at({ node: "context:a1" });
    for (const id of ["one", "five"])
      expect(way.html).toContain(`custom:a1: from the ID token of the connection ${id}`);
    expect(way.html.length).toBeLessThan(100_000);
  });

  it("are all drawn when that is asked for, and come in less than 100 KB with style sheets and script", async () => {
    const { html } = await at({ unfolded: "on" });
    expect(marked(html, "node").length).toBeGreaterThan(400);
    expect(await withEverything(html)).toBeLessThan(100_000);
  });

  it("are not listed by the hundred in the form either: of one provider, or of one way", async () => {
    const listed = (html: string) => [...html.matchAll(/<option value="attribute:/g)].length;
    expect(listed((await at()).html)).toBe(0);
    expect(operator.page.html).toContain("There are too many to list: choose one identity provider");
    expect(listed((await at({ connection: "two" })).html)).toBe(60);
    // What leads to no application yet can be mapped all the same.
    expect(listed((await at({ connection: "two", client: "app" })).html)).toBe(60);
    expect(listed((await at({ node: "context:a1" })).html)).toBe(5);
    await at({ node: "attribute:two:id_token.custom:a55" });
    await operator.submit("map", { target: "a55" });
    expect(operator.page.html).toContain("custom:a55 is mapped to a55");
  });
});

describe("from the page", () => {
  it("an attribute is mapped and released, and the claim is in the token of that application only", async () => {
    await open({ node: DEPARTMENT });
    expect(operator.links.get("to-map")).toBe("#map-form");
    await operator.submit("map", { target: "department" });
    expect(operator.page.html).toContain("Saved.");
    expect(operator.page.html).toContain("custom:department is mapped to department");
    for (const token of ["id_token", "access_token"]) {
      await open({ node: "context:department" });
      await operator.submit("release", { client_id: "app", token });
      expect(operator.page.html).toContain("Saved.");
      // The second time the scope is the application's already.
      await must("PATCH", `workspaces/${world.id}/clients/app`, {
        scope: "openid profile email offline_access",
      });
    }
    await must("PATCH", `workspaces/${world.id}/clients/app`, { scope: "openid department" });
    const party = await world.client("app", { scope: "openid department" });
    const tokens = await party.signIn(new Browser("ada"), { scope: "openid department" });
    for (const token of [tokens.id_token!, tokens.access_token])
      expect(decodeJwt(token)).toMatchObject({ department: "Research" });
    const other = (await must("GET", `workspaces/${world.id}/clients/other`)) as Record<string, unknown>;
    expect(other["scope"]).not.toContain("department");
  });

  const release = async (context: string, client_id = "other") => {
    await open({ node: `context:${context}` });
    const page = await operator.submit("release", { context, client_id, token: "id_token" });
    return [page.status, ...operator.said("field-error")];
  };

  it("a mistake is told at its field, and nothing is made", async () => {
    await open();
    expect((await operator.submit("map", { attribute: "", target: "" })).status).toBe(422);
    expect(operator.said("field-error")).toEqual(["choose an attribute"]);
    await operator.submit("map", { attribute: DEPARTMENT, target: "department" });
    expect(operator.said("field-error")).toEqual(["it is mapped there already"]);
    await operator.submit("map", { attribute: DEPARTMENT, target: "sub" });
    expect(operator.said("field-error")).toEqual(["this attribute is set by the protocol"]);
    expect(await release("sub")).toEqual([422, "this claim is set by the protocol"]);
    expect((await api("GET", `workspaces/${world.id}/scopes/sub`)).status).toBe(404);
    expect(await release("department", "app")).toEqual([422, "it gets it already, by the scope department"]);
    expect(await release("email")).toEqual([422, "it gets it already, by the scope email"]);
  });

  it("no scope is given to an application that releases more than the one value", async () => {
    await world.client("bare", { scope: "openid" });
    expect(await release("email", "bare")).toEqual([
      422,
      "the scope email releases email_verified, too: make the claim on the page Claims, with another scope",
    ]);
    await world.put("schema/manage_sessions", {});
    expect(await release("manage_sessions", "bare")).toEqual([
      422,
      "the scope manage_sessions has a meaning of its own: make the claim on the page Claims, with another scope",
    ]);
    // One of several scopes of its claim is made for it alone.
    expect((await release("nickname", "bare"))[0]).toBe(200);
    const { scope } = (await must("GET", `workspaces/${world.id}/clients/bare`)) as Record<string, unknown>;
    expect(scope).toEqual(["openid", "nickname"]);
  });
});

it("operators see the page and its forms as far as their rights go", async () => {
  const reads = ["workspaces:read", "connections:read", "clients:read"];
  const seen = async (scopes: readonly string[]) => {
    const { token } = await operatorClient(scopes, [world.id]);
    const other = await Operator.withToken(token);
    const { status, html } = await other.at(world.id, `${AT}?node=context:department`);
    const forms = ["map-form", "release-form"].filter((id) => html.includes(`id="${id}"`));
    await other.at(world.id, "/claims");
    return [status, other.links.has("to-data-lineage"), ...forms];
  };
  expect(await seen(reads)).toEqual([200, true]);
  expect(await seen([...reads, "connections:write"])).toEqual([200, true, "map-form"]);
  expect(await seen([...reads, "clients:write"])).toEqual([200, true]);
  expect(await seen([...reads, "workspaces:write", "clients:write"])).toEqual([200, true, "release-form"]);
  expect(await seen(["workspaces:read", "connections:read"])).toEqual([403, false]);
});
