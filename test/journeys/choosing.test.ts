/** Which provider a person is sent to: the only one, the one that they choose, or the one that the client names. */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { must } from "../api.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { facts } from "../html.ts";
import { get, told } from "../raw.ts";
import { asked } from "../seen.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;
let pools: Record<string, string>;

beforeAll(async () => {
  world = await makeWorld();
  pools = {
    staff: await world.connection("staff", { display_order: 2, settings: { send_login_hint: true } }),
    customers: await world.connection("customers", { display_order: 1 }),
    secret: await world.connection("secret", { hidden: true }),
    off: await world.connection("off", { disabled: true }),
  };
  app = await world.client("app");
});

it("several connections show the chooser: links, in the operator's order, without hidden and disabled ones", async () => {
  const ada = new Browser("ada");
  const { url } = await app.begin();
  const page = await ada.open(url);
  expect(page.status).toBe(200);
  expect(ada.title).toBe("Choose how to sign in");
  expect([...ada.links.keys()].filter((id) => id.startsWith("connection-"))).toEqual([
    "connection-customers",
    "connection-staff",
  ]);
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(ada.jar.names()).toEqual([]);
});

it("the choice is a link that carries the whole request on", async () => {
  const ada = new Browser("ada");
  const begun = await app.begin({ scope: "openid email" });
  await ada.open(begun.url);
  const { id_token, scope } = await app.finish(await ada.click("connection-staff"), begun);
  expect(decodeJwt(id_token!)).toMatchObject({ idp: "staff" });
  expect(scope).toBe("openid email");
});

describe("giving up at the chooser", () => {
  it.each(["query", "fragment", "form_post"])("tells the app access_denied, by %s", async (response_mode) => {
    const bob = new Browser("bob");
    const { url, state } = await app.begin({ response_mode });
    await bob.open(url);
    const left = await bob.click("cancel");
    const page = response_mode === "form_post" ? await bob.submit("continue") : left;
    const answer = response_mode === "fragment" ? new URLSearchParams(page.url.hash.slice(1)) : told(page);
    expect(Object.fromEntries(new URLSearchParams(answer))).toEqual({
      error: "access_denied",
      error_description: "the person did not want to sign in",
      state,
      iss: world.issuer,
    });
    expect(bob.jar.names()).toEqual([]);
  });

  it("is in the audit log", async () => {
    const client = await world.client("gives-up");
    const bob = new Browser("bob");
    await bob.open((await client.begin()).url);
    await bob.click("cancel");
    const { items } = await must(
      "GET",
      `workspaces/${world.id}/audit-events?type=refused&client_id=${client.client.client_id}`,
    );
    expect(items).toMatchObject([
      { where: "authorize", error: "access_denied", reason: "the person did not want to sign in" },
    ]);
  });

  it.each<[string, Record<string, string>, string]>([
    ["an address that is not registered", { redirect_uri: "https://evil.example/" }, "wrong_redirect"],
    ["no address", { redirect_uri: "" }, "wrong_redirect"],
    ["an app that is not registered", { client_id: "nobody" }, "unknown_client"],
  ])("leads nowhere for %s", async (_, changed, code) => {
    const { url } = await app.begin();
    url.pathname += "/cancel";
    for (const [name, value] of Object.entries(changed))
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    const answer = await get(url);
    expect([answer.status, answer.headers.get("location"), facts(answer.text)["Code"]]).toEqual([
      400,
      null,
      code,
    ]);
  });
});

it("idp_hint skips the chooser, for a hidden connection too", async () => {
  for (const idp of ["customers", "secret"]) {
    const { id_token } = await app.signIn(new Browser("ada"), { idp_hint: idp });
    expect(decodeJwt(id_token!)).toMatchObject({ idp });
  }
});

it.each([
  ["off", "that is disabled"],
  ["nonsense", "that does not exist"],
])("idp_hint %s names a connection %s and is refused", async (idp_hint) => {
  const { url, state } = await app.begin({ idp_hint });
  expect(told(await new Browser("ada").open(url))).toEqual({
    error: "invalid_request",
    error_description: "idp_hint names no connection that can be used",
    state,
    iss: world.issuer,
  });
});

it("the same person at two connections is two persons (design §5.1)", async () => {
  const sub = async (idp_hint: string) => {
    const { id_token } = await app.signIn(new Browser("ada"), { idp_hint });
    return decodeJwt(id_token!).sub;
  };
  expect(await sub("staff")).not.toBe(await sub("customers"));
});

it("prompt=select_account shows the chooser again and is passed on", async () => {
  const ada = new Browser("ada");
  await app.signIn(ada, { idp_hint: "staff" });
  const { url } = await app.begin({ prompt: "select_account" });
  await ada.open(url);
  expect(ada.title).toBe("Choose how to sign in");
  await ada.click("connection-staff");
  const [last] = (await asked(pools["staff"]!, "/oauth2/authorize")).slice(-1);
  expect(last!.params.get("prompt")).toBe("select_account");
});

it("login_hint is passed on by connections that say so, and by no other", async () => {
  for (const [idp_hint, sent] of [
    ["staff", "ada@example.com"],
    ["customers", null],
  ] as const) {
    await app.signIn(new Browser("ada"), { idp_hint, login_hint: "ada@example.com" });
    const [last] = (await asked(pools[idp_hint]!, "/oauth2/authorize")).slice(-1);
    expect(last!.params.get("login_hint")).toBe(sent);
  }
});

it("a workspace without a way to sign in has a page that says so", async () => {
  const empty = await makeWorld();
  await empty.connection("hidden", { hidden: true });
  const client = await empty.client("app");
  const ada = new Browser("ada");
  const { url } = await client.begin();
  const page = await ada.open(url);
  expect(page.url.origin + page.url.pathname).toBe(`${empty.issuer}/oauth2/authorize`);
  expect(ada.title).toBe("No way to sign in yet");
  expect(page.headers.get("cache-control")).toBe("no-store");
});
