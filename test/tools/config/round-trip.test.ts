import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { RESOURCES } from "../../../src/admin/resources.ts";
import type { RecordName } from "../../../src/store/workspace/records.ts";
import { keyOf } from "../../saml/keys.ts";
import { good, SECRETS, stage } from "./stage.ts";

type Kind = Exclude<RecordName, "settings" | "operators">;

const it = await stage();
const CERTIFICATE = (await keyOf("guests")).certificate;
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

/** A record of every kind, each kind named by another where it can be: by the API as it is, in the file by reference. */
const APP_SECRET = SECRETS.DEMO_CLI_CLIENT_SECRET;
const EVERYTHING: { readonly [K in Kind]: Readonly<Record<string, object>> } = {
  scopes: { orders: { display_name: "Your orders" }, "orders.read": { transient: true } },
  schema: { department: { display_name: "Department", type: "string" } },
  secrets: { api_key: { description: "Of the directory", secret: "a secret of scripts" } },
  scripts: {
    dear: {
      name: "Dear",
      body: "module.exports = async () => ({});",
      on_error: "continue",
      hosts: ["directory.example.com"],
      secrets: ["api_key"],
      test_inputs: [{ name: "Ada", input: "{}" }],
    },
  },
  features: { custom_apps: { enabled: true } },
  "custom-apps": { terms: { name: "Terms", url: "https://terms.example.com/" } },
  clients: {
    shop: {
      client_name: "Shop",
      redirect_uris: ["https://shop.example.com/callback"],
      initiate_login_uri: "https://shop.example.com/login",
      scope: "openid orders",
      client_token_minting_script: "dear",
      client_secret: APP_SECRET,
    },
  },
  connections: {
    staff: {
      name: "Staff",
      method: "cognito",
      settings: { pool_id: "eu-central-1_AbCdEfGhI", region: "eu-central-1", client_id: "app" },
      credentials: { client_secret: "an-upstream-secret" },
      attributes: [{ source: "id_token", name: "custom:department" }],
      mappings: [{ source: "id_token.custom:department", target: "department" }],
      post_authn_ctx_script: "dear",
      post_authn_app_id: "terms",
    },
    partners: {
      name: "Partners",
      method: "oidc",
      settings: { issuer_url: "https://partners.example.com", client_id: "app" },
      credentials: { client_secret: "another-upstream-secret" },
    },
    // It names a client, which has to be there before it.
    guests: {
      name: "Guests",
      method: "saml",
      settings: {
        idp_entity_id: "urn:guests",
        sso_url: "https://guests.example.com/sso",
        idp_certificates: [CERTIFICATE],
        idp_initiated_client_id: "shop",
      },
      config: { enable_stateful_ctx: true },
    },
  },
  apis: {
    orders: {
      identifier: "https://orders.example.com",
      name: "Orders",
      scopes: ["orders"],
      introspection_clients: ["shop"],
    },
  },
  claims: {
    dept: { name: "dept", type: "id_token", source_path: "department", scopes: ["orders"] },
    shop: { name: "shop", type: "access_token", source_type: "client", source_path: "client_name" },
  },
  "linking-rules": { people: { connections: ["partners", "staff"] } },
};
const SETTINGS = {
  name: "Acme",
  access_token_lifetime: 600,
  token_minting_script: "dear",
  audit_webhook: { url: "https://siem.example.com/" },
  audit_webhook_secret: "a secret of the webhook, which is long",
};
/** Variable → value of every secret above. */
const BY_REFERENCE = {
  WEBHOOK: SETTINGS.audit_webhook_secret,
  API_KEY: "a secret of scripts",
  SHOP: APP_SECRET,
  STAFF: "an-upstream-secret",
  PARTNERS: "another-upstream-secret",
};

test("the same by API alone and by file alone, with a record of every kind", async () => {
  const kinds = RESOURCES.filter(({ system }) => !system).map(({ record }) => record);
  // A kind that is added has to be in it, or nobody knows that a file can hold it.
  assert.deepEqual(Object.keys(EVERYTHING).toSorted(), kinds.toSorted());
  await it.api("PUT", "by-api", { name: "Acme" });
  const send = async (workspace: string) => {
    for (const [kind, records] of Object.entries(EVERYTHING))
      for (const [id, record] of Object.entries(records))
        await it.api("PUT", `${workspace}/${kind}/${id}`, record);
    await it.api("PUT", workspace, SETTINGS);
  };
  await send("by-api");

  // JSON is YAML, in the order of nobody: what is named comes first whatever the file says.
  const sections = Object.entries({ settings: SETTINGS, ...EVERYTHING }).toReversed();
  const file = JSON.stringify({ workspace: "by-file", ...Object.fromEntries(sections) });
  const referring = Object.entries(BY_REFERENCE).reduce(
    (text, [env, secret]) => text.replace(`:${JSON.stringify(secret)}`, `:${JSON.stringify({ env })}`),
    file,
  );
  for (const secret of Object.values(BY_REFERENCE)) assert.ok(!referring.includes(secret));
  const { API_KEY: _, ...rest } = BY_REFERENCE;
  assert.match(
    (await it.config("apply --file -", rest, referring)).stderr,
    /^secrets\/api_key: the deployment does not have these secrets yet; set API_KEY$/m,
  );
  good(await it.config("apply --file -", BY_REFERENCE, referring));
  const [api, other] = ["by-api", "by-file"].map((id) => it.config(`export --workspace ${id}`));
  const text = good(await other!);
  assert.equal(
    made(text),
    made(good(await api!))
      .replace("by-api", "by-file")
      .replace("BY_API", "BY_FILE"),
  );
  assert.match(text, /audit_webhook_secret: \{ env: BY_FILE_AUDIT_WEBHOOK_SECRET \}/);
  for (const secret of Object.values(BY_REFERENCE)) assert.ok(!text.includes(secret));

  // Secrets, too: the API finds nothing to change in any record, and neither does the file.
  const versions = await it.versions("by-file");
  await send("by-file");
  good(await it.config("apply --prune --file -", BY_REFERENCE, referring));
  good(await it.config("apply --prune --file -", {}, text));
  assert.equal(
    good(await it.config("plan --prune --file -", {}, text)),
    "Workspace by-file\nno difference\n",
  );
  assert.deepEqual(await it.versions("by-file"), versions);

  // What names goes before what is named.
  good(await it.config("apply --prune --file -", {}, "workspace: by-file\nsettings: { name: Acme }\n"));
  await it.api("PUT", "fresh-as-made", { name: "Acme" });
  assert.deepEqual(
    Object.keys(await it.versions("by-file")),
    Object.keys(await it.versions("fresh-as-made")),
  );
});
