/** Identity provider discovery: the domain of an e-mail address decides which provider a person is sent to. */
import { decodeJwt } from "jose";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { choose } from "../../src/steps/choose.ts";
import { domainOf } from "../../src/config/discovery.ts";
import { api } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { asked } from "../seen.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
let acme: string;

beforeAll(async () => {
  world = await makeWorld({ idp_discovery: { enabled: true } });
  await world.connection("public", { display_order: 1 });
  acme = await world.connection("acme", {
    discovery_settings: { domains: ["acme.example", "acme.test"], instant_redirect: true },
    settings: { send_login_hint: true },
  });
  await world.connection("globex", { discovery_settings: { domains: ["globex.example"] } });
  await world.connection("secret", { hidden: true, discovery_settings: { domains: ["secret.example"] } });
  await world.connection("off", { disabled: true, discovery_settings: { domains: ["off.example"] } });
  app = await world.client("app");
});

let ada: Browser;
beforeEach(() => void (ada = new Browser("ada")));
const doors = () => [...ada.links.keys()].filter((id) => id.startsWith("connection-"));

describe("the chooser", () => {
  it("asks for an address, and offers to everybody what has no domain", async () => {
    await ada.open((await app.begin()).url);
    expect(ada.title).toBe("Sign in");
    expect(doors()).toEqual(["connection-public"]);
    expect(ada.form).toMatchObject({ method: "get", boxes: [] });
  });

  it("a domain with instant redirect leads to its provider at once, which hears the address", async () => {
    const begun = await app.begin({ scope: "openid email" });
    await ada.open(begun.url);
    const answered = await ada.submit("find", { login_hint: "Ada@ACME.example" });
    const { id_token, scope } = await app.finish(answered, begun);
    expect([decodeJwt(id_token!)["idp"], scope]).toEqual(["acme", "openid email"]);
    const [last] = (await asked(acme, "/oauth2/authorize")).slice(-1);
    expect(last!.params.get("login_hint")).toBe("Ada@ACME.example");
  });

  it("without instant redirect it leads to one link, and to another try", async () => {
    const begun = await app.begin();
    await ada.open(begun.url);
    await ada.submit("find", { login_hint: "ada@globex.example" });
    expect([ada.title, doors()]).toEqual(["Choose how to sign in", ["connection-globex"]]);
    await ada.submit("find", { login_hint: "ada@secret.example" });
    expect(doors()).toEqual(["connection-secret"]);
    const { id_token } = await app.finish(await ada.click("connection-secret"), begun);
    expect(decodeJwt(id_token!)["idp"]).toBe("secret");
  });

  it.each(["ada@nobody.example", "ada@sub.acme.example", "ada@off.example"])(
    "%s leads to no provider: it says so and what to do, and keeps what is open to everybody",
    async (login_hint) => {
      await ada.open((await app.begin()).url);
      const page = await ada.submit("find", { login_hint });
      expect(page.status).toBe(200);
      expect(page.html).toContain("We found no way to sign in for this address");
      expect(page.html).toContain("Check it, or choose one of the ways below.");
      expect(doors()).toEqual(["connection-public"]);
    },
  );

  it.each([
    "ada",
    "@acme.example",
    "ada@",
    "ada@localhost",
    "ada@127.0.0.1",
    "ada@a b.example",
    "ada@acme.example/x",
  ])("%j is no whole address", async (login_hint) => {
    await ada.open((await app.begin()).url);
    const page = await ada.submit("find", { login_hint });
    expect(page.html).toContain("This is not a whole e-mail address");
  });

  it("says who can help where nothing is open to everybody", async () => {
    const closed = await makeWorld({ idp_discovery: { enabled: true } });
    await closed.connection("acme", { discovery_settings: { domains: ["acme.example"] } });
    const client = await closed.client("app");
    await ada.open((await client.begin()).url);
    expect(doors()).toEqual([]);
    await ada.submit("find", { login_hint: "ada@nobody.example" });
    expect(ada.page.html).toContain(
      "Check it. If it is right, ask the people who run Client app which address to use.",
    );
  });
});

describe("login_hint of the client", () => {
  it("leads straight to the provider of its domain where that is instant", async () => {
    const { id_token } = await app.signIn(ada, { login_hint: "ada@acme.test" });
    expect(decodeJwt(id_token!)["idp"]).toBe("acme");
  });

  it("is in the form where its domain is nobody's", async () => {
    await ada.open((await app.begin({ login_hint: "ada@nobody.example" })).url);
    expect(ada.form.fields).toContainEqual(["login_hint", "ada@nobody.example"]);
    expect(doors()).toEqual(["connection-public"]);
  });

  it("is weaker than idp_hint", async () => {
    const { id_token } = await app.signIn(ada, { login_hint: "ada@acme.example", idp_hint: "globex" });
    expect(decodeJwt(id_token!)["idp"]).toBe("globex");
  });
});

describe("a workspace without discovery", () => {
  it("offers every visible connection, asks for nothing, and has no such page", async () => {
    const plain = await makeWorld();
    await plain.connection("acme", {
      discovery_settings: { domains: ["acme.example"], instant_redirect: true },
    });
    await plain.connection("public");
    const client = await plain.client("app");
    await ada.open((await client.begin({ login_hint: "ada@acme.example" })).url);
    expect(doors()).toEqual(["connection-acme", "connection-public"]);
    expect(ada.page.html).not.toContain("<form");
    const page = await ada.open(
      `${plain.issuer}/oauth2/authorize/discovery?client_id=app&login_hint=a@acme.example`,
    );
    expect(page.status).toBe(404);
  });
});

describe("a domain", () => {
  const put = (id: string, domains: string[]) =>
    api("PUT", `workspaces/${world.id}/connections/${id}`, {
      name: id,
      method: "cognito",
      settings: { pool_id: "eu-central-1_0abcdefgh", region: "eu-central-1", client_id: "app" },
      discovery_settings: { domains },
    });

  it("belongs to one connection only", async () => {
    const { status, body } = await put("second", ["new.example", "globex.example"]);
    expect([status, body]).toMatchObject([
      422,
      { errors: [{ path: "discovery_settings.domains.1", message: "belongs to the connection globex" }] },
    ]);
  });

  it("may be written again by the connection that has it, and taken over when that one is gone", async () => {
    expect((await put("first", ["moving.example"])).status).toBe(201);
    expect((await put("first", ["moving.example", "more.example"])).status).toBe(200);
    await world.remove("connections/first");
    expect((await put("third", ["moving.example"])).status).toBe(201);
    await world.remove("connections/third");
  });

  it.each([
    "Acme.example",
    "acme",
    "acme.example.",
    "https://acme.example",
    "a@acme.example",
    "büro.example",
    "10.0.0.1",
    "acme.example/x",
    "",
  ])("is not %j", async (domain) => {
    const { status } = await put("bad", [domain]);
    expect(status).toBe(422);
  });
});

it("international names are compared as DNS knows them", () => {
  expect(domainOf("ada@Büro.example")).toBe("xn--bro-hoa.example");
  expect(domainOf("ada@büro.example.")).toBe("xn--bro-hoa.example");
});

it("what comes before the @ decides nothing", () => {
  const connection = {
    id: "acme",
    name: "Acme",
    method: "oidc",
    disabled: false,
    hidden: false,
    display_order: 0,
    not_before: 0,
    discovery: { domains: ["acme.example"], instant_redirect: true },
  };
  for (const person of ["ada", "nobody", '"a@b"', "ada@other.example"])
    expect(choose([connection], true, `${person}@acme.example`)).toEqual({ to: connection });
});
