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

it("says that user info is off, where attributes need it", async () => {
  await world.patch("connections/pool", { settings: { get_user_info: false } });
  await operator.at(world.id, `${AT}/attributes`);
  expect(operator.page.html).toContain("Get user info is off");
});
