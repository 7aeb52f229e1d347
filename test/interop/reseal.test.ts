/** DEPLOYMENT_KEY is replaced: after `reseal` and a last sign-in nothing needs the old one. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { startLocal } from "../local/local.ts";
import { freePort } from "../local/ports.ts";
import { Person } from "./person.ts";
import { discover, signIn } from "./relying-party.ts";
import { temporary } from "./vestibule.ts";

test("everything a workspace keeps is under the new key, and everybody is who they were", async () => {
  const folder = await temporary();
  const ports = { port: await freePort(), poolPort: await freePort() };
  const start = (log: (line: string) => void = () => {}) => startLocal({ folder, log, ...ports });
  const replaceKey = async (change: (key: string) => string) => {
    const file = `${folder}/secrets.json`;
    const secrets = JSON.parse(await readFile(file, "utf8")) as { deployment_key: string };
    await writeFile(file, JSON.stringify({ ...secrets, deployment_key: change(secrets.deployment_key) }));
  };
  const who = async ({ origin, secrets }: Awaited<ReturnType<typeof startLocal>>) =>
    (await signIn(await discover(`${origin}/demo`, secrets.demo_client_secret), new Person("ada"))).claims()
      ?.sub;

  const first = await start();
  const sub = await who(first);
  await first.stop();

  await replaceKey((old) => `k2:${"C".repeat(43)},${old}`);
  const both = await start();
  const reseal = async () => {
    const headers = { authorization: `Bearer ${both.secrets.bootstrap_key}` };
    const answer = await fetch(`${both.origin}/api/workspaces/demo/reseal`, { method: "POST", headers });
    return (await answer.json()) as { under: string; sealed: string[]; unreadable: string[] };
  };
  const { under, sealed, unreadable } = await reseal();
  assert.deepEqual([under, unreadable], ["k2", []]);
  assert.deepEqual(
    sealed.map((name) => name.replace(/^keys\/.*/, "key")).toSorted((a, b) => (a < b ? -1 : 1)),
    ["connections/customers", "connections/partners", "connections/staff", "key", "key", "key", "salt"],
  );
  assert.deepEqual(await reseal(), { under: "k2", sealed: [], unreadable: [] });
  assert.equal(await who(both), sub);
  await both.stop();

  await replaceKey((keys) => keys.split(",")[0]!);
  const alone = await start();
  try {
    assert.equal(await who(alone), sub);
  } finally {
    await alone.stop();
  }
});
