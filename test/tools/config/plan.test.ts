import assert from "node:assert/strict";
import { test } from "node:test";
import { applyPlan } from "../../../src/tools/config/apply-plan.ts";
import { openDeployment } from "../../../src/tools/config/deployment.ts";
import { planned } from "../../../src/tools/config/planned.ts";
import { good, stage } from "./stage.ts";

const it = await stage();

const ACME = `workspace: acme
settings:
  name: Acme
scopes:
  orders:
    display_name: Orders
clients:
  shop:
    client_name: Shop
    token_endpoint_auth_method: none
    redirect_uris: [https://shop.example.com/callback]
    scope: [openid, orders]
`;

/** A workspace of its own for a test, made from the file. */
async function made(id: string): Promise<string> {
  const text = ACME.replace("acme", id);
  good(await it.config("apply --file -", {}, text));
  return text;
}

test("plan and drift tell a difference by their exit codes, and what it is", async () => {
  const text = await made("codes");
  assert.deepEqual(await it.config("plan --file -", {}, text), {
    code: 0,
    stdout: "Workspace codes\nno difference\n",
    stderr: "",
  });
  assert.deepEqual(await it.config("drift --file -", {}, text), {
    code: 0,
    stdout: "No drift: codes is what stdin says.\n",
    stderr: "",
  });
  await it.api("PATCH", "codes/clients/shop", { trusted: true, scope: ["openid"] });
  await it.api("DELETE", "codes/scopes/orders");
  const plan = `Workspace codes
  + scopes/orders
      display_name: "Orders"
  ~ clients/shop
      scope: ["openid"] → ["openid","orders"]
      trusted: true → false
1 to create, 1 to change
`;
  assert.deepEqual(await it.config("plan --file -", {}, text), { code: 2, stdout: plan, stderr: "" });
  const drift = `Drift: codes is not what stdin says. To make it so:\n${plan}`;
  assert.deepEqual(await it.config("drift --file -", {}, text), { code: 2, stdout: drift, stderr: "" });
});

test("a dry run writes nothing, not even a workspace", async () => {
  const text = await made("dry");
  const versions = await it.versions("dry");
  const changed = text.replace("Orders", "Other").replace("shop:", "stall:");
  const { code, stdout } = await it.config("apply --dry-run --prune --file -", {}, changed);
  assert.equal(code, 2);
  assert.match(stdout, /^1 to create, 1 to change, 1 to remove$/m);
  assert.deepEqual(await it.versions("dry"), versions);
  const fresh = await it.config("apply --dry-run --file - --workspace not-there", {}, text);
  assert.equal(fresh.code, 2);
  assert.match(fresh.stdout, /^Workspace not-there \(to be made\)$/m);
  assert.equal((await it.config("export --workspace not-there")).stderr, "there is no workspace not-there\n");
});

test("what is not in the file is left, and goes with --prune, last named first", async () => {
  const text = await made("prune");
  await it.api("PUT", "prune/scopes/more", {});
  await it.api("PUT", "prune/apis/more", { identifier: "urn:more", name: "More", scopes: ["more"] });
  const left = await it.config("plan --file -", {}, text);
  assert.equal(left.code, 0);
  assert.match(left.stdout, /^ {2}· scopes\/more is not in the file and is left; --prune removes it$/m);
  assert.match(left.stdout, /^2 left$/m);
  assert.match(good(await it.config("apply --file -", {}, text)), /2 left\n$/);
  assert.equal((await it.config("drift --file -", {}, text)).code, 2);
  const pruned = good(await it.config("apply --prune --file -", {}, text));
  assert.match(pruned, /\[1\/2\] removed apis\/more\n\[2\/2\] removed scopes\/more\n$/);
  assert.equal((await it.config("drift --file -", {}, text)).code, 0);
});

test("a record that changed after the plan is not written over, and nothing after it is done", async () => {
  const text = (await made("stale")).replace("Orders", "Other").replace("Name: Shop", "Name: Stall");
  const deployment = openDeployment(it.origin, it.secrets.bootstrap_key);
  const files = {
    name: "stale.yaml",
    read: async () => text.replace("Shop", "Stall"),
    write: async () => {},
  };
  const plan = await planned({ origin: it.origin, deployment, files, environment: {} }, {});
  await it.api("PATCH", "stale/scopes/orders", { description: "changed in between" });
  const shop = (await it.versions("stale"))["clients/shop"];
  await assert.rejects(
    applyPlan(deployment, plan, () => assert.fail("a step was done")),
    {
      message: `PUT /api/workspaces/stale/scopes/orders answered 412: the record is not the one that you saw
  somebody changed it after the plan was made; make the plan again
Stopped at scopes/orders; done before it: nothing, after it: nothing.`,
    },
  );
  assert.equal((await it.versions("stale"))["clients/shop"], shop);
});

test("what was done before an error is said", async () => {
  const text = `${await made("half")}connections: {}\n`.replace("orders:\n", "orders: null\n  other:\n");
  const { code, stderr, stdout } = await it.config("apply --file -", {}, text);
  assert.equal(code, 1);
  assert.match(stdout, /^\[1\/2\] created scopes\/other$/m);
  assert.equal(
    stderr,
    `DELETE /api/workspaces/half/scopes/orders answered 409: the record is in use
  used by clients/shop
Stopped at scopes/orders; done before it: 1 of 2 steps, after it: nothing.
`,
  );
});

test("what an operator ended at once stays ended, whatever the file says", async () => {
  const text = await made("ended");
  const { body } = await it.api("PATCH", "ended/clients/shop", { not_before: 1_900_000_000 });
  await body?.cancel();
  await it.api("PATCH", "ended", { not_before: 1_800_000_000 });
  assert.equal((await it.config("drift --file -", {}, text)).code, 0);
  good(await it.config("apply --file -", {}, text.replace("Shop", "Stall")));
  const shop = (await (await it.api("GET", "ended/clients/shop")).json()) as Record<string, unknown>;
  assert.deepEqual([shop["client_name"], shop["not_before"]], ["Stall", 1_900_000_000]);
  const exported = good(await it.config("export --workspace ended"));
  assert.match(exported, /not_before: 1900000000/);
});

test("the API makes a client's secret where none is brought; it is shown once and kept", async () => {
  const text = (await made("secret")).replace(
    "auth_method: none",
    "auth_method: client_secret_basic\n    client_secret: { env: SHOP }",
  );
  assert.match(
    (await it.config("plan --file -", {}, text)).stdout,
    /client_secret: made by the API and shown once, because SHOP is not set/,
  );
  assert.match(
    good(await it.config("apply --file -", {}, text)),
    /^ {6}client_secret: [\w-]{43} {3}\(shown once: keep it\)$/m,
  );
  const versions = await it.versions("secret");
  assert.equal(good(await it.config("apply --file -", {}, text)), "Workspace secret\nno difference\n");
  assert.deepEqual(await it.versions("secret"), versions);
  const sent = good(await it.config("apply --file -", { SHOP: "x".repeat(40) }, text));
  assert.match(sent, /client_secret: sent from SHOP; whether it differs cannot be seen/);
  assert.notEqual((await it.versions("secret"))["clients/shop"], versions["clients/shop"]);
});

test("a client of the workspace system opens it, within its rights", async () => {
  await made("rights");
  const scopes = ["workspaces:read", "clients:read", "connections:read", "scripts:read"];
  const client = {
    client_name: "CI",
    grant_types: ["client_credentials"],
    scope: scopes,
    client_secret: "y".repeat(40),
  };
  await it.api("PUT", "system/clients/ci", client);
  const system = good(await it.config("export --workspace system"));
  assert.match(system, /^workspace: system\nsettings:\n {2}name: system\n(?:.*\n)*clients:\n {2}ci:\n/);
  assert.doesNotMatch(system, /Admin API|workspaces:write/);
  await it.api("PUT", "system/operators/ci", { client_id: "ci", scopes, workspaces: ["rights"] });
  const env = {
    VESTIBULE_TOKEN: "",
    VESTIBULE_CLIENT_ID: "ci",
    VESTIBULE_CLIENT_SECRET: client.client_secret,
  };
  const exported = good(await it.config("export --workspace rights", env));
  assert.equal((await it.config("drift --file -", env, exported)).code, 0);
  const denied = await it.config("apply --file -", env, exported.replace("Shop", "Stall"));
  assert.equal(denied.code, 1);
  assert.match(denied.stderr, /^PUT \/api\/workspaces\/rights\/clients\/shop answered 403: /);
  const wrong = await it.config("export --workspace rights", { ...env, VESTIBULE_CLIENT_SECRET: "wrong" });
  assert.deepEqual([wrong.code, wrong.stdout], [1, ""]);
  assert.match(wrong.stderr, /^no token for ci: invalid_client /);
});
