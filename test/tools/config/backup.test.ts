import assert from "node:assert/strict";
import { copyFile, mkdir, readFile, stat } from "node:fs/promises";
import { test } from "node:test";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { freePort } from "../../local/ports.ts";
import { Person } from "../../interop/person.ts";
import { discover, signIn } from "../../interop/relying-party.ts";
import { temporary } from "../../interop/vestibule.ts";
import { good, stage } from "./stage.ts";

test("from its file and its backup a workspace is itself again in an empty deployment", async () => {
  const ports = { port: await freePort(), poolPort: await freePort() };
  const kept = await temporary();
  const first = await stage({ ...ports, folder: kept });
  const demo = await discover(first.issuer, first.secrets.demo_client_secret);
  const before = await signIn(demo, new Person("ada"));
  good(await first.config("backup --workspace demo --file demo.backup.json"));
  good(await first.config("export --workspace demo --file demo.yaml"));
  await first.stop();

  // The same secrets and the same provider; no storage.
  const folder = await temporary();
  await mkdir(folder, { recursive: true });
  for (const name of ["secrets.json", "pool-keys.json", "terms.json"])
    await copyFile(`${kept}/${name}`, `${folder}/${name}`);
  const second = await stage({ ...ports, folder });
  const files = ["demo.backup.json", "demo.yaml"].map((name) => `${first.folder}/${name}`);
  assert.equal((await stat(files[0]!)).mode & 0o777, 0o600);
  const restored = good(await second.config(`restore --file ${files[0]}`));
  assert.equal(restored, "restored the salt and 3 signing keys of demo\n");
  assert.equal((await second.config(`drift --file ${files[1]}`)).code, 0);

  const after = await signIn(
    await discover(second.issuer, second.secrets.demo_client_secret),
    new Person("ada"),
  );
  assert.equal(after.claims()?.sub, before.claims()?.sub);
  const keys = createRemoteJWKSet(new URL(`${second.issuer}/.well-known/jwks.json`));
  const { payload } = await jwtVerify(before.id_token!, keys, {
    issuer: second.issuer,
    audience: "demo-cli",
  });
  assert.equal(payload.sub, before.claims()?.sub);

  const other = (await readFile(files[0]!, "utf8")).replace('"demo"', '"made"');
  const made = await second.config("restore --file -", {}, other);
  assert.deepEqual([made.code, made.stdout], [1, "made made\n"]);
  assert.match(made.stderr, /salt: cannot be opened with the DEPLOYMENT_KEY of this deployment/);
});

test("a backup of another workspace or of another shape is refused", async () => {
  const it = await stage();
  await it.api("PUT", "acme", { name: "Acme" });
  const backup = good(await it.config("backup --workspace acme"));
  const wrong = await it.config("restore --file - --workspace other", {}, backup);
  assert.equal(wrong.stderr, "stdin is a backup of acme, and fits no other workspace\n");
  const broken = await it.config("restore --file -", {}, backup.replace('"version": 1', '"version": 2'));
  assert.equal(broken.stderr, "stdin:2 version: Invalid input: expected 1\n");
});
