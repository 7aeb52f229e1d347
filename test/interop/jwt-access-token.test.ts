import assert from "node:assert/strict";
import { test } from "node:test";
import * as oauth from "oauth4webapi";
import { Person } from "./person.ts";
import { discover, signIn } from "./relying-party.ts";
import { start } from "./vestibule.ts";

const { issuer, secrets } = await start();
const tokens = await signIn(await discover(issuer, secrets.demo_client_secret), new Person("bob"));
const options = { [oauth.allowInsecureRequests]: true };
const server = await oauth.processDiscoveryResponse(
  new URL(issuer),
  await oauth.discoveryRequest(new URL(issuer), options),
);
const call = new Request("https://api.example/", {
  headers: { authorization: `Bearer ${tokens.access_token}` },
});

test("an API that knows RFC 9068 accepts the access token by itself", async () => {
  const claims = await oauth.validateJwtAccessToken(server, call, issuer, options);
  const { iss, aud, client_id, scope, sub, exp, iat } = claims;
  assert.deepEqual(
    { iss, aud, client_id, scope, sub },
    {
      iss: issuer,
      aud: issuer,
      client_id: "demo-cli",
      scope: "openid profile email offline_access",
      sub: tokens.claims()?.sub,
    },
  );
  assert.equal(exp - iat, 3600);
});

test("an API that the token is not for refuses it", async () => {
  await assert.rejects(
    oauth.validateJwtAccessToken(server, call, "https://api.example", options),
    /unexpected JWT "aud" \(audience\) claim value/,
  );
});

test("an ID token is not an access token", async () => {
  const confused = new Request(call, { headers: { authorization: `Bearer ${tokens.id_token}` } });
  await assert.rejects(
    oauth.validateJwtAccessToken(server, confused, "demo-cli", options),
    /unexpected JWT "typ" header parameter value/,
  );
});
