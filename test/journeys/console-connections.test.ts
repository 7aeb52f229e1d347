/** Identity Providers > Create Connection > template > Next > form > Save, and Configuration with its Advanced settings. */
import { beforeAll, expect, it } from "vitest";
import { must } from "../api.ts";
import { ORIGIN } from "../bindings.ts";
import { Operator } from "../console.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let operator: Operator;
beforeAll(async () => {
  world = await makeWorld();
  operator = await Operator.enter();
});

/** RFC 8176 §2. */
const METHODS = "face fpt geo hwk iris kba mca mfa otp pin pwd rba retina sc sms swk tel user vbm wia".split(
  " ",
);
const value = (name: string) => new Map(operator.form.fields).get(name);
const stored = (id: string) => must("GET", `workspaces/${world.id}/connections/${id}`);

it(
  "a Cognito connection has its id and redirect URL before the first save, and both survive a failed one",
  { timeout: 30_000 },
  async () => {
    await operator.at(world.id, "/identity-providers");
    await operator.click("create");
    await operator.open(`${operator.page.url.href}?template=cognito`);
    const [id, redirectUrl] = [value("id")!, value("redirect_url")!];
    expect(id).toMatch(/^cognito-[a-z0-9]{1,5}$/);
    expect(redirectUrl).toBe(`${ORIGIN}/${world.id}/callback/${id}`);
    const typed = {
      name: "Customers",
      "settings.pool_id": "eu-west-1_Abc",
      "settings.region": "eu-central-1",
      "settings.client_id": "an-app-client",
      "credentials.client_secret": "a-secret-of-the-app-client",
      "config.enable_stateful_ctx": "on",
      "config.stateful_ctx_duration": "7200",
    };
    await operator.submit("save", typed);
    expect([operator.page.status, operator.said("field-error")]).toEqual([
      422,
      ["a pool id begins with its region"],
    ]);
    expect([value("id"), value("redirect_url")]).toEqual([id, redirectUrl]);
    for (const [name, text] of Object.entries(typed)) expect(value(name), name).toBe(text);

    await operator.submit("save", { "settings.pool_id": "eu-central-1_Abc" });
    expect([operator.title, operator.said("notice-title")]).toEqual(["Customers", ["Created."]]);
    expect(await stored(id)).toMatchObject({
      method: "cognito",
      settings: { pool_id: "eu-central-1_Abc", scopes: ["openid", "email", "profile"] },
      credentials_set: ["client_secret"],
      config: { enable_stateful_ctx: true, stateful_ctx_duration: 7_200 },
      redirect_url: redirectUrl,
    });
  },
);

it("the id can be another one, and the redirect URL follows it", { timeout: 30_000 }, async () => {
  await operator.at(world.id, "/identity-providers/create/oidc");
  await operator.submit("rename", { id: "partners", name: "Partners" });
  expect(value("redirect_url")).toBe(`${ORIGIN}/${world.id}/callback/partners`);
  expect(value("name")).toBe("Partners");
});

it(
  "a question of a template takes the place of the setting that it answers, and is told what is wrong with it",
  { timeout: 30_000 },
  async () => {
    await operator.at(world.id, "/identity-providers/create/entra-id?id=staff");
    expect(operator.page.html).not.toContain('id="settings.issuer_url"');
    const typed = {
      name: "Staff",
      "ask.tenant": "",
      "settings.client_id": "app",
      "credentials.client_secret": "s3cret",
    };
    await operator.submit("save", typed);
    expect(operator.page.html).toMatch(/id="ask\.tenant"[^>]*aria-invalid="true"/);
    const tenant = "0f0f0f0f-1111-4222-8333-444444444444";
    await operator.submit("save", { "ask.tenant": tenant });
    const { settings, attributes } = await stored("staff");
    expect(settings).toMatchObject({
      issuer_url: `https://login.microsoftonline.com/${tenant}/v2.0`,
      tenants: [],
    });
    expect(JSON.stringify(attributes)).toContain('"oid"');
  },
);

it(
  "Advanced settings write the authentication method and whether user info is got; a secret that is left empty stays",
  { timeout: 30_000 },
  async () => {
    await world.connection("pool");
    await operator.at(world.id, "/identity-providers/pool");
    expect(operator.page.html).toContain("<summary>Advanced settings</summary>");
    const [, options = ""] =
      /<select[^>]*name="static_amr"[^>]*>(.*?)<\/select>/s.exec(operator.page.html) ?? [];
    const offered = [...options.matchAll(/value="([a-z]+)"/g)].map(([, one]) => one);
    expect(offered).toEqual(expect.arrayContaining(METHODS));
    await operator.submit("save", { static_amr: "mfa", "settings.get_user_info": "on" });
    expect(await stored("pool")).toMatchObject({
      static_amr: ["mfa"],
      settings: { get_user_info: true },
      credentials_set: ["client_secret"],
    });
    await operator.submit("save", { static_amr: "", "settings.get_user_info": [] });
    expect(await stored("pool")).toMatchObject({ static_amr: [], settings: { get_user_info: false } });
  },
);

it("who saved second sees both versions", { timeout: 30_000 }, async () => {
  await operator.at(world.id, "/identity-providers/pool");
  await world.patch("connections/pool", { name: "Theirs" });
  await operator.submit("save", { name: "Mine" });
  expect(operator.page.status).toBe(412);
  expect(operator.page.html).toMatch(/Mine<\/bdi>.*Theirs<\/bdi>/s);
  expect(await stored("pool")).toMatchObject({ name: "Theirs" });
  await operator.submit("overwrite");
  expect(await stored("pool")).toMatchObject({ name: "Mine", credentials_set: ["client_secret"] });
});

it("a connection is deleted by whoever types its name", { timeout: 30_000 }, async () => {
  await operator.at(world.id, "/identity-providers/pool");
  await operator.click("delete");
  expect(operator.page.html).toContain("0 people have done so");
  await operator.submit("confirm", { name: "pool" });
  expect(operator.page.status).toBe(422);
  await operator.submit("confirm", { name: "Mine" });
  expect(operator.said("notice-title")).toEqual(["Deleted."]);
  await expect(stored("pool")).rejects.toThrow("404");
});

it("a SAML connection shows its Assertion Consumer Service URL; a private key is typed with its lines", async () => {
  await operator.at(world.id, "/identity-providers/create/saml?id=partner");
  expect(value("redirect_url")).toBe(`${ORIGIN}/${world.id}/saml/partner/acs`);
  await operator.at(world.id, "/identity-providers/create/oidc?id=signed");
  const key = "-----BEGIN PRIVATE KEY-----\nline\n-----END PRIVATE KEY-----";
  await operator.submit("save", { "credentials.private_key": key });
  expect([operator.page.status, value("credentials.private_key")]).toEqual([422, key]);
}, 30_000);

it("a SAML connection with metadata is saved: lists that it must not have are left out when they are empty", async () => {
  const pem = (body: string) => `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`;
  await must("PUT", `workspaces/${world.id}/connections/keys`, {
    name: "Two keys",
    method: "saml",
    settings: { metadata_xml: "<EntityDescriptor/>" },
    credentials: { signing_key: pem("AAAA"), decryption_key: pem("BBBB") },
  });
  await operator.at(world.id, "/identity-providers/keys");
  await operator.submit("save", { "credentials.signing_key": pem("CCCC"), name: "Three keys" });
  expect(operator.said("notice-title")).toEqual(["Saved. It holds everywhere within ten seconds."]);
  expect(await stored("keys")).toMatchObject({
    name: "Three keys",
    credentials_set: ["signing_key", "decryption_key"],
  });
});
