import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { good, SECRETS, stage } from "./stage.ts";

const it = await stage();
await it.api("PUT", "demo/linking-rules/people", { connections: ["customers", "partners"] });

/** A linking rule says when it was made: links of before do not rest on it. */
const made = (text: string) => text.replace(/("?not_before"?: )[1-9]\d+/, "$1…");

for (const format of ["yaml", "json"])
  test(`an exported workspace makes another one like it (${format})`, async () => {
    const [file, copy] = [`demo.${format}`, `copy-${format}`];
    good(await it.config(`export --workspace demo --file ${file}`));
    const text = made(await readFile(`${it.folder}/${file}`, "utf8"));
    const applied = good(await it.config(`apply --file ${file} --workspace ${copy}`, SECRETS));
    assert.match(applied, /^\[(\d+)\/\1\] created linking-rules\/people$/m);
    // An application's client is made with it, of the copy's name; its secret is in that one answer.
    assert.match(
      applied,
      /created custom-apps\/terms\n {6}client_secret: [\w-]{43} {3}\(shown once: keep it\)/,
    );
    assert.doesNotMatch(text, /post-authn\.demo/);
    good(await it.config(`export --workspace ${copy} --file other.${format}`));
    const other = made(await readFile(`${it.folder}/other.${format}`, "utf8"));
    assert.equal(other.replace(copy, "demo"), text);
    assert.notEqual(other, text);
  });

test("what a file was exported from, it does not change: with secrets and without", async () => {
  const text = good(await it.config("export --workspace demo"));
  const versions = await it.versions("demo");
  assert.ok(Object.keys(versions).length > 35);
  assert.equal(good(await it.config("plan --file -", {}, text)), "Workspace demo\nno difference\n");
  good(await it.config("apply --prune --file -", {}, text));
  assert.deepEqual(await it.versions("demo"), versions);

  const { pool_clients, demo_client_secret } = it.secrets;
  const same = {
    CUSTOMERS_CLIENT_SECRET: pool_clients.customers.secret,
    STAFF_CLIENT_SECRET: pool_clients.staff.secret,
    DEMO_CLI_CLIENT_SECRET: demo_client_secret,
  };
  assert.match(good(await it.config("apply --prune --file -", same, text)), /^3 secrets to send$/m);
  assert.deepEqual(await it.versions("demo"), versions);
});

test("no secret is ever in a file, in a plan or in progress", async () => {
  const said = [
    await it.config("export --workspace demo"),
    await it.config("export --workspace demo --file x.json"),
    await it.config("plan --file x.json --workspace fresh", SECRETS),
    await it.config("apply --file x.json --workspace fresh", SECRETS),
  ];
  const text =
    said.map(({ stdout, stderr }) => stdout + stderr).join() +
    (await readFile(`${it.folder}/x.json`, "utf8"));
  const { pool_clients, demo_client_secret, bootstrap_key } = it.secrets;
  const { customers, staff } = pool_clients;
  for (const secret of [
    customers.secret,
    staff.secret,
    demo_client_secret,
    bootstrap_key,
    ...Object.values(SECRETS),
  ])
    assert.ok(!text.includes(secret));
  assert.match(text, /client_secret: \{ env: STAFF_CLIENT_SECRET \}/);
  assert.doesNotMatch(text, /client_secret_hash|k1\.0\./);
});

test("a standard record that was removed or changed is so in the copy as well", async () => {
  await it.api("PUT", "one", { name: "One" });
  await it.api("DELETE", "one/claims/id_token-nickname");
  await it.api("PATCH", "one/scopes/email", { display_name: "Mail" });
  await it.api("PUT", "one/scopes/orders%2Fread", { implicit: true });
  await it.api("PUT", "one/claims/007", { name: "agent", type: "id_token", source_path: "nickname" });
  const text = good(await it.config("export --workspace one"));
  assert.equal(
    text,
    `workspace: one
settings:
  name: One
scopes:
  email:
    display_name: Mail
    description: And whether it is confirmed
  orders/read:
    implicit: true
claims:
  "007":
    name: agent
    type: id_token
    source_path: nickname
  id_token-nickname: null
`,
  );
  const applied = good(await it.config("apply --file - --workspace two", {}, text));
  assert.match(applied, /removed claims\/id_token-nickname/);
  assert.equal(good(await it.config("export --workspace two")), text.replace("one", "two"));
});

test("the same by API alone and by file alone", async () => {
  const connection = {
    name: "Staff",
    method: "cognito",
    settings: { pool_id: "eu-central-1_AbCdEfGhI", region: "eu-central-1", client_id: "app" },
    credentials: { client_secret: "an-upstream-secret" },
  };
  const client = {
    client_name: "Shop",
    redirect_uris: ["https://shop.example.com/callback"],
    scope: "openid orders",
    client_secret: SECRETS.DEMO_CLI_CLIENT_SECRET,
  };
  const orders = {
    identifier: "https://orders.example.com",
    name: "Orders",
    scopes: ["orders"],
    introspection_clients: ["shop"],
  };
  await it.api("PUT", "by-api", { name: "Acme", access_token_lifetime: 600 });
  await it.api("PUT", "by-api/scopes/orders", { display_name: "Your orders" });
  await it.api("PUT", "by-api/connections/staff", connection);
  await it.api("PUT", "by-api/clients/shop", client);
  await it.api("PUT", "by-api/apis/orders", orders);
  await it.api("PUT", "by-api/features/custom_apps", { enabled: true });
  await it.api("PUT", "by-api/claims/dept", {
    name: "dept",
    type: "id_token",
    source_path: "groups",
    scopes: ["orders"],
  });

  await writeFile(
    `${it.folder}/acme.yaml`,
    `
workspace: by-file
settings: { name: Acme, access_token_lifetime: 600 }
features: { custom_apps: { enabled: true } }
claims:
  dept: { name: dept, type: id_token, source_path: groups, scopes: [orders] }
apis:
  orders: { identifier: { env: ORDERS_URL }, name: Orders, scopes: [orders], introspection_clients: [shop] }
clients:
  shop:
    client_name: Shop
    redirect_uris: [https://shop.example.com/callback]
    scope: openid orders
    client_secret: { env: SHOP }
connections:
  staff:
    name: Staff
    method: cognito
    settings: { pool_id: eu-central-1_AbCdEfGhI, region: eu-central-1, client_id: app }
    credentials: { client_secret: { env: STAFF } }
scopes: { orders: { display_name: Your orders } }
`,
  );
  const env = {
    ORDERS_URL: "https://orders.example.com",
    SHOP: client.client_secret,
    STAFF: "an-upstream-secret",
  };
  good(await it.config("apply --file acme.yaml", env));
  const [api, file] = ["by-api", "by-file"].map((id) => it.config(`export --workspace ${id}`));
  assert.equal(good(await file!), good(await api!).replace("by-api", "by-file"));

  // Secrets, too: the API finds nothing to change in any record.
  const versions = await it.versions("by-file");
  await it.api("PUT", "by-file/connections/staff", connection);
  await it.api("PUT", "by-file/clients/shop", client);
  assert.deepEqual(await it.versions("by-file"), versions);
});
