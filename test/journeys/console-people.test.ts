/** People sign in to the console through `system`: an ordinary client of our own public endpoints. */
import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { must } from "../api.ts";
import { ORIGIN } from "../bindings.ts";
import { pass } from "../clock.ts";
import { Operator } from "../console.ts";
import { makeWorld, random, type World } from "../world.ts";

const group = `admins-${random()}`;
const connection = `staff-${random()}`;
let world: World;

beforeAll(async () => {
  world = await makeWorld();
  await must("PUT", `workspaces/system/connections/${connection}`, {
    name: "Staff",
    method: "cognito",
    settings: { pool_id: `eu-central-1_0${random()}`, region: "eu-central-1", client_id: "app" },
    credentials: { client_secret: "an-upstream-secret" },
  });
  await must("PUT", `workspaces/system/operators/${group}`, {
    role: { attribute: "groups", value: group, connection },
    scopes: ["connections:write", "workspaces:read"],
    workspaces: [world.id],
  });
  pass(11);
});

async function arrive(name: string, groups: readonly string[]): Promise<Operator> {
  const person = new Operator(name);
  person.person.claims = { "cognito:groups": groups };
  await person.open(`${ORIGIN}/admin/workspaces/${world.id}/identity-providers`);
  await person.click("people");
  if (person.title === "Choose how to sign in") await person.click(`connection-${connection}`);
  return person;
}

describe("somebody with the role", { timeout: 30_000 }, () => {
  it("comes back to the page that was asked for, and may do what the role says", async () => {
    const ada = await arrive("ada", [group]);
    expect(ada.page.url.pathname).toBe(`/admin/workspaces/${world.id}/identity-providers`);
    expect([ada.title, ada.links.has("create"), ada.links.has("to-keys")]).toEqual([
      "Identity Providers",
      true,
      false,
    ]);
  });

  it("has a cookie that only this site sends, and that holds no token to be read", async () => {
    const ada = await arrive("ada", [group]);
    expect(ada.jar.dropped).toEqual([]);
    expect(ada.jar.names()).not.toContain("__Host-system-console-p");
    expect(ada.jar.value("__Host-system-console")).toMatch(/^k1\.0\.[\w-]+$/);
    const crossSite = ada.jar.header({ to: new URL(`${ORIGIN}/admin`), crossSite: true, navigation: true });
    expect(crossSite).not.toContain("__Host-system-console=");
  });

  it("stays signed in over the life of an access token, until the working day is over", async () => {
    const ada = await arrive("ada", [group]);
    pass(3_700);
    await ada.at(world.id, "/identity-providers");
    expect(ada.title).toBe("Identity Providers");
    pass(12 * 3_600);
    await ada.at(world.id, "/identity-providers");
    expect(ada.title).toBe("Sign in to the console");
  });

  it("who signs out leaves no grant behind", async () => {
    const ada = await arrive("ada", [group]);
    const before = ada.jar.value("__Host-system-console")!;
    await ada.submit("sign-out");
    expect([ada.title, ada.jar.names().includes("__Host-system-console")]).toEqual([
      "You are signed out",
      false,
    ]);
    ada.jar.set("__Host-system-console", before);
    await ada.at(world.id, "/identity-providers");
    expect(ada.title).toBe("Sign in to the console");
  });
});

it("somebody without the role is nobody", async () => {
  const bob = await arrive("bob", ["others"]);
  expect(bob.title).toBe("Sign in to the console");
});

describe("the answer", () => {
  it("that comes after more than ten minutes signs nobody in", async () => {
    const begun = await exports.default.fetch(`${ORIGIN}/admin/sign-in/people`, { redirect: "manual" });
    const [cookie = ""] = begun.headers.getSetCookie()[0]!.split(";");
    pass(601);
    const url = `${ORIGIN}/admin/callback?code=late&state=late&iss=${encodeURIComponent(`${ORIGIN}/system`)}`;
    const answer = await exports.default.fetch(url, { headers: { cookie } });
    expect([answer.status, await answer.text()]).toEqual([
      403,
      expect.stringContaining("The sign-in took too long, or began in another browser."),
    ]);
  });

  it("that nobody waits for signs nobody in", async () => {
    const stranger = new Operator("eve");
    await stranger.open(`${ORIGIN}/admin/callback?code=stolen&state=made-up&iss=${ORIGIN}/system`);
    expect([stranger.page.status, stranger.said("notice-title")]).toEqual([403, ["You were not signed in."]]);
    expect(stranger.jar.names()).toEqual([]);
  });

  it("for another sign-in signs nobody in", async () => {
    const begun = await exports.default.fetch(`${ORIGIN}/admin/sign-in/people`, { redirect: "manual" });
    const [pending = ""] = begun.headers.getSetCookie();
    expect(pending).toMatch(
      /^__Host-system-console-p=.*; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const url = `${ORIGIN}/admin/callback?code=stolen&state=another&iss=${encodeURIComponent(`${ORIGIN}/system`)}`;
    const answer = await exports.default.fetch(url, { headers: { cookie: pending.split(";")[0]! } });
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie().join()).not.toMatch(/__Host-system-console=[^;]/);
  });
});
