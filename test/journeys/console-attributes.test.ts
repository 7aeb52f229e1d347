/** The how-to's two sections in the console: add custom attributes, map them; and the claim is in both tokens. */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { must } from "../api.ts";
import { ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import { Operator } from "../console.ts";
import { operatorClient } from "../operators.ts";
import { script } from "../scripts.ts";
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

/** The place of a row in its list, as its page has it. */
async function placeOf(member: "attributes" | "mappings", one: object) {
  const rows = (await connection())[member]!;
  return (
    1 +
    rows.findIndex((row) => Object.entries(one).every(([name, value]) => Reflect.get(row, name) === value))
  );
}
const breaks = () =>
  [...operator.page.html.matchAll(/<li><span>(.*?)<\/span><\/li>/gs)].map(([, text = ""]) => text);

describe("removing a row", () => {
  const DEPARTMENT = { source: "id_token", name: "custom:department" };

  it("of an attribute names its mapping, the place without a source, its claims and their applications", async () => {
    await operator.at(world.id, `${AT}/attributes`);
    await operator.click(`remove-${await placeOf("attributes", DEPARTMENT)}`);
    expect(operator.title).toBe("Remove attribute");
    expect(breaks()).toEqual([
      "id_token.custom:department is not read any more, and its mapping goes with it: to “department”.",
      "“department” of the authentication context has no source here any more, and no other connection fills it.",
      "The claim “department” is missing in access tokens and at introspection then; Client app may ask for it.",
      "The claim “department” is missing in ID tokens and at userinfo then; Client app may ask for it.",
    ]);
  });

  it("names the script that reads it, the claim without which nobody gets in, and other connections", async () => {
    const read = script("return { authn_ctx: { nickname: context.authn_ctx.department } };");
    await world.put("scripts/dear", { name: "Dear", body: read });
    await world.put("scripts/other", {
      name: "Other",
      body: script("return { authn_ctx: { departments: 1 } };"),
    });
    await world.patch("connections/pool", { post_authn_ctx_script: "dear" });
    await world.patch("claims/id_token-department", { required: true });
    await must("PATCH", `workspaces/${world.id}`, { token_minting_script: "other" });
    await world.connection("second", {
      attributes: [DEPARTMENT],
      mappings: [{ source: "id_token.custom:department", target: "department" }],
    });
    await operator.at(
      world.id,
      `${AT}/mappings/${await placeOf("mappings", { target: "department" })}/remove`,
    );
    expect(breaks()).toEqual([
      "id_token.custom:department does not go to “department” any more.",
      "“department” of the authentication context has no source here any more; other connections still fill it.",
      "The claim “department” is missing in access tokens and at introspection then; Client app may ask for it.",
      "The claim “department” is missing in ID tokens and at userinfo then; Client app may ask for it.",
      "The claim “department” is required: where its scopes are granted, nobody who signs in here gets in any more.",
      "The script “Dear” names “department”, and finds nothing there.",
    ]);
    await world.patch("connections/pool", { post_authn_ctx_script: null });
    await world.patch("claims/id_token-department", { required: false });
  });

  it("with another name does nothing; with its own the attribute goes, and its mapping", async () => {
    const before = await connection();
    await operator.at(world.id, `${AT}/attributes/${await placeOf("attributes", DEPARTMENT)}/remove`);
    await operator.submit("confirm", { name: "department" });
    expect([operator.page.status, operator.said("field-error")]).toEqual([
      422,
      ["This is not its name. Nothing was done."],
    ]);
    expect(await connection()).toEqual(before);
    await operator.submit("confirm", { name: "custom:department" });
    expect(operator.said("notice-title")).toEqual(["Removed. It holds everywhere within ten seconds."]);
    const { attributes, mappings } = await connection();
    const without = (rows: object[], one: object) =>
      rows.filter((row) => !Object.entries(one).every(([name, value]) => Reflect.get(row, name) === value));
    expect(attributes).toEqual(without(before["attributes"]!, DEPARTMENT));
    expect(mappings).toEqual(without(before["mappings"]!, { source: "id_token.custom:department" }));
    expect(mappings).toHaveLength(before["mappings"]!.length - 1);
  });

  it("of a mapping leaves the attribute, and says what still fills the place", async () => {
    const source = "id_token.name";
    const before = await connection();
    await world.patch("connections/pool", {
      mappings: [...before["mappings"]!, { source, target: "nickname", type: "string" }],
    });
    await operator.at(
      world.id,
      `${AT}/mappings/${await placeOf("mappings", { source, target: "nickname" })}/remove`,
    );
    expect(breaks()).toEqual([
      "id_token.name does not go to “nickname” any more.",
      "“nickname” of the authentication context is left to id_token.nickname.",
    ]);
    await operator.submit("confirm", { name: "nickname" });
    expect(await connection()).toMatchObject({
      attributes: before["attributes"],
      mappings: before["mappings"],
    });
  });

  it("that moved meanwhile removes no other in its place", async () => {
    const [first, ...rest] = (await connection())["mappings"]! as [{ target: string }, ...object[]];
    await operator.at(world.id, `${AT}/mappings/1/remove`);
    await world.patch("connections/pool", { mappings: rest });
    await operator.submit("confirm", { name: first.target });
    expect([operator.page.status, operator.said("notice-title")]).toEqual([
      412,
      ["Somebody else saved in between."],
    ]);
    expect((await connection())["mappings"]).toEqual(rest);
  });

  it("that is not there removes nothing", async () => {
    const before = await connection();
    for (const member of ["attributes", "mappings"])
      for (const row of ["0", "-1", "1.5", "no number", "1000"]) {
        const url = `${ORIGIN}/admin/workspaces/${world.id}${AT}/${member}/${encodeURIComponent(row)}/remove`;
        const body = new URLSearchParams({ name: "" });
        for (const init of [undefined, { method: "POST", body, from: ORIGIN } as const])
          expect([row, (await operator.open(url, init)).status]).toEqual([row, 404]);
      }
    expect(await connection()).toEqual(before);
  });

  it("without the right to see claims and applications says what cannot be said", async () => {
    const { token } = await operatorClient(["connections:write"], [world.id]);
    const other = await Operator.withToken(token);
    const page = await other.at(world.id, `${AT}/mappings/1/remove`);
    expect(page.html).toContain("is shown with the scopes workspaces:read and clients:read");
  });
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

it("says that user info is off, where attributes need it", async () => {
  await world.patch("connections/pool", { settings: { get_user_info: false } });
  await operator.at(world.id, `${AT}/attributes`);
  expect(operator.page.html).toContain("Get user info is off");
});
