/** A workspace with a domain of its own: that is its issuer, and it answers nowhere else (design §1). */
import { env, exports } from "cloudflare:workers";
import { decodeJwt, exportJWK, generateKeyPair } from "jose";
import * as oauth from "oauth4webapi";
import { beforeAll, describe, expect, it } from "vitest";
import { api, must, problem } from "../api.ts";
import { ORIGIN } from "../bindings.ts";
import { Browser, OWN } from "../browser.ts";
import { relyingParty, type RelyingParty } from "../client.ts";
import { pass } from "../clock.ts";
import { operatorClient } from "../operators.ts";
import { get, post } from "../raw.ts";
import { BY_TEST } from "../terms.ts";
import { APP, makeWorld, random, SECRET, type World } from "../world.ts";

const origin = `https://login-${random()}${OWN}`;
let world: World;
let app: RelyingParty;

beforeAll(async () => {
  world = await makeWorld();
  await world.connection("pool");
  await world.client("app", { trusted: false });
  await world.settings({ origin });
  app = await relyingParty(origin, { client_id: "app" }, oauth.ClientSecretBasic(SECRET), APP);
});

it("a person signs in there, agrees, and every address on the way and in the tokens is of it", async () => {
  const browser = new Browser("ada");
  const begun = await app.begin({ scope: "openid email offline_access" });
  await browser.open(begun.url);
  expect(browser.page.url.origin).toBe(origin);
  const tokens = await app.finish(await browser.submit("allow"), begun);
  const { iss, aud, sub } = decodeJwt(tokens.access_token);
  expect([iss, aud]).toEqual([origin, origin]);
  expect(await app.userinfo(tokens.access_token, sub)).toMatchObject({ idp: "pool" });
  expect(await app.introspect(tokens.access_token)).toMatchObject({ active: true, iss: origin });
  expect((await app.refresh(tokens.refresh_token!)).access_token).toBeDefined();
  for (const name of browser.jar.names()) expect(name.startsWith(`__Host-${world.id}-`)).toBe(true);
});

it("discovery, key set and RFC 8414 metadata are those of an issuer without a path", async () => {
  const { json } = await get(`${origin}/.well-known/openid-configuration`);
  const addresses = Object.values(json!).filter((value) => String(value).startsWith("http"));
  expect(addresses.length).toBeGreaterThan(7);
  for (const address of addresses) expect(new URL(String(address)).origin).toBe(origin);
  expect((await get(`${origin}/.well-known/oauth-authorization-server`)).json).toEqual(json);
  expect((await get(String(json!["jwks_uri"]))).json!["keys"]).toHaveLength(3);
});

it("its pages have their style, the portal is at its root, and it answers over https only", async () => {
  const page = await get(`${origin}/`);
  expect(page.status).toBe(200);
  expect(page.headers.get("strict-transport-security")).toBe("max-age=31536000");
  const [, style = ""] = /href="(\/assets\/[^"]+)"/.exec(page.text) ?? [];
  expect((await get(`${origin}${style}`)).headers.get("content-type")).toBe("text/css; charset=utf-8");
});

it("a client's assertion is for the endpoint that it calls", async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), alg: "ES256" };
  await world.put("clients/signer", {
    client_name: "Signer",
    grant_types: ["client_credentials"],
    redirect_uris: [],
    token_endpoint_auth_method: "private_key_jwt",
    jwks: { keys: [jwk] },
  });
  const signer = await relyingParty(origin, { client_id: "signer" }, oauth.PrivateKeyJwt(privateKey), "");
  const { access_token } = await signer.clientCredentials();
  expect(await signer.introspect(access_token)).toMatchObject({ active: true });
});

describe("nothing else answers there, and it answers nowhere else:", () => {
  it.each(["/healthz", "/api", "/api/openapi.json", "/admin", "/system/.well-known/openid-configuration"])(
    "%s",
    async (path) => {
      expect((await get(`${origin}${path}`)).status).toBe(404);
    },
  );

  it("neither under its name, nor another workspace", async () => {
    const other = await makeWorld();
    for (const id of [world.id, other.id])
      expect((await get(`${origin}/${id}/.well-known/openid-configuration`)).status).toBe(404);
    expect((await get(`${world.issuer}/.well-known/openid-configuration`)).status).toBe(404);
    expect((await get(`${ORIGIN}/.well-known/oauth-authorization-server/${world.id}`)).status).toBe(404);
  });

  it("a form of the deployment's origin is another site's", async () => {
    const answer = await exports.default.fetch(`${origin}/sign-out`, {
      method: "POST",
      headers: { origin: ORIGIN, "content-type": "application/x-www-form-urlencoded" },
      body: "action=sign-out",
    });
    expect(answer.status).toBe(403);
  });

  it("the host alone is not enough: http, a port or a name in front of it are other origins", async () => {
    const { host } = new URL(origin);
    for (const other of [`http://${host}`, `${origin}:8443`, `https://x.${host}`])
      expect((await get(`${other}/me`)).status).toBe(421);
  });
});

describe("who gives it", () => {
  const path = () => `workspaces/${world.id}`;
  const refused = [422, "the workspace is not valid", "origin"];

  it("the API and the redirect URL say it", async () => {
    expect((await must("GET", path()))["issuer"]).toBe(origin);
    expect((await must("GET", `${path()}/connections/pool`))["redirect_url"]).toBe(`${origin}/callback/pool`);
    const { items } = await must("GET", `workspaces?search=${world.id}`);
    expect(items).toEqual([{ id: world.id, issuer: origin }]);
  });

  it("no two workspaces have one, and none has the deployment's", async () => {
    const other = await makeWorld();
    expect(problem(await api("PATCH", `workspaces/${other.id}`, { origin }))).toEqual([
      422,
      "the record is not valid",
      "origin",
    ]);
    const { host } = new URL(ORIGIN);
    expect(problem(await api("PATCH", path(), { origin: `https://${host}` }))).toEqual(refused);
    expect(problem(await api("PUT", "workspaces/system", { name: "S", origin: `https://s${OWN}` }))).toEqual(
      refused,
    );
    expect((await get(`${origin}/me`)).status).toBe(200);
  });

  it.each(["http://a.example.com", "https://a.example.com/", "https://a.example.com/x", "javascript:1", 7])(
    "%j is none",
    async (wrong) => {
      const answer = await api("PATCH", path(), { origin: wrong });
      expect([answer.status, problem(answer).at(-1)]).toEqual([422, "origin"]);
    },
  );

  it("an operator of some workspaces gives and takes none, and may write everything else", async () => {
    const limited = await operatorClient(["workspaces:write"], [world.id]);
    const no = [403, "a domain is given and taken by operators of all workspaces"];
    expect(problem(await limited.api("PATCH", path(), { origin: `https://mine${OWN}` }))).toEqual(no);
    expect(problem(await limited.api("PATCH", path(), { origin: null }))).toEqual(no);
    expect(problem(await limited.api("PUT", path(), { name: "Test" }))).toEqual(no);
    expect((await limited.api("PUT", path(), { name: "Test", origin })).status).toBe(200);
  });

  it("given up it is another's to have, and the workspace is back at the deployment's", async () => {
    const [given, other] = [`https://given-${random()}${OWN}`, await makeWorld()];
    await other.settings({ origin: given });
    expect((await get(`${given}/me`)).status).toBe(200);
    await other.settings({ origin: null });
    expect((await get(`${given}/me`)).status).toBe(421);
    expect((await get(`${other.issuer}/me`)).status).toBe(200);
    const next = await makeWorld();
    await next.settings({ origin: given });
    pass(11);
    expect((await get(`${given}/.well-known/openid-configuration`)).json!["issuer"]).toBe(given);
  });

  it("a write that is refused after its claim leaves the origin free", async () => {
    const [wanted, other, next] = [`https://free-${random()}${OWN}`, await makeWorld(), await makeWorld()];
    const stale = await api("PATCH", `workspaces/${other.id}`, { origin: wanted }, { "if-match": '"1"' });
    expect(stale.status).toBe(412);
    await next.settings({ origin: wanted });
    expect((await get(`${wanted}/me`)).status).toBe(200);
  });
});

it("a request to a workspace's own origin is answered in process (design §5.7)", async () => {
  const { json } = await post(`${origin}/oauth2/token`, { grant_type: "client_credentials" });
  expect(json!["error"]).toBe("invalid_client");
  const other = await makeWorld();
  await other.put("clients/fetched", {
    client_name: "Fetched",
    grant_types: ["client_credentials"],
    redirect_uris: [],
    token_endpoint_auth_method: "private_key_jwt",
    jwks_uri: `${origin}/.well-known/jwks.json`,
  });
  const key = await generateKeyPair("ES256");
  const party = await relyingParty(
    other.issuer,
    { client_id: "fetched" },
    oauth.PrivateKeyJwt(key.privateKey),
    "",
  );
  // The key is not in that set: the set was read, or the network of the tests would have been asked.
  await expect(party.clientCredentials()).rejects.toMatchObject({ status: 401 });
});

it("an origin is given to no workspace that is not there, or is not there any more", async () => {
  const system = env.WORKSPACE.getByName("system");
  const gone = await makeWorld();
  await system.leave(gone.id, BY_TEST);
  for (const id of [gone.id, `none-${random()}`])
    expect(await system.place(id, `https://taken-${random()}${OWN}`)).toBe("taken");
});
