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
  const config = await discover(before.issuer, before.secrets.demo_client_secret);
  const first = await signIn(config, ada);
  assert.deepEqual(ada.seen, ["Sign in", "Demo command line asks for access"]);
  const written = await records(before.origin, before.secrets.bootstrap_key);
  const keys = await keyIds(before.issuer);
  await before.stop();

  const after = await start(same);
  assert.deepEqual(await records(after.origin, after.secrets.bootstrap_key), written);
  assert.deepEqual(await keyIds(after.issuer), keys);
  assert.deepEqual(after.secrets, before.secrets);

  const refreshed = await client.refreshTokenGrant(config, first.refresh_token!);
  assert.equal(refreshed.claims()?.sub, first.claims()?.sub);
  const again = await signIn(config, ada);
  assert.deepEqual(ada.seen, ["Sign in"]);
  assert.equal(again.claims()?.sub, first.claims()?.sub);
});

async function keyIds(issuer: string): Promise<string[]> {
  const { keys } = (await (await fetch(`${issuer}/.well-known/jwks.json`)).json()) as {
    keys: { kid: string }[];
  };
  assert.ok(keys.length > 0);
  return keys.map(({ kid }) => kid);
}
