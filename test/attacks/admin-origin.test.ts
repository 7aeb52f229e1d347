/** `ADMIN_ORIGIN` parts the operators' side from the people's (design §5.6). */
import { beforeAll, describe, expect, it } from "vitest";
import { must } from "../api.ts";
import { bindings, ORIGIN } from "../bindings.ts";
import { pass } from "../clock.ts";
import { counting } from "../counting.ts";
import { bearer, operatorClient } from "../operators.ts";
import { get } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";
import { stylePath } from "../../src/ui/style.ts";

const ADMIN_ORIGIN = "https://admin.example.com";
const { via } = counting({ ADMIN_ORIGIN });
const key = { authorization: `Bearer ${bindings.BOOTSTRAP_KEY}` };
let world: World;

beforeAll(async () => {
  world = await makeWorld();
});

describe("at the public origin", () => {
  it.each([
    "/api",
    "/api/",
    "/api/openapi.json",
    "/api/workspaces",
    "/admin",
    "/admin/x",
    "/%61pi/workspaces",
    "/ap%69/workspaces",
    "//api/workspaces",
  ])("%s does not exist", async (path) => {
    const answer = await get(`${ORIGIN}${path}`, key, via);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
  });

  it("everything else answers", async () => {
    for (const path of ["/", "/healthz", `/${world.id}/.well-known/openid-configuration`, stylePath])
      expect((await get(`${ORIGIN}${path}`, {}, via)).status).toBe(200);
  });
});

describe("at the admin origin", () => {
  it("the API answers, and says that it is there", async () => {
    expect((await get(`${ADMIN_ORIGIN}/api/workspaces`, key, via)).status).toBe(200);
    const { json } = await get(`${ADMIN_ORIGIN}/api/openapi.json`, {}, via);
    expect(json).toMatchObject({
      servers: [{ url: `${ADMIN_ORIGIN}/api` }],
      components: {
        securitySchemes: {
          token: { flows: { clientCredentials: { tokenUrl: `${ORIGIN}/system/oauth2/token` } } },
        },
      },
    });
    const page = await get(`${ADMIN_ORIGIN}/api`, {}, via);
    expect(page.text).toContain(`href="${ADMIN_ORIGIN}/api/openapi.json"`);
    expect((await get(`${ADMIN_ORIGIN}${stylePath}`, {}, via)).status).toBe(200);
  });

  it("the console answers with all that it loads, and its forms come from there", async () => {
    const page = await get(`${ADMIN_ORIGIN}/admin/sign-in`, {}, via);
    expect(page.status).toBe(200);
    for (const [, path = ""] of page.text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g))
      expect((await get(`${ADMIN_ORIGIN}${path}`, {}, via)).status, path).toBe(200);
    const enter = async (origin: string) => {
      const headers = { origin, "content-type": "application/x-www-form-urlencoded" };
      const body = new URLSearchParams({ key: bindings.BOOTSTRAP_KEY }).toString();
      const request = new Request(`${ADMIN_ORIGIN}/admin/sign-in`, {
        method: "POST",
        headers,
        body,
        redirect: "manual",
      });
      return (await via(request)).status;
    };
    expect([await enter(ADMIN_ORIGIN), await enter(ORIGIN)]).toEqual([303, 403]);
  });

  it.each(["/", "/healthz", "/apis", "/assets", "/.well-known/oauth-authorization-server/system"])(
    "%s does not exist",
    async (path) => {
      expect((await get(`${ADMIN_ORIGIN}${path}`, key, via)).status).toBe(404);
    },
  );

  it("no workspace answers, and sets no cookie", async () => {
    for (const path of ["/oauth2/authorize", "/me", "/.well-known/openid-configuration", "/oauth2/token"]) {
      const answer = await get(`${ADMIN_ORIGIN}/${world.id}${path}`, key, via);
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([404, []]);
    }
  });
});

it("other hosts are not served, and without ADMIN_ORIGIN its host is one of them", async () => {
  expect((await get("https://evil.example/api/workspaces", key, via)).status).toBe(421);
  expect((await get(`${ADMIN_ORIGIN}/api/workspaces`, key)).status).toBe(421);
});

it.each([
  "http://admin.example.com",
  "https://admin.example.com/",
  "admin.example.com",
  "https://a.example/x",
])("ADMIN_ORIGIN %s is refused with a sentence for the operator", async (ADMIN_ORIGIN) => {
  const answer = await get(`${ORIGIN}/`, {}, counting({ ADMIN_ORIGIN }).via);
  expect(answer.status).toBe(500);
  expect(answer.text).toMatch(/^Vestibule is not set up yet: the variable ADMIN_ORIGIN must be /);
});

it("the same as ORIGIN is as if it was not set", async () => {
  const same = counting({ ADMIN_ORIGIN: ORIGIN }).via;
  expect((await get(`${ORIGIN}/api/workspaces`, key, same)).status).toBe(200);
  expect((await get(`${ORIGIN}/healthz`, {}, same)).status).toBe(200);
});

it("the API's audience is where it is: a token for the public origin's API opens nothing there, and the other way round", async () => {
  const api = await must("GET", "workspaces/system/apis/admin");
  await must("PUT", "workspaces/system/apis/moved", {
    name: "Moved",
    identifier: `${ADMIN_ORIGIN}/api`,
    scopes: api["scopes"],
  });
  pass(11);
  const { party, token } = await operatorClient(["workspaces:read"], ["*"]);
  const moved = await party.clientCredentials({ resource: `${ADMIN_ORIGIN}/api`, scope: "workspaces:read" });
  const [here, there] = [bearer(token), bearer(moved.access_token)];
  expect((await get(`${ADMIN_ORIGIN}/api/workspaces`, there, via)).status).toBe(200);
  expect((await get(`${ADMIN_ORIGIN}/api/workspaces`, here, via)).status).toBe(401);
  expect((await get(`${ORIGIN}/api/workspaces`, here)).status).toBe(200);
  expect((await get(`${ORIGIN}/api/workspaces`, there)).status).toBe(401);
});
