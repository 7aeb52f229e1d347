/** What others name is not deleted; the answer says by what it is used. */
import { expect, it } from "vitest";
import { api, must, problem } from "../api.ts";
import { makeWorld, random } from "../world.ts";

const world = await makeWorld();

async function used(path: string): Promise<unknown[]> {
  const { status, body } = await api("DELETE", path);
  return [status, body["title"], body["used_by"]];
}

const IN_USE = [409, "the record is in use"];

it("a scope is held by clients, APIs and claims, and can go when they let go", async () => {
  const scope = `workspaces/${world.id}/scopes/orders`;
  await world.put("scopes/orders", {});
  await world.client("shop", { scope: "openid orders" });
  await world.put("apis/orders", { identifier: "https://o.example.com", name: "O", scopes: ["orders"] });
  await world.put("claims/order", { name: "o", type: "id_token", source_path: "name", scopes: ["orders"] });
  expect(await used(scope)).toEqual([...IN_USE, ["clients/shop", "apis/orders", "claims/order"]]);
  await world.patch("clients/shop", { scope: "openid" });
  await world.remove("apis/orders");
  expect(await used(scope)).toEqual([...IN_USE, ["claims/order"]]);
  await world.remove("claims/order");
  expect((await api("DELETE", scope)).status).toBe(204);
  expect((await api("DELETE", scope)).status).toBe(404);
});

it("at most twenty users are named", async () => {
  await world.put("scopes/busy", {});
  for (let i = 0; i < 25; i++)
    await world.put(`apis/busy-${i}`, {
      identifier: `https://b${i}.example.com`,
      name: "B",
      scopes: ["busy"],
    });
  const [, , by] = await used(`workspaces/${world.id}/scopes/busy`);
  expect(by).toHaveLength(20);
});

it("a client is held by the APIs that it introspects for", async () => {
  await world.client("gateway");
  const introspection_clients = ["gateway"];
  await world.put("apis/gate", { identifier: "https://g.example.com", name: "G", introspection_clients });
  expect(await used(`workspaces/${world.id}/clients/gateway`)).toEqual([...IN_USE, ["apis/gate"]]);
});

it("a client and a connection of system are held by operators", async () => {
  const [client, connection] = [`c-${random()}`, `p-${random()}`];
  const all = { scopes: ["audit:read"], workspaces: ["*"] };
  const system = "workspaces/system";
  await must("PUT", `${system}/clients/${client}`, { client_name: "C", grant_types: ["client_credentials"] });
  await must("PUT", `${system}/connections/${connection}`, {
    name: "P",
    method: "cognito",
    settings: { pool_id: "eu-central-1_P0x", region: "eu-central-1", client_id: "app" },
  });
  await must("PUT", `${system}/operators/${client}`, { client_id: client, ...all });
  const role = { attribute: "groups", value: "admins", connection };
  await must("PUT", `${system}/operators/${connection}`, { role, ...all });
  expect(await used(`${system}/clients/${client}`)).toEqual([...IN_USE, [`operators/${client}`]]);
  expect(await used(`${system}/connections/${connection}`)).toEqual([...IN_USE, [`operators/${connection}`]]);
  for (const id of [client, connection]) await must("DELETE", `${system}/operators/${id}`);
  expect((await api("DELETE", `${system}/clients/${client}`)).status).toBe(204);
  expect((await api("DELETE", `${system}/connections/${connection}`)).status).toBe(204);
});

it("a right is given to nobody who is not there: whoever made that client later would have it", async () => {
  const all = { scopes: ["audit:read"], workspaces: ["*"] };
  const operator = `workspaces/system/operators/${random()}`;
  const refused = [422, "the record is not valid"];
  const nobody = await api("PUT", operator, { client_id: "nobody", ...all });
  expect(problem(nobody)).toEqual([...refused, "client_id"]);
  expect(nobody.body["errors"]).toEqual([
    { path: "client_id", message: "names something that is not in clients" },
  ]);
  const role = { attribute: "groups", value: "admins", connection: "nowhere" };
  expect(problem(await api("PUT", operator, { role, ...all }))).toEqual([...refused, "role.connection"]);
  expect((await api("GET", operator)).status).toBe(404);
  const api_of = { identifier: "https://n.example.com", name: "N", introspection_clients: ["nobody"] };
  expect(problem(await api("PUT", `workspaces/${world.id}/apis/n`, api_of))).toEqual([
    ...refused,
    "introspection_clients",
  ]);
});
