/** Programs as operators: clients of `system`, by client credentials (RFC 6749 §4.4, RFC 8707). */
import { beforeAll, describe, expect, it } from "vitest";
import { exports } from "cloudflare:workers";
import { api, must, problem } from "../api.ts";
import { Browser } from "../browser.ts";
import { pass } from "../clock.ts";
import { API, bearer, operatorClient, systemClient, type OperatorClient } from "../operators.ts";
import { makeWorld, type World } from "../world.ts";

const UNKNOWN = [401, "this needs an access token of the system workspace, or the bootstrap key"];
let world: World;
let robot: OperatorClient;

beforeAll(async () => {
  world = await makeWorld();
  robot = await operatorClient(["clients:write", "workspaces:read"], [world.id]);
});

const read = async (token: string) => problem(await api("GET", "workspaces", undefined, bearer(token)));

describe("a client with a rule", () => {
  it("reads and writes in its areas, and writing includes reading", async () => {
    const path = `workspaces/${world.id}/clients/made`;
    const made = await robot.api("PUT", path, { client_name: "Made", grant_types: ["client_credentials"] });
    expect(made.status).toBe(201);
    expect((await robot.api("GET", path)).status).toBe(200);
    expect((await robot.api("GET", `workspaces/${world.id}/scopes`)).status).toBe(200);
    expect(problem(await robot.api("PUT", `workspaces/${world.id}/scopes/x`, {}))).toEqual([
      403,
      "this needs the scope workspaces:write",
    ]);
  });

  it("has no more than its token was asked for, and no more than its rule", async () => {
    const less = await robot.party.clientCredentials({ resource: API, scope: "clients:read" });
    const path = `workspaces/${world.id}/clients`;
    expect((await api("GET", path, undefined, bearer(less.access_token))).status).toBe(200);
    const write = await api("POST", path, { client_name: "x" }, bearer(less.access_token));
    expect(problem(write)).toEqual([403, "this needs the scope clients:write"]);
    const more = await robot.party.clientCredentials({ resource: API });
    const audit = `workspaces/${world.id}/audit-events`;
    expect(problem(await api("GET", audit, undefined, bearer(more.access_token)))).toEqual([
      403,
      "this needs the scope audit:read",
    ]);
  });

  it("has what all its rules give together", async () => {
    const other = await makeWorld();
    const more = await operatorClient(["clients:read"], [world.id]);
    await must("PUT", `workspaces/system/operators/${more.client_id}-2`, {
      client_id: more.client_id,
      scopes: ["workspaces:read"],
      workspaces: [other.id],
    });
    const { access_token } = await more.party.clientCredentials({ resource: API });
    const { body } = await api("GET", "workspaces", undefined, bearer(access_token));
    expect((body["items"] as unknown as { id: string }[]).map(({ id }) => id).toSorted()).toEqual(
      [world.id, other.id].toSorted(),
    );
  });
});

describe("is nobody:", () => {
  it("a client of system without a rule", async () => {
    const { access_token } = await (await systemClient()).clientCredentials({ resource: API });
    expect(await read(access_token)).toEqual(UNKNOWN);
  });

  it("a token for another audience", async () => {
    const { access_token } = await robot.party.clientCredentials({ scope: "workspaces:read" });
    expect(await read(access_token)).toEqual(UNKNOWN);
  });

  it("a client of another workspace, though its id, scopes and resource are the same", async () => {
    const id = robot.client_id;
    await world.put("scopes/workspaces:read", {});
    await world.put("apis/admin", { identifier: API, name: "Not the admin API" });
    const twin = { grant_types: ["client_credentials"], redirect_uris: [], scope: "workspaces:read" };
    const { access_token } = await (await world.client(id, twin)).clientCredentials({ resource: API });
    expect(await read(access_token)).toEqual(UNKNOWN);
  });

  it("an ID token, and a token with a changed signature", async () => {
    await world.connection("pool");
    const { id_token } = await (await world.client("app")).signIn(new Browser("ada"));
    expect(await read(id_token!)).toEqual(UNKNOWN);
    expect(await read(`${robot.token.slice(0, -8)}AAAAAAAA`)).toEqual(UNKNOWN);
  });

  it("whoever sends the token as a cookie or a parameter", async () => {
    for (const headers of [{ cookie: `access_token=${robot.token}` }, { cookie: `Bearer ${robot.token}` }]) {
      const url = `${API}/workspaces?access_token=${robot.token}`;
      expect((await exports.default.fetch(url, { headers })).status).toBe(401);
    }
  });

  it("a client whose token was revoked (RFC 7009)", async () => {
    const { access_token } = await robot.party.clientCredentials({ resource: API });
    expect(await read(access_token)).toEqual([200, undefined]);
    await robot.party.revoke(access_token);
    expect(await read(access_token)).toEqual(UNKNOWN);
    expect(await read(robot.token)).toEqual([200, undefined]);
  });

  it("a client whose token expired", async () => {
    const { access_token, expires_in } = await robot.party.clientCredentials({ resource: API });
    pass(expires_in! + 61);
    expect(await read(access_token)).toEqual(UNKNOWN);
  });

  it.each([
    ["whose rule was disabled", "operators", { disabled: true }],
    ["that was disabled", "clients", { disabled: true }],
  ])("a client %s", async (_, kind, patch) => {
    const gone = await operatorClient(["workspaces:read"], [world.id]);
    expect(await read(gone.token)).toEqual([200, undefined]);
    await must("PATCH", `workspaces/system/${kind}/${gone.client_id}`, patch);
    expect(await read(gone.token)).toEqual(UNKNOWN);
  });
});

it.each([
  ["no way", {}],
  ["two ways", { client_id: "c", access_email: "ada@example.com" }],
])("a rule with %s to recognise an operator is refused", async (_, ways) => {
  const rule = { scopes: ["audit:read"], workspaces: ["*"], ...ways };
  const answer = await api("PUT", "workspaces/system/operators/wrong", rule);
  expect(problem(answer)).toEqual([422, "the record is not valid", "client_id"]);
});
