import assert from "node:assert/strict";
import { test } from "node:test";
import * as client from "openid-client";
import { freePort } from "../local/ports.ts";
import { Person } from "./person.ts";
import { records } from "./records.ts";
import { discover, signIn } from "./relying-party.ts";
import { start, temporary } from "./vestibule.ts";

test("stopped and started again, nothing is lost and nothing is changed", async () => {
  const same = { folder: await temporary(), port: await freePort(), poolPort: await freePort() };
  const ada = new Person("ada");

  const before = await start(same);
  await cache(before.origin, before.secrets.bootstrap_key);
  const config = await discover(before.issuer, before.secrets.demo_client_secret);
  const first = await signIn(config, ada);
  assert.deepEqual(ada.seen, ["Sign in", "Demo command line asks for access"]);
  const written = await records(before.origin, before.secrets.bootstrap_key);
  const system = await records(before.origin, before.secrets.bootstrap_key, "system");
  assert.ok("/clients/post-authn.demo.terms" in system);
  const keys = await keyIds(before.issuer);
  await before.stop();

  const after = await start(same);
  assert.deepEqual(await records(after.origin, after.secrets.bootstrap_key), written);
  assert.deepEqual(await records(after.origin, after.secrets.bootstrap_key, "system"), system);
  assert.deepEqual(await keyIds(after.issuer), keys);
  assert.deepEqual(after.secrets, before.secrets);

  const refreshed = await client.refreshTokenGrant(config, first.refresh_token!);
  assert.equal(refreshed.claims()?.sub, first.claims()?.sub);
  // The cached authentication context is there, too: no page of the provider, and the time of the sign-in before.
  const again = await signIn(config, ada);
  assert.deepEqual(ada.seen, []);
  for (const claim of ["sub", "sid", "auth_time"])
    assert.equal(again.claims()?.[claim], first.claims()?.[claim], claim);
  const anew = await signIn(config, ada, { prompt: "login" });
  assert.deepEqual(ada.seen, ["Sign in"]);
  assert.equal(anew.claims()?.sub, first.claims()?.sub);
});

/** Before anybody signs in, so that the first sign-in is kept. */
async function cache(origin: string, key: string): Promise<void> {
  const response = await fetch(`${origin}/api/workspaces/demo/connections/customers`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/merge-patch+json" },
    body: JSON.stringify({ config: { enable_stateful_ctx: true, stateful_ctx_duration: 3_600 } }),
  });
  assert.equal(response.status, 200, await response.text());
}

async function keyIds(issuer: string): Promise<string[]> {
  const { keys } = (await (await fetch(`${issuer}/.well-known/jwks.json`)).json()) as {
    keys: { kid: string }[];
  };
  assert.ok(keys.length > 0);
  return keys.map(({ kid }) => kid);
}
