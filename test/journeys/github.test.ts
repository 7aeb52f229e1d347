/** GitHub by its template: OAuth 2.0 with a user API, in place of an ID token. */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { githubTemplate } from "../../src/connectors/templates/github.ts";
import { presetOf } from "../../src/connectors/templates/preset.ts";
import { Browser } from "../browser.ts";
import type { RelyingParty } from "../client.ts";
import { intercept } from "../intercept.ts";
import { told } from "../raw.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  app = await world.client("app");
  await connect("github", "app");
});

async function connect(id: string, client_id: string, settings: object = {}) {
  const { method, attributes, mappings } = githubTemplate;
  await world.put(`connections/${id}`, {
    name: "GitHub",
    method,
    template: "github",
    settings: { ...presetOf(githubTemplate, {}), client_id, ...settings },
    credentials: { client_secret: "an-upstream-secret" },
    attributes,
    mappings,
  });
}

async function claims(person: string) {
  const params = { idp_hint: "github", scope: "openid profile email" };
  const { access_token } = await app.signIn(new Browser(person), params);
  return app.userinfo(access_token);
}

it("its user API says who the person is, with the primary address and whether it is verified", async () => {
  expect(await claims("ada")).toMatchObject({
    name: "ada of GitHub",
    preferred_username: "ada",
    email: "ada@example.com",
    email_verified: true,
  });
  expect(await claims("eve")).toMatchObject({ email: "eve@example.com", email_verified: false });
});

it("the number of the account is the person, whatever they call themselves", async () => {
  expect((await claims("ada")).sub).toBe((await claims("eve")).sub);
  expect((await claims("ada")).sub).not.toBe((await claims("zoey")).sub);
});

it("another provider's API without addresses of its own says who they are by whatever never changes", async () => {
  await connect("plain", "app", { emails_endpoint: undefined, subject: "login" });
  const { id_token = "", access_token } = await app.signIn(new Browser("ada"), {
    idp_hint: "plain",
    scope: "openid profile email",
  });
  expect(decodeJwt(id_token)["idp_sub"]).toBe("ada");
  const said = await app.userinfo(access_token);
  expect(said).toMatchObject({ name: "ada of GitHub" });
  expect(said).not.toHaveProperty("email");
});

describe("is refused:", () => {
  async function arrive(idp_hint: string) {
    const begun = await app.begin({ idp_hint });
    return told(await new Browser("ada").open(begun.url));
  }

  it.each<[string, string]>([
    ["a user without id", "app.no-sub"],
    ["an id too large to be exact", "app.huge-sub"],
  ])("%s", async (_, client_id) => {
    await connect("bad", client_id);
    expect(await arrive("bad")).toMatchObject({
      error: "access_denied",
      error_description: "the identity provider's answer was not accepted",
    });
  });

  it("a subject that is empty", async () => {
    await connect("empty", "app", { subject: "company" });
    expect(await arrive("empty")).toMatchObject({
      error: "access_denied",
      error_description: "the identity provider's answer was not accepted",
    });
  });

  it("an answer that is a list", async () => {
    await connect("list", "app.userinfo-other-sub");
    expect(await arrive("list")).toMatchObject({
      error: "server_error",
      error_description: "the identity provider's answer could not be read",
    });
  });

  it.each<[string, string, string]>([
    ["null", "app.userinfo-null", "the identity provider's answer could not be read"],
    ["an error", "app.userinfo-500", "the identity provider refused the request"],
  ])("a user API that answers with %s", async (_, client_id, error_description) => {
    await connect("odd", client_id);
    expect(await arrive("odd")).toMatchObject({ error: "server_error", error_description });
  });

  it("a wrong code, which GitHub says with status 200", async () => {
    const browser = new Browser("ada");
    const callback = await intercept(browser, (await app.begin({ idp_hint: "github" })).url);
    callback.searchParams.set("code", "made-up");
    expect(told(await browser.open(callback))).toMatchObject({
      error: "server_error",
      error_description: "the identity provider refused the request",
    });
  });

  it.each<Record<string, string>>([{ prompt: "login" }, { max_age: "0" }, { max_age: "60" }])(
    "a request for a fresh sign-in, which OAuth 2.0 cannot prove: %o",
    async (asked) => {
      const begun = await app.begin({ idp_hint: "github", ...asked });
      expect(told(await new Browser("ada").open(begun.url))).toMatchObject({
        error: "login_required",
        error_description: "this way to sign in cannot authenticate the person anew",
      });
    },
  );
});
