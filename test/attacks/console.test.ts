/** The console against who wants an operator's browser to do something; what holds on every page is in properties/console.test.ts. */
import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { API_SCOPES } from "../../src/config/api-scopes.ts";
import { api, must } from "../api.ts";
import { bindings, ORIGIN } from "../bindings.ts";
import { pass } from "../clock.ts";
import { Operator } from "../console.ts";
import { counting } from "../counting.ts";
import { links } from "../html.ts";
import { API, operatorClient } from "../operators.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let operator: Operator;

beforeAll(async () => {
  world = await makeWorld();
  operator = await Operator.enter();
});

describe("a form that another site posts", { timeout: 30_000 }, () => {
  const body = new URLSearchParams({
    id: "forged",
    name: "forged",
    type: "id_token",
    source_path: "nickname",
  }).toString();
  const post = async (origin: string | undefined, path = `workspaces/${world.id}/claims/create`) => {
    const url = new URL(`${ORIGIN}/admin/${path}`);
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      cookie: operator.jar.header({ to: url, crossSite: false, navigation: true }) ?? "",
      ...(origin && { origin }),
    };
    return exports.default.fetch(url, { method: "POST", headers, body, redirect: "manual" });
  };

  it.each(["https://evil.example", "null", "http://localhost:9999", undefined])(
    "with the origin %s does nothing, even where the cookie comes along",
    async (origin) => {
      expect((await post(origin)).status).toBe(403);
      expect((await api("GET", `workspaces/${world.id}/claims/forged`)).status).toBe(404);
    },
  );

  it("cannot sign anybody in or out", async () => {
    for (const path of ["sign-in", "sign-out"]) {
      const answer = await post("https://evil.example", path);
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
    }
  });

  it("from our own page does what it says", async () => {
    expect((await post(ORIGIN)).status).toBe(303);
    expect((await api("GET", `workspaces/${world.id}/claims/forged`)).status).toBe(200);
  });
});

it(
  "the cookie is sealed, only for the host, and comes with no request of another site; the API does not take it",
  { timeout: 30_000 },
  async () => {
    const url = `${ORIGIN}/admin/sign-in`;
    const headers = { "content-type": "application/x-www-form-urlencoded", origin: ORIGIN };
    const body = new URLSearchParams({ key: bindings.BOOTSTRAP_KEY }).toString();
    const answer = await exports.default.fetch(url, { method: "POST", headers, body, redirect: "manual" });
    const [cookie = ""] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-system-console=[\w.-]+; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(cookie).not.toContain(bindings.BOOTSTRAP_KEY);
    const api = await exports.default.fetch(`${ORIGIN}/api/workspaces`, {
      headers: { cookie: cookie.split(";")[0]! },
    });
    expect(api.status).toBe(401);
  },
);

it("a wrong key opens nothing, and says so", { timeout: 30_000 }, async () => {
  const stranger = await Operator.enter("not-the-key-of-this-deployment-though-it-is-long");
  expect([stranger.page.status, stranger.said("notice-title")]).toEqual([
    403,
    ["This is not the bootstrap key of this deployment."],
  ]);
  await stranger.at(world.id, "/claims");
  expect(stranger.title).toBe("Sign in to the console");
});

it.each([
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/administer",
  "/admin/../../evil",
  "javascript:alert(1)",
])("signing in leads to a page of the console, never to %s", async (to) => {
  const stranger = new Operator("operator");
  await stranger.open(`${ORIGIN}/admin/sign-in?to=${encodeURIComponent(to)}`);
  await stranger.submit("enter", { key: bindings.BOOTSTRAP_KEY });
  expect(stranger.page.url.href).toMatch(new RegExp(`^${ORIGIN}/admin(?:$|/)`));
});

it.each(["constructor", "__proto__", "toString", "Deleted.", "<b>gone</b>"])(
  "an address puts no words into the console's mouth: %s",
  async (said) => {
    await operator.at(world.id, `/claims?said=${encodeURIComponent(said)}`);
    expect([operator.title, operator.said("notice"), operator.said("notice-title")]).toEqual([
      "Claims",
      [],
      [],
    ]);
  },
);

it("a form that is too large is refused before it is read", async () => {
  const url = `${ORIGIN}/admin/workspaces/${world.id}/claims/create`;
  const body = new URLSearchParams({ name: "x".repeat(1_000_001) });
  const answer = await operator.open(url, { method: "POST", body, from: ORIGIN });
  expect([answer.status, answer.html]).toEqual([400, expect.stringContaining("the form is too large")]);
});

it("operators are a page of the workspace system only", async () => {
  for (const path of ["/operators", "/operators/create"])
    expect([(await operator.at(world.id, path)).status, operator.title]).toEqual([
      403,
      "You may not do this",
    ]);
  expect((await operator.at("system", "/operators")).status).toBe(200);
});

it("an operator of another workspace finds nothing there", async () => {
  const { token } = await operatorClient(["connections:read", "workspaces:read"], [world.id]);
  const reader = await Operator.withToken(token);
  const other = await makeWorld();
  expect((await reader.at(other.id, "/claims")).status).toBe(404);
  await reader.open(`${ORIGIN}/admin`);
  expect(reader.page.html).not.toContain(other.id);
});

it("a workspace where an operator may open nothing is named nowhere", async () => {
  const [open, other] = [await makeWorld(), await makeWorld()];
  const { party, token } = await operatorClient(["operators:read"], ["system", open.id, other.id]);
  const { client_id } = party.client;
  // A rule for operators opens a page in system only; this one opens one of its own.
  await must("PUT", `workspaces/system/operators/${client_id}-2`, {
    client_id,
    scopes: ["workspaces:read"],
    workspaces: [open.id],
  });
  pass(11);
  const both = await party.clientCredentials({ resource: API, scope: "operators:read workspaces:read" });
  const named = async (bearer: string) => {
    const robot = await Operator.withToken(bearer);
    const above = links((await robot.at("system", "/operators")).html);
    const listed = links((await robot.open(`${ORIGIN}/admin`)).html);
    return [open, other].map(({ id }) => [above.has(`workspace-${id}`), listed.has(`row-${id}`)]);
  };
  expect(await named(token)).toEqual([
    [false, false],
    [false, false],
  ]);
  expect(await named(both.access_token)).toEqual([
    [true, true],
    [false, false],
  ]);
});

describe("an ended sign-in", { timeout: 30_000 }, () => {
  it("leads to the sign-in, and from there back to the page", async () => {
    const ended = await Operator.withToken("over", 1);
    await ended.at(world.id, "/claims?search=x");
    expect(ended.title).toBe("Sign in to the console");
    await ended.submit("enter", { key: bindings.BOOTSTRAP_KEY });
    expect(ended.page.url.pathname + ended.page.url.search).toBe(
      `/admin/workspaces/${world.id}/claims?search=x`,
    );
  });

  it("keeps what was typed, sealed in the page, until it is sent once more", async () => {
    const ended = await Operator.enter();
    await ended.at(world.id, "/claims/create");
    pass(12 * 3_600 + 1);
    await ended.submit("save", { id: "kept", name: "typed-before", source_path: "nickname" });
    expect([ended.page.status, ended.title]).toEqual([403, "Your sign-in has ended"]);
    expect(ended.page.html).not.toContain("typed-before");
    await ended.submit("continue", { key: "wrong-key-wrong-key-wrong-key-wrong-key-wrong" });
    expect(ended.title).toBe("Your sign-in has ended");
    await ended.submit("continue", { key: bindings.BOOTSTRAP_KEY });
    expect(ended.said("notice-title")).toEqual(["Created."]);
    expect(await must("GET", `workspaces/${world.id}/claims/kept`)).toMatchObject({ name: "typed-before" });
  });

  it("keeps it for this form only, and for an hour", async () => {
    const ended = await Operator.withToken("over", 1);
    const url = `${ORIGIN}/admin/workspaces/${world.id}/claims/create`;
    const send = (to: string, body: Record<string, string>) =>
      ended.open(to, { method: "POST", body: new URLSearchParams(body), from: ORIGIN });
    await send(url, { id: "late", name: "late", type: "id_token", source_path: "nickname" });
    const held = new Map(ended.form.fields).get("held")!;
    const key = bindings.BOOTSTRAP_KEY;
    expect((await send(`${ORIGIN}/admin/workspaces/${world.id}/scopes/create`, { held, key })).status).toBe(
      400,
    );
    pass(3_601);
    expect((await send(url, { held, key })).status).toBe(400);
    expect((await api("GET", `workspaces/${world.id}/claims/late`)).status).toBe(404);
  });

  it("is looked for once a page, however often that asks the API, and by each page anew", async () => {
    const { calls, via } = counting();
    const { token } = await operatorClient(API_SCOPES, [world.id]);
    const robot = await Operator.withToken(token, undefined, via);
    for (const times of [1, 2]) {
      await robot.at(world.id);
      expect([robot.title, calls.filter((call) => call.startsWith("ONCE")).length]).toEqual([
        "Overview",
        times,
      ]);
    }
  });

  it("of a token that was revoked is over at once", async () => {
    const { token, party } = await operatorClient(["workspaces:read"], [world.id]);
    const robot = await Operator.withToken(token);
    expect((await robot.at(world.id, "/claims")).status).toBe(200);
    await party.revoke(token);
    await robot.at(world.id, "/claims");
    expect(robot.title).toBe("Sign in to the console");
  });
});
