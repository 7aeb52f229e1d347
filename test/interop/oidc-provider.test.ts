/** Generic connections to a certified OpenID Provider: each client authentication, form_post, pushed requests. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { exportJWK, generateKeyPair } from "jose";
import * as client from "openid-client";
import { startOpenIdProvider, type OpenIdProvider } from "../local/op/index.ts";
import { freePort } from "../local/ports.ts";
import { startWorker, type LocalWorker } from "../local/worker.ts";
import { Person } from "./person.ts";

const BOOTSTRAP_KEY = "k".repeat(43);
const APP = "http://127.0.0.1:45678/callback";
const SECRET = "an-upstream-secret-with+/=&:umlaut-".padEnd(43, "x");

let worker: LocalWorker;
let op: OpenIdProvider;
let pushing: OpenIdProvider;
let origin: string;
let config: client.Configuration;

const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
const jwk = { ...(await exportJWK(privateKey)), kid: "vestibule-1", alg: "ES256" };
const publicJwk = { ...(await exportJWK(publicKey)), kid: "vestibule-1", alg: "ES256" };

/** Connection → how it authenticates, and what is particular. */
const WAYS = {
  basic: { token_endpoint_auth_method: "client_secret_basic" },
  post: { token_endpoint_auth_method: "client_secret_post" },
  key: { token_endpoint_auth_method: "private_key_jwt" },
  none: { token_endpoint_auth_method: "none" },
  form: { token_endpoint_auth_method: "client_secret_basic", response_mode: "form_post" },
  pushed: { token_endpoint_auth_method: "private_key_jwt" },
} as const;
type Way = keyof typeof WAYS;

before(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  const clients = (Object.keys(WAYS) as Way[]).map((id) => {
    const { token_endpoint_auth_method } = WAYS[id];
    const secret = token_endpoint_auth_method.startsWith("client_secret") && { client_secret: SECRET };
    return {
      client_id: id,
      token_endpoint_auth_method,
      redirect_uris: [`${origin}/shop/callback/${id}`],
      ...secret,
      ...(token_endpoint_auth_method === "private_key_jwt" && {
        jwks: { keys: [publicJwk] },
        token_endpoint_auth_signing_alg: "ES256" as const,
      }),
    };
  });
  op = await startOpenIdProvider(clients);
  pushing = await startOpenIdProvider(clients, { issuer: "https://pushed.partner.example", par: true });
  const bindings = { ORIGIN: origin, DEPLOYMENT_KEY: `k1:${"A".repeat(43)}`, BOOTSTRAP_KEY, LOOPBACK: "on" };
  const outbound = async (request: Request) =>
    [op, pushing].find(({ answers }) => answers(new URL(request.url)))?.answer(request) ??
    new Response("nobody", { status: 502 });
  worker = await startWorker({ port, bindings, outbound, log: () => undefined });
  await put("", { name: "Shop" });
  for (const [id, settings] of Object.entries(WAYS))
    await put(`/connections/${id}`, {
      name: id,
      method: "oidc",
      settings: { issuer_url: issuerOf(id), client_id: id, get_user_info: true, ...settings },
      credentials: { client_secret: SECRET, private_key: JSON.stringify(jwk) },
      attributes: [
        { source: "userinfo", name: "name" },
        { source: "userinfo", name: "email" },
      ],
      mappings: [
        { source: "userinfo.name", target: "name" },
        { source: "userinfo.email", target: "email" },
      ],
    });
  const secret = "a-client-secret-of-32-characters-or-more";
  await put("/clients/shop", {
    client_name: "Shop",
    client_secret: secret,
    redirect_uris: [APP],
    scope: "openid profile email",
    trusted: true,
  });
  config = await client.discovery(
    new URL(`${origin}/shop`),
    "shop",
    secret,
    client.ClientSecretBasic(secret),
    {
      execute: [client.allowInsecureRequests],
    },
  );
});
after(async () => {
  await worker.stop();
  await Promise.all([op.stop(), pushing.stop()]);
});

/** One of the two takes nothing but pushed requests. */
const issuerOf = (id: string) => (id === "pushed" ? pushing : op).issuer;

async function put(path: string, body: object): Promise<void> {
  const response = await fetch(`${origin}/api/workspaces/shop${path}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${BOOTSTRAP_KEY}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, await response.text());
}

async function signIn(way: Way, extra: Record<string, string> = {}, person = new Person("ada")) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: APP,
    scope: "openid profile email",
    state: expectedState,
    idp_hint: way,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    ...extra,
  });
  const answer = await person.walk(url, APP);
  const tokens = await client.authorizationCodeGrant(config, answer, { pkceCodeVerifier, expectedState });
  return client.fetchUserInfo(config, tokens.access_token, tokens.claims()!.sub);
}

for (const way of Object.keys(WAYS) as Way[])
  test(`a person signs in by ${way}`, async () => {
    const { name, email } = await signIn(way);
    assert.deepEqual({ name, email }, { name: "Ada Lovelace", email: "ada@example.com" });
  });

test("prompt=login is honoured, and proven by auth_time", async () => {
  const ada = new Person("ada");
  await signIn("basic", {}, ada);
  await signIn("basic", { prompt: "login" }, ada);
  assert.deepEqual(ada.seen, ["Sign in"]);
});

test("the check of each connection finds nothing wrong, and a wrong secret is found", async () => {
  const check = async (way: Way, client_secret?: string) => {
    const settings = { issuer_url: issuerOf(way), client_id: way, ...WAYS[way] };
    const credentials = client_secret ? { credentials: { client_secret } } : {};
    const response = await fetch(`${origin}/api/workspaces/shop/connections/${way}/check`, {
      method: "POST",
      headers: { authorization: `Bearer ${BOOTSTRAP_KEY}`, "content-type": "application/json" },
      body: JSON.stringify({ name: way, method: "oidc", settings, ...credentials }),
    });
    const { findings } = (await response.json()) as { findings: { fault?: string }[] };
    return findings.flatMap(({ fault }) => fault ?? []);
  };
  for (const way of Object.keys(WAYS) as Way[]) assert.deepEqual(await check(way), [], way);
  assert.deepEqual(await check("basic", "wrong"), ["client_unknown"]);
});
