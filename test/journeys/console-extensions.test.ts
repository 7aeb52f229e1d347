/** Scripts, secrets and applications in the console: written, tried, returned to, assigned. */
import { beforeAll, describe, expect, it } from "vitest";
import { must } from "../api.ts";
import { Browser } from "../browser.ts";
import { pass } from "../clock.ts";
import { Operator } from "../console.ts";
import { forms } from "../html.ts";
import { operatorClient } from "../operators.ts";
import { script } from "../scripts.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let operator: Operator;
beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  operator = await Operator.enter();
});

const record = (path: string) => must("GET", `workspaces/${world.id}/${path}`);
const words = () => operator.page.html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");

it("a script begins with a template, is run as it stands in the form, and is saved with its input", async () => {
  await operator.at(world.id, "/scripts/create");
  await operator.click("template-context");
  await operator.submit("run");
  expect(words()).toContain("Dear Ada");
  expect(words()).toMatch(/It ran in \d+ ms\./);
  await operator.submit("save", { id: "dear", input_name: "Ada" });
  expect(operator.said("notice-title")).toEqual(["Created."]);
  expect(await record("scripts/dear")).toMatchObject({
    name: "Change the context",
    on_error: "fail",
    test_inputs: [{ name: "Ada", input: expect.stringContaining("ada@example.com") }],
  });
});

it("each template runs with its own input, which is saved with it; what is missing is said", async () => {
  for (const template of ["empty", "context", "providers"]) {
    await operator.at(world.id, `/scripts/create?template=${template}`);
    expect(operator.page.html).toMatch(new RegExp(`id="template-${template}"[^>]*aria-current="true"`));
    await operator.submit("save", { id: template, name: "" });
    expect(operator.said("field-error")).toEqual(["is missing"]);
    await operator.submit("save", { id: template, name: template });
    expect(words()).toContain("It runs where it is chosen");
    await operator.submit("run");
    expect(words()).toMatch(/It ran in \d+ ms\./);
  }
  await operator.at(world.id, "/scripts/create?template=secret");
  await operator.submit("save", { id: "secret" });
  expect(operator.said("field-error")).toEqual(["names something that is not in secrets"]);
  await operator.click("to-secrets-create");
  expect(operator.title).toContain("secret");
});

it("a run shows the console, and an error with its line", async () => {
  await operator.at(world.id, "/scripts/dear");
  await operator.submit("run", { body: script("console.warn('seen', 1);\nnull.x;") });
  expect(words()).toContain("TypeError in line 2");
  expect(words()).toContain("warn: seen 1");
  await operator.submit("run", { input: "{" });
  expect(operator.said("field-error")).toEqual(["is not JSON"]);
});

it("an earlier version is returned to", async () => {
  await operator.at(world.id, "/scripts/dear");
  const before = (await record("scripts/dear"))["body"];
  await operator.submit("save", { body: script("return {};") });
  expect((await record("scripts/dear"))["body"]).toBe(script("return {};"));
  await operator.click("versions");
  const [, earlier] = [...operator.page.html.matchAll(/id="restore-(\d+)"/g)].map(([, version]) => version);
  expect(words()).toContain("by bootstrap key");
  await operator.submit(
    `restore-${earlier ?? [...operator.page.html.matchAll(/id="restore-(\d+)"/g)][0]![1]!}`,
  );
  expect((await record("scripts/dear"))["body"]).toBe(before);
});

it("somebody else's version is not written over", async () => {
  await operator.at(world.id, "/scripts/dear");
  const [mine, theirs] = [script("return 1;\nreturn 2;"), script("return 3;")];
  await world.patch("scripts/dear", { name: "Theirs", body: theirs });
  await operator.submit("save", { body: mine.replaceAll("\n", "\r\n"), name: "Mine" });
  expect([operator.page.status, operator.title]).toEqual([412, "Somebody else saved in between"]);
  for (const both of [/Mine<.*Theirs</s, /return 2;.*return 3;/s]) expect(operator.page.html).toMatch(both);
  expect(await record("scripts/dear")).toMatchObject({ name: "Theirs", body: theirs });
  await operator.submit("overwrite");
  expect(await record("scripts/dear")).toMatchObject({ name: "Mine", body: mine });
});

it("a secret is written and not shown", async () => {
  await operator.at(world.id, "/secrets/create");
  await operator.submit("save", { id: "KEY", secret: "a-secret-of-scripts" });
  expect(operator.said("notice-title")).toEqual(["Created."]);
  expect(operator.page.html).not.toContain("a-secret-of-scripts");
  expect((await operator.at(world.id, "/secrets/KEY")).html).toContain(
    "One is set. Leave this empty to keep it.",
  );
});

describe.each(["extensions", "mappings"])("on the page %s of a connection a script", (tab) => {
  const at = `/identity-providers/pool/${tab}`;

  it("is assigned, and taken off again", async () => {
    await operator.at(world.id, at);
    await operator.submit("save", { post_authn_ctx_script: "dear" });
    expect(new URL(operator.page.url).pathname).toBe(`/admin/workspaces/${world.id}${at}`);
    expect((await record("connections/pool"))["post_authn_ctx_script"]).toBe("dear");
    await operator.submit("save", { post_authn_ctx_script: "" });
    expect(await record("connections/pool")).not.toHaveProperty("post_authn_ctx_script");
  });

  it("that is gone by now is told of beside what was chosen", async () => {
    await operator.at(world.id, at);
    await operator.submit("save", { post_authn_ctx_script: "gone" });
    expect([operator.page.status, operator.said("field-error")]).toEqual([
      422,
      ["names something that is not in scripts"],
    ]);
    const form = forms(operator.page.html).find(({ buttons }) => buttons.some(({ id }) => id === "save"));
    expect(form?.fields).toContainEqual(["post_authn_ctx_script", "gone"]);
    expect(await record("connections/pool")).not.toHaveProperty("post_authn_ctx_script");
  });

  it("is not assigned over what somebody else saved: both versions are shown", async () => {
    await operator.at(world.id, at);
    await world.patch("connections/pool", { name: `Theirs of ${tab}` });
    await operator.submit("save", { post_authn_ctx_script: "dear" });
    expect([operator.page.status, operator.title]).toEqual([412, "Somebody else saved in between"]);
    expect(words()).toContain("Post Authentication script dear —");
    expect(await record("connections/pool")).not.toHaveProperty("post_authn_ctx_script");
    await operator.submit("overwrite");
    expect(await record("connections/pool")).toMatchObject({
      name: `Theirs of ${tab}`,
      post_authn_ctx_script: "dear",
    });
    await world.patch("connections/pool", { post_authn_ctx_script: null });
  });

  it("is not shown without scripts:read, and not to be changed without connections:write", async () => {
    const seen = async (...scopes: string[]) => {
      const { token } = await operatorClient(["workspaces:read", "connections:read", ...scopes], [world.id]);
      const other = await Operator.withToken(token);
      const { status, html } = await other.at(world.id, at);
      return [status, ...["post_authn_ctx_script", "save", "to-scripts-create"].map(has(html))];
    };
    const has = (html: string) => (name: string) => html.includes(`id="${name}"`);
    expect(await seen("connections:write")).toEqual([200, false, false, false]);
    expect(await seen("scripts:read")).toEqual([200, true, false, false]);
    expect(await seen("scripts:read", "connections:write")).toEqual([200, true, true, false]);
    expect(await seen("scripts:write", "connections:write")).toEqual([200, true, true, true]);
  });
});

it("the script at the foot of the Mappings leaves the mappings and the application as they are", async () => {
  const before = await record("connections/pool");
  await operator.at(world.id, "/identity-providers/pool/mappings");
  await operator.submit("save", { post_authn_ctx_script: "dear" });
  expect(await record("connections/pool")).toEqual({ ...before, post_authn_ctx_script: "dear" });
  await world.patch("connections/pool", { post_authn_ctx_script: null });
});

it("where custom applications are off their page says so, with the way to the switch", async () => {
  await must("PUT", "workspaces/system/features/custom_apps", { enabled: false });
  await operator.at(world.id, "/custom-apps/create");
  await operator.submit("save", { id: "terms", name: "Terms", url: "https://terms.example.com/" });
  expect(words()).toContain(
    "Nothing that you typed is lost: the feature custom_apps is off: switch it on in the workspace system and in this workspace",
  );
  for (const place of ["this workspace", "the deployment"]) {
    await operator.at(world.id, "/custom-apps");
    expect(operator.said("notice-title")).toEqual([`The feature custom_apps is off in ${place}.`]);
    await operator.click("to-features");
    await operator.submit("switch-custom_apps");
  }
  await operator.at(world.id, "/custom-apps");
  expect(operator.said("notice-title")).toEqual([]);
});

it("an application is registered, and its secret is shown once", async () => {
  await operator.at(world.id, "/custom-apps/create");
  await operator.submit("save", { id: "terms", name: "Terms", url: "https://terms.example.com/" });
  expect(operator.said("notice-title")).toEqual(["This is shown once."]);
  expect(operator.page.html).toMatch(/id="client_secret"[^>]*value="[A-Za-z0-9_-]{43}"/);
  await operator.at(world.id, "/custom-apps");
  expect(operator.page.html).toContain(`post-authn.${world.id}.terms`);
});

it("with debug logging one's own sign-in is the input of a run; secrets are blanked, and it ends by itself", async () => {
  const app = await world.client("app");
  await world.put("scripts/dear", {
    name: "Dear",
    body: script(
      "console.log(context.secrets.KEY);\nreturn { authn_ctx: { nickname: context.authn_ctx.given_name, key: context.secrets.KEY } };",
    ),
    secrets: ["KEY"],
  });
  await world.patch("connections/pool", { post_authn_ctx_script: "dear" });
  await app.signIn(new Browser("ada"));
  await operator.at(world.id, "/scripts/dear");
  await operator.click("debug");
  expect(words()).toContain("Nothing was recorded yet.");
  expect(words()).toContain("Scripts Dear Debug");
  await operator.submit("switch");
  await app.signIn(new Browser("ada"));
  await operator.at(world.id, "/scripts/dear/debug");
  expect(words().split("[secret KEY]")).toHaveLength(3);
  expect(operator.page.html).not.toContain("a-secret-of-scripts");
  await operator.click("use-0");
  await operator.submit("run");
  expect(words()).toMatch(/It ran in \d+ ms\./);
  expect(words()).toContain("Ada");
  pass(601);
  await app.signIn(new Browser("bob"));
  const { executions } = (await record("scripts/dear/debug")) as unknown as { executions: object[] };
  expect(executions).toHaveLength(1);
});
