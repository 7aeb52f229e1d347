/** Records in the console: a list, a form from the schema, a conflict, a deletion that is meant. */
import { beforeAll, describe, expect, it } from "vitest";
import { must } from "../api.ts";
import { Operator } from "../console.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let operator: Operator;
beforeAll(async () => {
  world = await makeWorld();
  operator = await Operator.enter();
});

const claim = (id: string) => must("GET", `workspaces/${world.id}/claims/${id}`);

describe("a claim", { timeout: 30_000 }, () => {
  it("is made in a form that shows what is wrong at the field and keeps what was typed", async () => {
    await operator.at(world.id, "/claims/create");
    await operator.submit("save", {
      id: "dept",
      name: "iss",
      source_path: "nickname",
      scopes: ["profile"],
    });
    expect(operator.page.status).toBe(422);
    expect(operator.said("field-error")).toEqual(["this claim is set by the protocol"]);
    expect(operator.form.fields).toEqual(
      expect.arrayContaining([
        ["id", "dept"],
        ["name", "iss"],
        ["source_path", "nickname"],
        ["scopes", "profile"],
      ]),
    );
    await operator.submit("save", { name: "dept" });
    expect(operator.said("notice-title")).toEqual(["Created."]);
    expect(await claim("dept")).toEqual({
      id: "dept",
      name: "dept",
      type: "id_token",
      source_type: "authn_ctx",
      source_path: "nickname",
      scopes: ["profile"],
      opaque: false,
      required: false,
    });
  });

  it("cannot be made twice under one id", async () => {
    await operator.at(world.id, "/claims/create");
    await operator.submit("save", { id: "dept", name: "other", source_path: "locale" });
    expect(operator.said("field-error")).toEqual(["is taken: there is a record with this id already"]);
    expect(await claim("dept")).toMatchObject({ name: "dept" });
  });

  it("is changed by what was changed", async () => {
    await operator.at(world.id, "/claims/dept");
    await operator.submit("save", { type: "access_token", opaque: "on", scopes: [] });
    expect(operator.said("notice-title")).toEqual(["Saved. It holds everywhere within ten seconds."]);
    expect(await claim("dept")).toMatchObject({
      name: "dept",
      type: "access_token",
      opaque: true,
      scopes: [],
    });
  });

  it("that somebody else changed meanwhile is shown in both versions, and one of them decided on", async () => {
    await operator.at(world.id, "/claims/dept");
    await world.patch("claims/dept", { source_path: "family_name", opaque: false });
    await operator.submit("save", { source_path: "given_name" });
    expect([operator.page.status, operator.title]).toEqual([412, "Somebody else saved in between"]);
    expect(operator.page.html).toMatch(/given_name<\/bdi>.*family_name<\/bdi>/s);
    expect(await claim("dept")).toMatchObject({ source_path: "family_name" });
    await operator.submit("overwrite");
    expect(await claim("dept")).toMatchObject({ source_path: "given_name", opaque: true });
  });

  it("is deleted by whoever types its name, and is told what breaks", async () => {
    await operator.at(world.id, "/claims/dept");
    await operator.click("delete");
    expect(operator.page.html).toContain("Apps do not get “dept” in the access token any more");
    await operator.submit("confirm", { name: "dep" });
    expect(operator.said("field-error")).toEqual(["This is not its name. Nothing was done."]);
    await operator.submit("confirm", { name: "dept" });
    expect(operator.said("notice-title")).toEqual(["Deleted."]);
    await expect(claim("dept")).rejects.toThrow("404");
  });
});
