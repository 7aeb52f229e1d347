/** What an operator does with a workspace as a whole: how it looks, what is on in it, its events, its backup, its end. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { subjectObject } from "../../src/store/shards.ts";
import { api, must } from "../api.ts";
import { ORIGIN } from "../bindings.ts";
import { Browser } from "../browser.ts";
import { pass } from "../clock.ts";
import { Operator } from "../console.ts";
import { operatorClient } from "../operators.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let operator: Operator;

beforeAll(async () => {
  world = await makeWorld();
  operator = await Operator.enter();
});

const settings = () => must("GET", `workspaces/${world.id}`);
const SAVED = ["Saved. It holds everywhere within ten seconds."];
const breaks = () =>
  [...operator.page.html.matchAll(/<li><span>(.*?)<\/span><\/li>/gs)].map(([, text = ""]) => text);

describe("Appearance", () => {
  it("writes colours and words, and leaves the rest of the settings as it is", async () => {
    const before = await settings();
    await operator.at(world.id, "/settings");
    await operator.click("tab-appearance");
    await operator.submit("save", {
      "theme.light.accent": "#7a1f5c",
      "theme.texts.de.welcome": "Willkommen.",
    });
    expect(operator.said("notice-title")).toEqual(SAVED);
    expect(await settings()).toEqual({
      ...before,
      theme: { light: { accent: "#7a1f5c" }, texts: { de: { welcome: "Willkommen." } } },
    });
    expect(operator.page.html).toContain('<rect width="100" height="12" fill="#7a1f5c">');
    await operator.submit("save", { "theme.light.accent": "", "theme.texts.de.welcome": "" });
    expect(await settings()).toEqual(before);
  });

  it("a colour with which a text could not be read is refused at its field", async () => {
    await operator.at(world.id, "/settings/appearance");
    await operator.submit("save", { "theme.light.accent": "#ffff00" });
    expect([operator.page.status, operator.said("field-error")]).toEqual([
      422,
      [expect.stringMatching(/^text has a contrast of 1\.\d in the light scheme, and 4\.5 is needed$/)],
    ]);
  });

  it("of what is no colour nothing is painted", async () => {
    await operator.at(world.id, "/settings/appearance");
    const { html } = await operator.submit("save", { "theme.dark.glow": "red" });
    expect([operator.page.status, operator.said("field-error")]).toEqual([
      422,
      ["must be # and six of 0-9 and a-f"],
    ]);
    expect(html).not.toContain("<rect");
  });
});

it("a domain of its own is refused at its field to who is not an operator of all workspaces", async () => {
  const { token } = await operatorClient(["workspaces:write"], [world.id]);
  const other = await Operator.withToken(token);
  await other.at(world.id, "/settings");
  await other.submit("save", { origin: "https://login.acme.example" });
  expect([other.page.status, other.said("field-error")]).toEqual([
    422,
    ["a domain is given and taken by operators of all workspaces"],
  ]);
});

describe("Features", () => {
  const isOn = async () => (await api("GET", `workspaces/${world.id}/features/custom_apps`)).body["enabled"];

  const states = () => operator.said("pill(?: good| warn)?");

  it("are switched on and off, and are said to be off where the deployment has them off", async () => {
    await must("PUT", "workspaces/system/features/custom_apps", { enabled: false });
    await operator.at(world.id, "/settings/features");
    expect(states()).toEqual(["off"]);
    await operator.submit("switch-custom_apps");
    expect([operator.said("notice-title"), await isOn(), states()]).toEqual([
      SAVED,
      true,
      ["on here, off in system"],
    ]);
    await must("PUT", "workspaces/system/features/custom_apps", { enabled: true });
    await operator.at(world.id, "/settings/features");
    expect(states()).toEqual(["on"]);
    await operator.submit("switch-custom_apps");
    expect([operator.said("notice-title"), await isOn(), states()]).toEqual([SAVED, false, ["off"]]);
  });

  it("that there is none of is not switched", async () => {
    const body = (fields: Record<string, string>) => new URLSearchParams(fields);
    for (const fields of [
      { flag: "../scopes/openid", enabled: "on" },
      { flag: "custom_apps", enabled: "yes" },
      {},
    ]) {
      const url = `${ORIGIN}/admin/workspaces/${world.id}/settings/features`;
      const answer = await operator.open(url, {
        method: "POST",
        body: body(fields as Record<string, string>),
        from: ORIGIN,
      });
      expect([answer.status, operator.said("notice-title")]).toEqual([422, ["There is no such feature."]]);
    }
    expect(await isOn()).toBe(false);
  });
});

describe("Events", () => {
  it("the first address has a secret, shown once; without an address nothing is sent", async () => {
    await operator.at(world.id, "/settings/events");
    const page = await operator.submit("save", { "audit_webhook.url": "https://siem.example.com/in" });
    expect(operator.title).toBe("The secret of the address");
    expect(page.html).toMatch(/id="client_secret" name="client_secret" value="[\w-]{43}"/);
    await operator.click("go-on");
    expect(operator.page.html).toContain("One is set. Leave this empty to keep it.");
    await operator.submit("save", {});
    expect(operator.said("notice-title")).toEqual(SAVED);
    expect((await settings())["audit_webhook"]).toEqual({ url: "https://siem.example.com/in" });
    await operator.submit("save", { "audit_webhook.url": "", audit_webhook_secret: "" });
    expect(await settings()).not.toHaveProperty("audit_webhook");
  });

  it("a secret that is too short is refused at its field", async () => {
    await operator.at(world.id, "/settings/events");
    await operator.submit("save", {
      "audit_webhook.url": "https://siem.example.com/in",
      audit_webhook_secret: "short",
    });
    expect([operator.page.status, operator.said("field-error")]).toEqual([
      422,
      ["must have at least 32 random characters"],
    ]);
  });
});

it("values are recorded for an hour, or a day, until it is stopped; what is no span of ours stops it", async () => {
  await operator.at(world.id, "/settings/recording");
  const until = async () => Number((await settings())["lineage_values_until"]);
  const now = Math.floor(Date.now() / 1_000);
  await operator.submit("record-hour");
  expect(Math.abs((await until()) - now - 3_600)).toBeLessThan(60);
  await operator.submit("stop");
  expect(await until()).toBe(0);
  await operator.submit("record-day");
  expect(Math.abs((await until()) - now - 86_400)).toBeLessThan(60);
  const url = `${ORIGIN}/admin/workspaces/${world.id}/settings/recording`;
  for (const span of ["constructor", "1000000"]) {
    await must("PATCH", `workspaces/${world.id}`, { lineage_values_until: now + 600 });
    await operator.open(url, { method: "POST", body: new URLSearchParams({ span }), from: ORIGIN });
    expect([span, await until()]).toEqual([span, 0]);
  }
});

it("a sign-in is shown as it ran, with what the app did not get and why", async () => {
  await world.connection("pool");
  const app = await world.client("app");
  const { id_token } = await app.signIn(new Browser("ada"), { scope: "openid" });
  const { sub, sid } = decodeJwt(id_token!);
  // Listed once their object has told the directory.
  await runDurableObjectAlarm(env.SUBJECT.getByName(subjectObject(world.id, sub!)));
  await operator.at(world.id, `/people/${sub}`);
  await operator.click(`row-sign-in-${String(sid)}`);
  expect(operator.title).toBe("How a sign-in ran");
  expect(operator.page.html).toMatch(
    /email<\/code><\/bdi><\/th><td[^>]*>ID token<\/td><td[^>]*>the application did not ask for it/,
  );
  expect((await operator.at(world.id, `/people/${sub}/sign-ins/unknown`)).status).toBe(404);
});

describe("Sign everybody out", () => {
  it("of a connection ends what rests on it", async () => {
    await operator.at(world.id, "/identity-providers/pool");
    await operator.click("end");
    await operator.submit("confirm", { name: "Pool pool" });
    const { name, not_before } = await must("GET", `workspaces/${world.id}/connections/pool`);
    expect(breaks()[0]).toContain(`sessions that rest on ${String(name)} end`);
    expect(not_before).toBe(0);
    await operator.submit("confirm", { name: String(name) });
    const after = await must("GET", `workspaces/${world.id}/connections/pool`);
    expect(Number(after["not_before"])).toBeGreaterThan(Date.now() / 1_000);
  });

  it("of a workspace ends every session and token", async () => {
    pass(11);
    const app = await world.client("again");
    const { access_token } = await app.signIn(new Browser("ada"));
    await operator.at(world.id, "/settings");
    await operator.click("end");
    await operator.submit("confirm", { name: "demo" });
    expect([operator.page.status, (await settings())["not_before"]]).toEqual([422, 0]);
    await operator.submit("confirm", { name: world.id });
    pass(11);
    await expect(app.userinfo(access_token)).rejects.toThrow();
  });
});

describe("Backup", () => {
  it("is made by a button, and goes into a workspace that nobody has signed in to", async () => {
    const fresh = await makeWorld();
    await operator.at(fresh.id, "/settings/backup");
    await operator.submit("show");
    const [, made = ""] = /<textarea id="made"[^>]*>(.*?)<\/textarea>/s.exec(operator.page.html) ?? [];
    const backup = made.replaceAll("&quot;", '"');
    expect(JSON.parse(backup)).toMatchObject({ version: 1, workspace: fresh.id });
    await operator.submit("restore", { backup });
    expect(operator.said("notice-title")).toEqual(SAVED);
    await operator.submit("restore", {
      backup: JSON.stringify({ ...JSON.parse(backup), workspace: "another" }),
    });
    expect(operator.said("field-error")).toEqual([
      "workspace is another workspace; a backup fits its own only",
    ]);
    await operator.submit("restore", { backup: "[]" });
    expect(operator.said("field-error")).toEqual(["is not the JSON of a backup"]);
  });

  it("does not go into one that people have signed in to", async () => {
    const { body } = await api("GET", `workspaces/${world.id}/backup`);
    await operator.at(world.id, "/settings/backup");
    await operator.submit("restore", { backup: JSON.stringify(body) });
    expect([operator.page.status, operator.said("field-error")]).toEqual([
      422,
      ["the workspace is in use; a backup goes into a workspace without people"],
    ]);
  });
});

it("what is kept secret is sealed anew by a button", async () => {
  await operator.at(world.id, "/keys");
  await operator.click("reseal");
  await operator.submit("seal");
  expect(operator.said("notice-title")).toEqual(["Everything is sealed under the key k1."]);
});

it("where a workspace is kept is chosen when it is made, and where that cannot be had it is said at the field", async () => {
  const id = `eu-${world.id}`;
  await operator.open(`${ORIGIN}/admin`);
  await operator.submit("save", { id, name: "Europe", jurisdiction: "eu" });
  expect([operator.page.status, operator.said("field-error")]).toEqual([
    422,
    ["is not to be had where this deployment runs"],
  ]);
  expect((await api("GET", `workspaces/${id}`)).status).toBe(404);
});

describe("Delete workspace", () => {
  it("counts what is lost, wants its id, and then it is gone for good", async () => {
    await operator.at(world.id, "/settings");
    await operator.click("delete");
    expect(breaks()).toEqual([
      `Nobody can sign in at ${ORIGIN}/${world.id} any more, and nothing that it issued is accepted.`,
      "2 applications and 1 identity provider are gone, with scopes, claims, scripts, secrets and the signing keys.",
      "1 person is forgotten, with their sessions, consents and linked accounts. The audit log goes, too.",
      "It cannot be undone: the id is not given again, and no backup brings these people back as the same.",
    ]);
    await operator.submit("confirm", { name: "system" });
    expect((await api("GET", `workspaces/${world.id}`)).status).toBe(200);
    await operator.submit("confirm", { name: world.id });
    expect([operator.page.url.pathname, operator.said("notice-title")]).toEqual([
      "/admin",
      ["The workspace is deleted. What it kept of people is gone within two hours."],
    ]);
    pass(11);
    expect((await api("GET", `workspaces/${world.id}`)).status).toBe(404);
  });

  it("system is never deleted, and nothing offers it", async () => {
    const page = await operator.at("system", "/settings");
    expect(page.html).not.toContain("/settings/delete");
    await operator.at("system", "/settings/delete");
    expect([operator.page.status, operator.page.html]).toEqual([
      409,
      expect.stringContaining("The workspace system is the deployment&#39;s own") as string,
    ]);
  });
});
