/**
 * Generic connections to a certified OpenID Provider: each client authentication, form_post, pushed requests; and the same
 * provider behind a layer that spoils its answers in one thing.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { exportJWK, generateKeyPair } from "jose";
import * as client from "openid-client";
import { startOpenIdProvider, type OpenIdProvider } from "../local/op/index.ts";
import { freePort } from "../local/ports.ts";
import { startWorker, type LocalWorker } from "../local/worker.ts";
import type { FaultName } from "../local/op/misbehave.ts";
import { type Outcome, OUTCOMES } from "./misbehaving.ts";
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

const FAULTS = ["state-of-another", ...(Object.keys(OUTCOMES) as (keyof typeof OUTCOMES)[])] as const;
/** What the audit is told of refusals, as it goes to the log. */
const refusals: { readonly connection?: string; readonly reason: string }[] = [];
let slow: Promise<URL>;

before(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  const ways = (Object.keys(WAYS) as Way[]).map((id) => {
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
  const spoiled = FAULTS.map((id) => ({
    client_id: id,
    client_secret: SECRET,
    redirect_uris: [`${origin}/shop/callback/${id}`],
  }));
  const clients = [...ways, ...spoiled];
  op = await startOpenIdProvider(clients);
  pushing = await startOpenIdProvider(clients, { issuer: "https://pushed.partner.example", par: true });
  const bindings = { ORIGIN: origin, DEPLOYMENT_KEY: `k1:${"A".repeat(43)}`, BOOTSTRAP_KEY, LOOPBACK: "on" };
  const outbound = async (request: Request) =>
    [op, pushing].find(({ answers }) => answers(new URL(request.url)))?.answer(request) ??
    new Response("nobody", { status: 502 });
  worker = await startWorker({ port, bindings, outbound, log: note });
  await put("", { name: "Shop" });
  for (const way of Object.keys(WAYS) as Way[]) await connect(way, WAYS[way]);
  for (const fault of FAULTS)
    await connect(fault, fault.endsWith("-by-form") && { response_mode: "form_post" });
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
  // It takes ten seconds, in which everything else is asked.
  slow = arrive("token-slow", new Person("bob"));
  slow.catch(() => undefined);
});
after(async () => {
  await worker.stop();
  await Promise.all([op.stop(), pushing.stop()]);
});

/** One of the two takes nothing but pushed requests. */
const issuerOf = (id: string) => (/^(?:pushed$|par-)/.test(id) ? pushing : op).issuer;

function note(line: string): void {
  if (!line.startsWith("{")) return;
  const event = JSON.parse(line) as { type?: string; connection?: string; reason: string };
  if (event.type === "refused") refusals.push(event);
}

const CREDENTIALS = { client_secret: SECRET, private_key: JSON.stringify(jwk) };

const connect = (id: string, settings: object | false, credentials: object = CREDENTIALS) =>
  put(`/connections/${id}`, {
    name: id,
    method: "oidc",
    settings: { issuer_url: issuerOf(id), client_id: id, get_user_info: true, ...settings },
    credentials,
    attributes: [
      { source: "userinfo", name: "name" },
      { source: "userinfo", name: "email" },
    ],
    mappings: [
      { source: "userinfo.name", target: "name" },
      { source: "userinfo.email", target: "email" },
    ],
  });

async function put(path: string, body: object): Promise<void> {
  const response = await fetch(`${origin}/api/workspaces/shop${path}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${BOOTSTRAP_KEY}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, await response.text());
}

async function begin(idp_hint: Way | FaultName, extra: Record<string, string> = {}) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: APP,
    scope: "openid profile email",
    state: expectedState,
    idp_hint,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    ...extra,
  });
  return { url, checks: { pkceCodeVerifier, expectedState } };
}

async function signIn(way: Way, extra: Record<string, string> = {}, person = new Person("ada")) {
  const { url, checks } = await begin(way, extra);
  const tokens = await client.authorizationCodeGrant(config, await person.walk(url, APP), checks);
  return client.fetchUserInfo(config, tokens.access_token, tokens.claims()!.sub);
}

/** @returns what the app is called with */
async function arrive(connection: Way | FaultName, person: Person): Promise<URL> {
  return person.walk((await begin(connection)).url, APP);
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

const answered = ({ searchParams }: URL) =>
  ["error", "error_description", "code"].map((name) => searchParams.get(name));

/** Why the latest sign-in by a connection was refused. */
async function reasonOf(connection: string): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const event = refusals.findLast((one) => one.connection === connection);
    if (event) return event.reason;
    await wait(10);
  }
  return assert.fail(`nothing was said of ${connection}`);
}

describe("an answer that is wrong in one thing signs nobody in, and is told of:", () => {
  const ada = new Person("ada");
  before(() => signIn("basic", {}, ada));

  test("state-of-another", async () => {
    await assert.rejects(arrive("state-of-another", ada), /This sign-in began somewhere else/);
  });

  for (const [fault, [answer, reason]] of Object.entries(OUTCOMES) as [keyof typeof OUTCOMES, Outcome][])
    test(fault, async () => {
      const url = await (fault === "token-slow" ? slow : arrive(fault, ada));
      assert.deepEqual(answered(url), [...answer, null]);
      assert.equal((await reasonOf(fault)).slice(0, reason.length), reason);
    });

  test("the audit says the same", async () => {
    const path = "/api/workspaces/shop/audit-events?type=refused&connection=token-slow";
    const response = await fetch(origin + path, { headers: { authorization: `Bearer ${BOOTSTRAP_KEY}` } });
    const { items } = (await response.json()) as { items: { reason: string }[] };
    assert.deepEqual(
      items.map(({ reason }) => reason),
      [await reasonOf("token-slow")],
    );
  });

  test("and the next honest one does", async () => {
    assert.equal((await signIn("basic", {}, ada)).name, "Ada Lovelace");
  });
});

describe("a credential of ours that the provider does not know is a refusal by its name:", () => {
  const other = { ...CREDENTIALS, client_secret: "x".repeat(43), private_key: "" };
  before(async () => {
    const { privateKey: stranger } = await generateKeyPair("ES256", { extractable: true });
    other.private_key = JSON.stringify({ ...(await exportJWK(stranger)), kid: "vestibule-1", alg: "ES256" });
  });

  for (const way of ["basic", "post", "key"] as const)
    test(way, async () => {
      await connect(way, WAYS[way], other);
      const [error, description] = answered(await arrive(way, new Person("ada")));
      assert.deepEqual([error, description], ["server_error", "the identity provider refused the request"]);
      assert.equal(await reasonOf(way), "refused: the provider refused the code: invalid_client");
      await connect(way, WAYS[way]);
      assert.equal((await signIn(way)).name, "Ada Lovelace");
    });
});
