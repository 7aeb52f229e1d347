import assert from "node:assert/strict";
import { test } from "node:test";
import * as client from "openid-client";
import { Person } from "./person.ts";
import { authorize, discover, signIn } from "./relying-party.ts";
import { start } from "./vestibule.ts";

const { issuer, secrets, log } = await start();
const config = await discover(issuer, secrets.demo_client_secret);
// ID tokens are verified against the key set too, not only trusted for having come over a direct connection.
client.enableNonRepudiationChecks(config);
const ada = new Person("ada");

test("discovery leads to every endpoint", () => {
  const server = config.serverMetadata();
  assert.deepEqual(
    [
      server.issuer,
      server.authorization_endpoint,
      server.token_endpoint,
      server.userinfo_endpoint,
      server.jwks_uri,
    ],
    [
      issuer,
      `${issuer}/oauth2/authorize`,
      `${issuer}/oauth2/token`,
      `${issuer}/userinfo`,
      `${issuer}/.well-known/jwks.json`,
    ],
  );
  assert.deepEqual(
    [server.revocation_endpoint, server.introspection_endpoint, server.end_session_endpoint],
    [`${issuer}/oauth2/revoke`, `${issuer}/oauth2/introspect`, `${issuer}/oidc/logout`],
  );
  assert.deepEqual(server.response_types_supported, ["code"]);
  assert.equal(server.authorization_response_iss_parameter_supported, true);
  assert.equal(server.supportsPKCE(), true);
});

test("a sign-in with PKCE, state and nonce gives tokens about the person", async () => {
  const { answer, checks } = await authorize(config, ada);
  const tokens = await client.authorizationCodeGrant(config, answer, checks);
  assert.deepEqual([...answer.searchParams.keys()], ["code", "state", "iss"]);
  assert.equal(answer.searchParams.get("iss"), issuer);
  assert.deepEqual(ada.seen, ["Sign in", "Demo command line asks for access"]);
  assert.deepEqual(
    [tokens.token_type, tokens.expires_in, tokens.scope],
    ["bearer", 3600, "openid profile email offline_access"],
  );
  const { iss, aud, sub, name, given_name, email, email_verified, idp, idp_sub } = tokens.claims()!;
  assert.deepEqual(
    { iss, aud, name, given_name, email, email_verified, idp },
    {
      iss: issuer,
      aud: "demo-cli",
      name: "Ada Lovelace",
      given_name: "Ada",
      email: "ada@example.com",
      email_verified: true,
      idp: "customers",
    },
  );
  assert.equal(idp_sub, "b3d4c8f2-7081-70a1-2c5e-5d1f0a9be101");
  assert.match(String(sub), /^[0-9a-f]{64}$/);
});

test("userinfo says the same about the same person", async () => {
  const tokens = await signIn(config, ada);
  const { sub, name, email } = tokens.claims()!;
  const userinfo = await client.fetchUserInfo(config, tokens.access_token, sub);
  assert.deepEqual(
    [userinfo.sub, userinfo.name, userinfo.email, userinfo.email_verified],
    [sub, name, email, true],
  );
  await assert.rejects(
    client.fetchUserInfo(config, `${tokens.access_token}x`, sub),
    refusal("invalid_token", 401),
  );
});

test("a code is good once, and coming back it takes its tokens along", async () => {
  const { answer, checks } = await authorize(config, ada);
  const tokens = await client.authorizationCodeGrant(config, answer, checks);
  await assert.rejects(client.authorizationCodeGrant(config, answer, checks), refusal("invalid_grant", 400));
  assert.deepEqual(await client.tokenIntrospection(config, tokens.access_token), { active: false });
});

test("a refresh rotates, and a token from before ends the family", async () => {
  const first = await signIn(config, ada);
  const second = await client.refreshTokenGrant(config, first.refresh_token!);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal(second.claims()?.sub, first.claims()?.sub);
  const third = await client.refreshTokenGrant(config, second.refresh_token!);
  await assert.rejects(client.refreshTokenGrant(config, first.refresh_token!), refusal("invalid_grant", 400));
  await assert.rejects(client.refreshTokenGrant(config, third.refresh_token!), refusal("invalid_grant", 400));
  assert.deepEqual(await client.tokenIntrospection(config, third.access_token), { active: false });
});

test("a refresh that got no answer may be sent again at once", async () => {
  const tokens = await signIn(config, ada);
  const [one, other] = [
    await client.refreshTokenGrant(config, tokens.refresh_token!),
    await client.refreshTokenGrant(config, tokens.refresh_token!),
  ];
  assert.equal(one.refresh_token, other.refresh_token);
  assert.notEqual(one.access_token, other.access_token);
});

test("what was revoked is dead everywhere", async () => {
  const tokens = await signIn(config, ada);
  const { sub } = tokens.claims()!;
  const before = await client.tokenIntrospection(config, tokens.access_token);
  assert.deepEqual(
    [before.active, before.iss, before.sub, before.client_id, before.scope, before.token_type],
    [true, issuer, sub, "demo-cli", "openid profile email offline_access", "Bearer"],
  );
  await client.tokenRevocation(config, tokens.refresh_token!);
  for (const token of [tokens.access_token, tokens.refresh_token!])
    assert.deepEqual(await client.tokenIntrospection(config, token), { active: false });
  await assert.rejects(
    client.refreshTokenGrant(config, tokens.refresh_token!),
    refusal("invalid_grant", 400),
  );
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, sub), refusal("invalid_token", 401));
});

test("one access token can be revoked alone", async () => {
  const tokens = await signIn(config, ada);
  await client.tokenRevocation(config, tokens.access_token);
  assert.deepEqual(await client.tokenIntrospection(config, tokens.access_token), { active: false });
  const { access_token } = await client.refreshTokenGrant(config, tokens.refresh_token!);
  assert.equal((await client.tokenIntrospection(config, access_token)).active, true);
});

test("the client has tokens of its own, and none that only a person can grant", async () => {
  const { access_token, id_token, refresh_token } = await client.clientCredentialsGrant(config);
  assert.deepEqual([id_token, refresh_token], [undefined, undefined]);
  const { active, sub, client_id, aud } = await client.tokenIntrospection(config, access_token);
  assert.deepEqual(
    { active, sub, client_id, aud },
    { active: true, sub: "demo-cli", client_id: "demo-cli", aud: issuer },
  );
  await client.tokenRevocation(config, access_token);
  assert.deepEqual(await client.tokenIntrospection(config, access_token), { active: false });
  await assert.rejects(
    client.clientCredentialsGrant(config, { scope: "profile" }),
    refusal("invalid_scope", 400),
  );
});

test("a wrong secret is told so, and costs nobody their code", async () => {
  const { answer, checks } = await authorize(config, ada);
  const stranger = await discover(issuer, `${secrets.demo_client_secret}x`);
  await assert.rejects(client.authorizationCodeGrant(stranger, answer, checks), (thrown) => {
    assert.ok(thrown instanceof client.WWWAuthenticateChallengeError);
    const [challenge] = thrown.cause;
    assert.deepEqual([thrown.status, challenge?.scheme, challenge?.parameters.realm], [401, "basic", issuer]);
    return true;
  });
  assert.ok((await client.authorizationCodeGrant(config, answer, checks)).id_token);
});

test("the end-session URL signs the browser out", async () => {
  const tokens = await signIn(config, ada);
  const url = client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token! });
  assert.equal(url.origin + url.pathname, `${issuer}/oidc/logout`);
  assert.equal(await ada.reads(url), "You are signed out");
});

test("nothing secret is in the log", () => {
  const lines = log.join("\n");
  assert.match(lines, /"type":"refused"/);
  for (const secret of [
    secrets.demo_client_secret,
    secrets.bootstrap_key,
    secrets.pool_clients.customers.secret,
    "Ada-demo-1",
    "ada@example.com",
  ])
    assert.ok(!lines.includes(secret));
  assert.doesNotMatch(lines, /eyJ|code\.k1|rt\.k1|session\.k1/);
});

/** What the library makes of a refusal: in the body, or of a bearer token in the challenge (RFC 6750 §3). */
function refusal(error: string, status: number): (thrown: unknown) => true {
  return (thrown) => {
    if (thrown instanceof client.WWWAuthenticateChallengeError) {
      assert.deepEqual([thrown.cause[0]?.parameters.error, thrown.status], [error, status]);
      return true;
    }
    assert.ok(thrown instanceof client.ResponseBodyError, String(thrown));
    assert.deepEqual([thrown.error, thrown.status], [error, status]);
    return true;
  };
}
