/** The authentication context's schema: what may be mapped, what a claim may carry, and what is in use. */
import { describe, expect, it } from "vitest";
import { api, must } from "../api.ts";
import { makeWorld } from "../world.ts";

const world = await makeWorld();
await world.connection("pool");
const at = (record: string) => `workspaces/${world.id}/${record}`;
const errors = async (method: string, record: string, body: object) => {
  const answer = await api(method, at(record), body);
  return [answer.status, answer.body["errors"]];
};
const refused = (path: string, message: string) => [422, [{ path, message }]];
const ATTRIBUTES = [{ source: "id_token", name: "custom:department" }];
const mapped = (mapping: object) => ({ attributes: ATTRIBUTES, mappings: [mapping] });

it("a new workspace has the predefined attributes", async () => {
  const { items } = (await must("GET", at("schema?limit=200"))) as unknown as {
    items: { name: string; type: string }[];
  };
  expect(items).toHaveLength(28);
  expect(items.find(({ name }) => name === "address.country")).toMatchObject({ type: "string" });
});

describe("a mapping is refused", () => {
  it("whose target the schema lacks, until it has it", async () => {
    const body = mapped({ source: "id_token.custom:department", target: "department" });
    expect(await errors("PATCH", "connections/pool", body)).toEqual(
      refused("mappings.0.target", "is not in the authentication context schema"),
    );
    await world.put("schema/department", { display_name: "Department" });
    await world.patch("connections/pool", body);
  });

  it("whose target the protocol sets", async () => {
    for (const target of ["sub", "scp", "idp_sub", "amr", "cnf.jkt"])
      expect(
        await errors("PATCH", "connections/pool", mapped({ source: "id_token.custom:department", target })),
      ).toEqual(refused("mappings.0.target", "this attribute is set by the protocol"));
  });

  it("whose source the connection has not", async () => {
    const body = mapped({ source: "id_token.other", target: "department" });
    expect(await errors("PATCH", "connections/pool", body)).toEqual(
      refused("mappings.0.source", "is not an attribute of this connection"),
    );
  });
});

it("a claim of something that the schema lacks is refused", async () => {
  const claim = { name: "floor", type: "id_token", source_path: "floor" };
  expect(await errors("PUT", "claims/floor", claim)).toEqual(
    refused("source_path", "is not in the authentication context schema"),
  );
  for (const source_path of ["address", "address.country", "idp_sub"]) {
    await world.put("claims/floor", { ...claim, source_path });
    await world.remove("claims/floor");
  }
});

it("an attribute in use is not removed, and it is said where it is used", async () => {
  await world.put("schema/badge", { type: "object" });
  await world.put("claims/badge", { name: "badge", type: "access_token", source_path: "badge.colour" });
  await world.patch(
    "connections/pool",
    mapped({ source: "id_token.custom:department", target: "department" }),
  );
  await world.put("claims/department", { name: "department", type: "id_token", source_path: "department" });
  const used = async (name: string) => {
    const { status, body } = await api("DELETE", at(`schema/${name}`));
    return [status, body["used_by"]];
  };
  expect(await used("department")).toEqual([409, ["connections/pool", "claims/department"]]);
  expect(await used("badge")).toEqual([409, ["claims/badge"]]);
  for (const claim of ["badge", "department"]) await world.remove(`claims/${claim}`);
  await world.remove("schema/badge");
});

it.each<[string, string, object, string, string]>([
  ["a name with a space", "a%20b", {}, "name", "1 to 128 printable characters without a space"],
  ["a name of the protocol", "amr", {}, "name", "this attribute is set by the protocol"],
  ["a member of a name of the protocol", "act.sub", {}, "name", "this attribute is set by the protocol"],
  ["__proto__", "a.__proto__", {}, "name", "__proto__ is no name"],
  ["an empty part", "a..b", {}, "name", "names of A-Z, a-z, 0-9, _, : and -, with dots between them"],
  ["something inside a text", "email.host", {}, "name", "email is no object"],
  [
    "a text that holds something",
    "address",
    {},
    "type",
    "must be object or any, because there is address.country",
  ],
])("%s is refused", async (_, name, body, path, message) => {
  expect(await errors("PUT", `schema/${name}`, body)).toEqual(refused(path, message));
});

it("a connection that says nothing of mappings gets the standard ones that have a place here", async () => {
  const other = await makeWorld();
  const at = `workspaces/${other.id}`;
  await must("DELETE", `${at}/claims/id_token-website`);
  await must("DELETE", `${at}/schema/website`);
  await other.connection("pool");
  const { body } = await api("GET", `${at}/connections/pool`);
  const targets = (body["mappings"] as unknown as { target: string }[]).map(({ target }) => target);
  expect(targets).toContain("email");
  expect(targets).not.toContain("website");
});
