/**
 * A workspace whose people are kept in one jurisdiction (design §1). Local workerd has no jurisdictions, so a stand-in for
 * that one call of the platform gives each objects of their own; everything else is real.
 */
import { env } from "cloudflare:workers";
import * as oauth from "oauth4webapi";
import { beforeAll, expect, it } from "vitest";
import { api, problem, type Answer } from "../api.ts";
import { ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import { relyingParty } from "../client.ts";
import { counting } from "../counting.ts";
import { script } from "../scripts.ts";
import { APP, random, SECRET } from "../world.ts";

const NAMES = ["WORKSPACE", "SUBJECT", "DIRECTORY", "ONCE", "AUDIT"] as const;
/** Names of the objects that were asked for, with their jurisdiction. */
const asked: string[] = [];

const namespace = <T extends Rpc.DurableObjectBranded>(
  kind: string,
  real: DurableObjectNamespace<T>,
  jurisdiction = "",
): DurableObjectNamespace<T> =>
  new Proxy(real, {
    get(target, property) {
      if (property === "jurisdiction") return (where: string) => namespace(kind, real, where);
      if (property !== "getByName") return Reflect.get(target, property) as unknown;
      return (name: string) => {
        asked.push(`${jurisdiction || "anywhere"} ${kind} ${name}`);
        return real.getByName(jurisdiction ? `${jurisdiction}:${name}` : name);
      };
    },
  });

const { via } = counting(
  Object.fromEntries(
    NAMES.map((name) => [name, namespace(name, env[name] as never)]),
  ) as Partial<Cloudflare.Env>,
);
const id = `eu-${random()}`;
const path = `workspaces/${id}`;
const issuer = `${ORIGIN}/${id}`;
const call = (method: string, at: string, body?: object): Promise<Answer> => api(method, at, body, {}, via);

beforeAll(async () => {
  expect((await call("PUT", path, { name: "Europe", jurisdiction: "eu" })).status).toBe(201);
  const settings = { pool_id: "eu-central-1_E0x", region: "eu-central-1", client_id: "app" };
  await call("PUT", `${path}/connections/pool`, { name: "Pool", method: "cognito", settings });
  await call("PUT", `${path}/clients/app`, {
    client_name: "App",
    client_secret: SECRET,
    redirect_uris: [APP],
    grant_types: ["authorization_code", "refresh_token", "client_credentials"],
    scope: "openid offline_access",
    trusted: true,
  });
  const body = script("return { authn_ctx: { nickname: context.authn_ctx.given_name } };");
  await call("PUT", `${path}/scripts/dear`, { name: "Dear", body });
  await call("PATCH", `${path}/connections/pool`, { post_authn_ctx_script: "dear" });
  expect((await call("PUT", `${path}/scripts/dear/debug`)).status).toBe(200);
});

it("every object of it is in its jurisdiction, whatever is done", async () => {
  asked.length = 0;
  const app = await relyingParty(issuer, { client_id: "app" }, oauth.ClientSecretBasic(SECRET), APP, via);
  const tokens = await app.signIn(new Browser("ada", via), { scope: "openid offline_access" });
  await app.userinfo(tokens.access_token);
  await app.refresh(tokens.refresh_token!);
  const { access_token } = await app.clientCredentials();
  await app.revoke(access_token);
  expect((await via(new Request(`${issuer}/oauth2/authorize?client_id=nobody`))).status).toBe(400);
  for (const part of [
    "subjects",
    "audit-events",
    "metrics",
    "keys",
    "clients",
    "backup",
    "scripts/dear/debug",
  ])
    expect((await call("GET", `${path}/${part}`)).status, part).toBe(200);
  // What a script was given are data of the person, and are read where they are kept.
  expect((await call("GET", `${path}/scripts/dear/debug`)).body["executions"]).toHaveLength(1);
  expect((await call("GET", `${path}/subjects/${"0".repeat(64)}`)).status).toBe(404);
  const own = asked.filter((name) => name.includes(id));
  expect(own.filter((name) => !name.startsWith("eu "))).toEqual([]);
  const kinds = new Set(own.map((name) => name.split(" ")[1]));
  expect(kinds).toEqual(new Set(NAMES));
  expect(asked.filter((name) => name.startsWith("eu ") && !name.includes(id))).toEqual([]);
});

it("it is fixed when the workspace is made: left out it stays, another one and none are refused", async () => {
  expect((await call("PUT", path, { name: "Europe" })).body["jurisdiction"]).toBe("eu");
  expect((await call("PATCH", path, { jurisdiction: "eu", name: "EU" })).status).toBe(200);
  const fixed = [422, "the record is not valid", "jurisdiction"];
  expect(problem(await call("PUT", path, { name: "Europe", jurisdiction: "us" }))).toEqual(fixed);
  const other = `any-${random()}`;
  await call("PUT", `workspaces/${other}`, { name: "Anywhere" });
  expect(problem(await call("PATCH", `workspaces/${other}`, { jurisdiction: "eu" }))).toEqual(fixed);
  expect(
    problem(await call("PUT", `workspaces/no-${random()}`, { name: "X", jurisdiction: "mars" })),
  ).toEqual([422, "the workspace is not valid", "jurisdiction"]);
  expect(problem(await call("PUT", "workspaces/system", { name: "S", jurisdiction: "eu" }))).toEqual([
    422,
    "the workspace is not valid",
    "jurisdiction",
  ]);
});

it("where the platform has none the workspace is refused, and nothing of it is left", async () => {
  const nowhere = `workspaces/not-${random()}`;
  const answer = await api("PUT", nowhere, { name: "Europe", jurisdiction: "eu" });
  expect([answer.status, answer.body["errors"]]).toEqual([
    422,
    [{ path: "jurisdiction", message: "is not to be had where this deployment runs" }],
  ]);
  expect((await api("GET", nowhere)).status).toBe(404);
});
