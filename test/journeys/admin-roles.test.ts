/** People as operators: a rule on the authentication context of a sign-in at `system`. */
import { beforeAll, expect, it } from "vitest";
import { API_SCOPES } from "../../src/config/api-scopes.ts";
import { api, must, problem } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { API, bearer, systemClient } from "../operators.ts";
import { APP, makeWorld, random, type World } from "../world.ts";

const UNKNOWN = [401, "this needs an access token of the system workspace, or the bootstrap key"];
const [pool, other, group] = [`staff-${random()}`, `guests-${random()}`, `admins-${random()}`];
let world: World;
let console_: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  for (const id of [pool, other])
    await must("PUT", `workspaces/system/connections/${id}`, {
      name: id,
      method: "cognito",
      settings: { pool_id: `eu-central-1_0${random()}`, region: "eu-central-1", client_id: "app" },
    });
  await must("PUT", `workspaces/system/operators/${pool}`, {
    role: { attribute: "groups", value: group, connection: pool },
    scopes: ["workspaces:write", "audit:read"],
    workspaces: [world.id],
  });
  console_ = await systemClient({
    grant_types: ["authorization_code", "refresh_token"],
    redirect_uris: [APP],
    scope: ["openid", "offline_access", ...API_SCOPES],
    trusted: true,
  });
});

async function signIn(groups: unknown, idp_hint = pool, scope = "openid workspaces:write audit:read") {
  const browser = new Browser(`person-${random()}`);
  browser.person.claims = { "cognito:groups": groups };
  return console_.signIn(browser, { idp_hint, scope, resource: API });
}

const tryIt = async (token: string) =>
  problem(await api("PATCH", `workspaces/${world.id}`, { name: random() }, bearer(token)));

it("somebody with the role may do what the rule says, and the audit names them by subject", async () => {
  const { access_token } = await signIn(["others", group]);
  expect(await tryIt(access_token)).toEqual([200, undefined]);
  const keys = await api("GET", `workspaces/${world.id}/keys`, undefined, bearer(access_token));
  expect(problem(keys)).toEqual([403, "this needs the scope keys:read"]);
});

it("within what the token was asked for", async () => {
  const { access_token } = await signIn([group], pool, "openid audit:read");
  expect(await tryIt(access_token)).toEqual([403, "this needs the scope workspaces:write"]);
});

it.each<[string, unknown]>([
  ["no groups", undefined],
  ["another group", ["others"]],
  ["a longer name", [`${group}2`]],
  ["the name in a text", `x ${group}`],
  ["the name in another case", [group.toUpperCase()]],
])("somebody with %s is nobody", async (_, groups) => {
  expect(await tryIt((await signIn(groups)).access_token)).toEqual(UNKNOWN);
});

it("the same group at another connection is nobody", async () => {
  expect(await tryIt((await signIn([group], other)).access_token)).toEqual(UNKNOWN);
});

it("a rule that names no connection takes the group from any of them", async () => {
  const rule = `workspaces/system/operators/any-${pool}`;
  await must("PUT", rule, {
    role: { attribute: "groups", value: `any-${group}` },
    scopes: ["workspaces:write"],
    workspaces: [world.id],
  });
  for (const idp of [pool, other])
    expect(await tryIt((await signIn([`any-${group}`], idp)).access_token)).toEqual([200, undefined]);
  await must("DELETE", rule);
});

it("a token without resource is for another audience", async () => {
  const browser = new Browser("ada");
  browser.person.claims = { "cognito:groups": [group] };
  const { access_token } = await console_.signIn(browser, { idp_hint: pool });
  expect(await tryIt(access_token)).toEqual(UNKNOWN);
});

it("the end of the grant, of the rule or of the connection ends the right at once", async () => {
  const { access_token, refresh_token } = await signIn(
    [group],
    pool,
    "openid offline_access workspaces:write",
  );
  expect(await tryIt(access_token)).toEqual([200, undefined]);
  const next = await console_.refresh(refresh_token!, { resource: API });
  expect(await tryIt(next.access_token)).toEqual([200, undefined]);
  for (const record of [`operators/${pool}`, `connections/${pool}`]) {
    await must("PATCH", `workspaces/system/${record}`, { disabled: true });
    expect(await tryIt(next.access_token)).toEqual(UNKNOWN);
    await must("PATCH", `workspaces/system/${record}`, { disabled: false });
  }
  expect(await tryIt(next.access_token)).toEqual([200, undefined]);
  await console_.revoke(next.refresh_token!);
  expect(await tryIt(next.access_token)).toEqual(UNKNOWN);
});
