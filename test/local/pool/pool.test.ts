import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { after, test } from "node:test";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import type { Jwks } from "aws-jwt-verify/jwk";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { Browser } from "./browser.ts";
import { startPool, type Pool } from "./index.ts";

const client = {
  id: "3n4b5urk1ft4fl3mg5e62d9ado",
  secret: "c".repeat(52),
  name: "Test",
  callbackUrls: ["http://localhost:8787/demo/callback/customers"],
  logoutUrls: ["http://localhost:8787/bye"],
};
const ada: [username: string, password: string] = ["ada", "Ada-demo-1"];
const redirect_uri = client.callbackUrls[0]!;
const verifier = randomBytes(32).toString("base64url");
const code_challenge = createHash("sha256").update(verifier).digest("base64url");

const pool = await startPool({ clients: [client] });
const honouring = await startPool({ clients: [client], honourPrompt: true });
after(() => Promise.all([pool.stop(), honouring.stop()]));

const get = (url: string, init?: RequestInit) => pool.answer(new Request(url, init));
const metadata = (await (await get(`${pool.issuer}/.well-known/openid-configuration`)).json()) as Record<
  string,
  string
>;
const jwks = (await (await get(metadata.jwks_uri!)).json()) as Jwks;

test("discovery and keys are as Cognito publishes them", () => {
  assert.equal(metadata.issuer, "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_VestibuLe");
  assert.equal(metadata.token_endpoint, "https://demo.auth.eu-central-1.amazoncognito.com/oauth2/token");
  assert.equal(metadata.authorization_endpoint, `${pool.origin}/oauth2/authorize`);
  assert.equal("code_challenge_methods_supported" in metadata, false);
  assert.equal(jwks.keys.length, 2);
  for (const { kid, alg, use } of jwks.keys) assert.deepEqual([kid?.at(-1), alg, use], ["=", "RS256", "sig"]);
});

test("unknown paths of the issuer host, and unknown hosts, are refused", async () => {
  const unknown = await get("https://cognito-idp.eu-central-1.amazonaws.com/oauth2/token");
  assert.equal(unknown.status, 400);
  assert.deepEqual(await unknown.json(), {
    code: "BadRequest",
    message: "The server did not understand the operation that was requested.",
    type: "client",
  });
  const elsewhere = await get("https://example.org/");
  assert.equal(elsewhere.status, 502);
  assert.match(await elsewhere.text(), /example\.org/);
});

test("aws-jwt-verify accepts both tokens, and they hold what Cognito's hold", async () => {
  const { id_token, access_token, ...rest } = await signIn({ nonce: "n-1" });
  assert.deepEqual(Object.keys(rest).sort(), ["expires_in", "refresh_token", "token_type"]);

  const judge = CognitoJwtVerifier.create({ userPoolId: pool.poolId, clientId: client.id });
  judge.cacheJwks(jwks);
  const id = await judge.verify(id_token!, { tokenUse: "id" });
  const access = await judge.verify(access_token!, { tokenUse: "access" });

  assert.deepEqual(Object.keys(decodeProtectedHeader(id_token!)).sort(), ["alg", "kid"]);
  assert.notEqual(decodeProtectedHeader(id_token!).kid, decodeProtectedHeader(access_token!).kid);
  assert.deepEqual(
    [id.nonce, id["cognito:username"], id["cognito:groups"], id["custom:remote"], id.email_verified],
    ["n-1", "ada", ["staff", "engineering"], "true", true],
  );
  assert.deepEqual(
    [access.client_id, access.username, access.version, access.scope, "aud" in access, "email" in access],
    [client.id, "ada", 2, "openid email profile phone", false, false],
  );
  for (const claim of ["sub", "auth_time", "origin_jti", "event_id"])
    assert.equal(id[claim], access[claim], claim);
});

test("attributes follow scopes, and non-ASCII names arrive whole", async () => {
  const zoe = decodeJwt((await signIn({}, ["zoe@example.com", "Zoë-demo-1"])).id_token!);
  assert.equal(zoe.name, "李 Zoë Müller-Ångström");
  assert.deepEqual([zoe.phone_number, zoe.phone_number_verified], ["+4930901820", true]);
  const narrow = decodeJwt((await signIn({ scope: "openid email" }, ["bob", "Bob-demo-1"])).id_token!);
  assert.deepEqual([narrow.email, narrow.email_verified, narrow.name], ["bob@example.com", false, undefined]);
  const mina = decodeJwt((await signIn({}, ["mina@corp.example", "Mina-demo-1"])).id_token!);
  const [identity] = mina.identities as Record<string, unknown>[];
  assert.deepEqual(
    [identity?.primary, identity?.dateCreated, identity?.issuer],
    ["true", "1642699117273", null],
  );
});

test("userinfo has strings for booleans, and challenges without a scheme", async () => {
  const { access_token } = await signIn();
  const response = await userinfo(access_token!);
  const claims = (await response.json()) as Record<string, unknown>;
  assert.deepEqual([claims.email_verified, claims.username], ["true", "ada"]);
  assert.ok(Object.values(claims).every((value) => typeof value === "string"));

  const forged = await userinfo(`${access_token!.slice(0, -6)}AAAAAA`);
  assert.equal(forged.status, 401);
  assert.match(forged.headers.get("www-authenticate") ?? "", /^error="invalid_token"/);
  const missing = await get(metadata.userinfo_endpoint!);
  assert.equal(missing.status, 400);
  assert.match(missing.headers.get("www-authenticate") ?? "", /^error="invalid_request"/);
});

test("token errors are bare and always 400", async () => {
  const made_up = { grant_type: "authorization_code", code: "made-up", redirect_uri };
  await refused({ ...made_up, client_secret: "wrong" }, "invalid_client");
  await refused(made_up, "invalid_grant");
  await refused({ grant_type: "password" }, "unsupported_grant_type");
  await refused({}, "invalid_request");
  const code = await authorize(pool);
  await refused({ ...made_up, code, code_verifier: "w".repeat(43) }, "invalid_grant");
});

test("a code is good once", async () => {
  const form = {
    grant_type: "authorization_code",
    code: await authorize(pool),
    redirect_uri,
    code_verifier: verifier,
  };
  assert.equal((await post(metadata.token_endpoint!, form)).status, 200);
  await refused(form, "invalid_grant");
});

test("a refresh gives new tokens and no new refresh token, until it is revoked", async () => {
  const first = await signIn({ nonce: "n-1" });
  const refresh = { grant_type: "refresh_token", refresh_token: first.refresh_token! };
  const second = (await (await post(metadata.token_endpoint!, refresh)).json()) as Record<string, string>;
  assert.deepEqual(Object.keys(second).sort(), ["access_token", "expires_in", "id_token", "token_type"]);
  assert.equal(decodeJwt(second.id_token!).origin_jti, decodeJwt(first.id_token!).origin_jti);
  assert.equal(decodeJwt(second.id_token!).auth_time, decodeJwt(first.id_token!).auth_time);

  const revoke = (fields: Record<string, string>) => post(metadata.revocation_endpoint!, fields);
  const wrongKind = await revoke({ token: first.access_token! });
  assert.deepEqual([wrongKind.status, await wrongKind.json()], [400, { error: "unsupported_token_type" }]);
  const wrongClient = await revoke({ token: first.refresh_token!, client_secret: "wrong" });
  assert.deepEqual([wrongClient.status, await wrongClient.json()], [401, { error: "invalid_client" }]);
  assert.equal((await revoke({ token: "unknown" })).status, 200);
  assert.equal((await userinfo(second.access_token!)).status, 200);
  assert.equal((await revoke({ token: first.refresh_token! })).status, 200);
  await refused(refresh, "invalid_grant");
  assert.equal((await userinfo(second.access_token!)).status, 401);
});

test("a redirect URI that is not registered ends on an error page of the pool", async () => {
  const response = await new Browser().open(request(pool, { redirect_uri: `${redirect_uri}x` }));
  assert.equal(response.status, 302);
  const expected = `${pool.origin}/error?error=redirect_mismatch&client_id=${client.id}`;
  assert.equal(response.headers.get("location"), expected);
  assert.equal((await fetch(expected)).status, 400);
  const good = await new Browser().open(request(pool));
  assert.match(good.headers.get("location") ?? "", /^\/login\//);
});

test("other bad requests go back bare", async () => {
  for (const [change, error] of [
    [{ scope: "openid nonsense" }, "invalid_scope"],
    [{ code_challenge_method: "plain" }, "invalid_request"],
    [{ response_type: "id_token" }, "invalid_request"],
  ] as const) {
    const response = await new Browser().open(request(pool, change));
    assert.equal(response.headers.get("location"), `${redirect_uri}?error=${error}&state=s-1`);
  }
});

test("the login form refuses a wrong password and shows no difference for an unknown person", async () => {
  const browser = new Browser();
  const { url } = await browser.follow(await browser.open(request(pool)), pool.origin);
  const wrong = await browser.submit(url, { username: "ada", password: "nope" });
  const unknown = await browser.submit(url, { username: "eve", password: "nope" });
  assert.equal(wrong.status, 400);
  assert.equal((await wrong.text()).replace("ada", "eve"), await unknown.text());
});

test("prompt and max_age are ignored by one pool and honoured by the other", async () => {
  for (const [at, status] of [
    [pool, "code"],
    [honouring, "error"],
  ] as const) {
    const browser = new Browser();
    await authorize(at, browser);
    const silent = await leave(at, browser, { prompt: "none" });
    assert.ok(silent.searchParams.has("code"));
    const stranger = await new Browser().open(request(at, { prompt: "none" }));
    const location = new URL(stranger.headers.get("location") ?? "", at.origin);
    assert.equal(location.searchParams.get("error"), status === "error" ? "login_required" : null);
    for (const forced of [{ prompt: "login" }, { max_age: "0" }] as Record<string, string>[]) {
      const again = await browser.follow(await browser.open(request(at, forced)), at.origin);
      assert.equal(again.url.origin === at.origin, status === "error", JSON.stringify(forced));
    }
  }
});

test("logout ends the session and returns to a registered address only", async () => {
  const browser = new Browser();
  await authorize(pool, browser);
  const bad = await browser.open(
    `${pool.origin}/logout?client_id=${client.id}&logout_uri=http://localhost:8787/other`,
  );
  assert.match(bad.headers.get("location") ?? "", /^\/error\?/);
  const good = await browser.open(
    `${pool.origin}/logout?client_id=${client.id}&logout_uri=${client.logoutUrls[0]}`,
  );
  assert.equal(good.headers.get("location"), client.logoutUrls[0]);
  assert.match((await leave(pool, browser)).pathname, /^\/login\//);
});

test("logout with an authorization request forces a fresh authentication and then continues", async () => {
  const browser = new Browser();
  await authorize(pool, browser);
  const url = new URL(request(pool, { nonce: "n-2" }));
  url.pathname = "/logout";
  const login = await browser.follow(await browser.open(url), pool.origin);
  assert.match(login.url.pathname, /^\/login\//);
  const back = await browser.follow(
    await browser.submit(login.url, { username: "ada", password: "Ada-demo-1" }),
    login.url,
  );
  const tokens = await redeem(back.url.searchParams.get("code")!);
  assert.equal(decodeJwt(tokens.id_token!).nonce, "n-2");
});

function request(at: Pool, change: Record<string, string> = {}): string {
  const asked = {
    response_type: "code",
    client_id: client.id,
    redirect_uri,
    scope: "openid email profile phone",
    state: "s-1",
  };
  const query = new URLSearchParams({ ...asked, code_challenge, code_challenge_method: "S256", ...change });
  return `${at.origin}/oauth2/authorize?${query}`;
}

async function leave(at: Pool, browser: Browser, change?: Record<string, string>): Promise<URL> {
  return (await browser.follow(await browser.open(request(at, change)), at.origin)).url;
}

async function authorize(at: Pool, browser = new Browser(), change = {}, [username, password] = ada) {
  const login = await leave(at, browser, change);
  const submitted = await browser.submit(login, { username, password });
  const { url } = await browser.follow(submitted, login);
  assert.equal(url.searchParams.get("state"), "s-1");
  assert.equal(url.searchParams.has("iss"), false);
  return url.searchParams.get("code")!;
}

const signIn = async (change = {}, person?: typeof ada) =>
  redeem(await authorize(pool, new Browser(), change, person));

async function redeem(code: string): Promise<Record<string, string>> {
  const form = { grant_type: "authorization_code", code, redirect_uri, code_verifier: verifier };
  const response = await post(metadata.token_endpoint!, form);
  assert.equal(response.status, 200);
  return (await response.json()) as Record<string, string>;
}

const post = (url: string, fields: Record<string, string>) =>
  get(url, {
    method: "POST",
    body: new URLSearchParams({ client_id: client.id, client_secret: client.secret, ...fields }),
  });

const userinfo = (accessToken: string) =>
  get(metadata.userinfo_endpoint!, { headers: { authorization: `Bearer ${accessToken}` } });

async function refused(fields: Record<string, string>, error: string): Promise<void> {
  const response = await post(metadata.token_endpoint!, fields);
  assert.deepEqual([response.status, await response.json()], [400, { error }]);
  assert.equal(response.headers.get("www-authenticate"), null);
}
