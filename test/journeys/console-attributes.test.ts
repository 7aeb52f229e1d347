/** The how-to's two sections in the console: add custom attributes, map them; and the claim is in both tokens. */
import { decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import { must } from "../api.ts";
import { Browser } from "../browser.ts";
import { Operator } from "../console.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let operator: Operator;
const AT = "/identity-providers/pool";

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool", { settings: { get_user_info: true } });
  operator = await Operator.enter();
});

const connection = async () =>
  (await must("GET", `workspaces/${world.id}/connections/pool`)) as unknown as Record<string, object[]>;

async function add(attribute: Record<string, string>, target: string) {
  await operator.at(world.id, "/authentication-context/create");
  await operator.submit("save", {
    name: target,
    display_name: attribute["display_name"] ?? "",
    type: "string",
  });
  await operator.at(world.id, `${AT}/attributes`);
  await operator.click("add");
  await operator.submit("save", attribute);
  await operator.at(world.id, `${AT}/mappings`);
  await operator.click("add");
  const source = `${attribute["source"]}.${attribute["name"]}`;
  await operator.submit("save", { source, target, type: "string" });
}

it("a custom attribute of each source becomes a claim of both tokens", async () => {
  await add(
    { source: "id_token", name: "custom:department", display_name: "Department", type: "string" },
    "department",
  );
  await add({ source: "access_token", name: "username", display_name: "Login", type: "string" }, "login");
  await add(
    { source: "userinfo", name: "https://example\\.com/groups", display_name: "Groups", type: "string" },
    "site_groups",
  );
  for (const name of ["department", "login", "site_groups"])
    for (const type of ["id_token", "access_token"])
      await world.put(`claims/${type}-${name}`, { name, type, source_path: name });
  const app = await world.client("app");
  const ada = new Browser("ada");
  const { id_token, access_token } = await app.signIn(ada);
  for (const token of [id_token!, access_token])
    expect(decodeJwt(token)).toMatchObject({
      department: "Research",
      login: "ada",
      site_groups: "engineering",
    });
});

it("a mistake is told at its field, and nothing that was typed is lost", async () => {
  await operator.at(world.id, `${AT}/attributes`);
  await operator.click("add");
  const page = await operator.submit("save", { source: "id_token", name: "x\\", type: "string" });
  expect(page.status).toBe(422);
  expect(operator.said("field-error")).toEqual(["a backslash must be followed by . or \\"]);
  expect(page.html).toContain('value="x\\"');
});

it("a mapping from nowhere to nowhere is not saved, and each field says so", async () => {
  await operator.at(world.id, `${AT}/mappings`);
  await operator.click("add");
  const page = await operator.submit("save", { type: "string" });
  expect(page.status).toBe(422);
  expect(operator.said("field-error")).toEqual(["is missing", "is missing"]);
});

it("an attribute that a mapping uses is not removed, and it is said why", async () => {
  await operator.at(world.id, `${AT}/attributes`);
  const page = await operator.submit("remove-0");
  expect(page.status).toBe(422);
  expect(operator.said("field-error")[0]).toContain("is not an attribute of this connection");
});

it("a mapping is removed", async () => {
  const before = (await connection())["mappings"]!.length;
  await operator.at(world.id, `${AT}/mappings`);
  await operator.submit("remove-0");
  expect((await connection())["mappings"]).toHaveLength(before - 1);
});

it("who adds an attribute that somebody else added meanwhile sees both, and theirs stays", async () => {
  const typed = { source: "id_token", name: "custom:team", display_name: "Mine", type: "string" };
  await operator.at(world.id, `${AT}/attributes`);
  await operator.click("add");
  const attributes = [...(await connection())["attributes"]!, { ...typed, display_name: "Theirs" }];
  await world.patch("connections/pool", { attributes });
  await operator.submit("save", typed);
  expect([operator.page.status, operator.title]).toEqual([412, "Somebody else saved in between"]);
  expect(operator.page.html).toMatch(/Display name<.*Mine<.*Theirs</s);
  expect((await connection())["attributes"]).toHaveLength(attributes.length);
  await operator.submit("overwrite");
  const teams = (await connection())["attributes"]!.filter((one) => "name" in one && one.name === typed.name);
  expect(teams).toEqual([expect.objectContaining(typed)]);
});

it("who adds a mapping beside somebody else's change keeps both", async () => {
  await operator.at(world.id, `${AT}/mappings`);
  await operator.click("add");
  await world.patch("connections/pool", { name: "Theirs" });
  await operator.submit("save", {
    source: "id_token.custom:team",
    target: "department",
    type: "string",
  });
  expect(operator.page.status).toBe(412);
  expect(operator.page.html).not.toContain("is taken");
  await operator.submit("overwrite");
  expect(operator.said("notice-title")).toEqual(["Saved. It holds everywhere within ten seconds."]);
  const { name, mappings } = await connection();
  expect([name, mappings!.at(-1)]).toEqual([
    "Theirs",
    expect.objectContaining({ source: "id_token.custom:team", target: "department" }),
  ]);
});

it("a row that moved meanwhile is not removed in the place of another", async () => {
  await operator.at(world.id, `${AT}/mappings`);
  const [, ...rest] = (await connection())["mappings"]!;
  await world.patch("connections/pool", { mappings: rest });
  await operator.submit("remove-0");
  expect([operator.page.status, operator.said("notice-title")]).toEqual([
    412,
    ["Somebody else saved in between."],
  ]);
  expect((await connection())["mappings"]).toEqual(rest);
  await operator.submit("remove-0");
  expect((await connection())["mappings"]).toEqual(rest.slice(1));
});

it("no row is removed where none is named", async () => {
  for (const member of ["attributes", "mappings"]) {
    const page = await operator.at(world.id, `${AT}/${member}`);
    const before = (await connection())[member];
    for (const remove of ["", "no number", "1000"]) {
      const body = new URLSearchParams({ etag: new Map(operator.form.fields).get("etag")!, remove });
      const answer = await operator.open(page.url, { method: "POST", body, from: page.url.origin });
      expect([answer.status, operator.said("notice-title")]).toEqual([422, ["There is no such row."]]);
    }
    expect((await connection())[member]).toEqual(before);
  }
});

it("says that user info is off, where attributes need it", async () => {
  await world.patch("connections/pool", { settings: { get_user_info: false } });
  await operator.at(world.id, `${AT}/attributes`);
  expect(operator.page.html).toContain("Get user info is off");
});
