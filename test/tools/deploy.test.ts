import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { after, test } from "node:test";
import { deploy } from "../../src/tools/deploy/deploy.ts";
import { deployOptions } from "../../src/tools/deploy/options.ts";
import { Refusal } from "../../src/tools/refusal.ts";
import { wrangler as realWrangler, type Ran, type Wrangler } from "../../src/tools/deploy/wrangler.ts";
import { root as repository } from "../local/worker.ts";

const KEY = /^k1:[A-Za-z0-9_-]{43}$/;

/** wrangler.toml as it is, with the examples at its end switched on and an address at its beginning. */
async function folder(change: (toml: string) => string = (toml) => toml): Promise<string> {
  const made = `${await mkdtemp(`${tmpdir()}/vestibule-deploy-`)}/`;
  after(() => rm(made, { recursive: true, force: true }));
  const [base = "", examples = ""] = (await readFile(`${repository}wrangler.toml`, "utf8")).split(
    "# Further environments",
  );
  const on = examples.slice(examples.indexOf("# [env.")).replaceAll(/^# ?/gm, "");
  const toml = base
    .replace("http://localhost:8787", "https://login.example.com")
    .replace('main = "', `main = "${repository}`)
    .replace('"./src', `"${repository}src`)
    .replace("preview_urls = false", 'preview_urls = false\nroutes = ["login.example.com/*"]');
  await writeFile(`${made}wrangler.toml`, change(`${toml}\n${on}`));
  return made;
}

interface Fake {
  readonly wrangler: Wrangler;
  readonly ran: string[];
  readonly inputs: string[];
}

/** An account: what wrangler would say. */
function account(secrets: readonly string[] | Ran, whoami = "You are logged in"): Fake {
  const ran: string[] = [];
  const inputs: string[] = [];
  const list =
    "code" in secrets ? secrets : { code: 0, output: JSON.stringify(secrets.map((name) => ({ name }))) };
  const wrangler: Wrangler = async (args, { input } = {}) => {
    if (args.includes("--dry-run")) return realWrangler(args);
    ran.push(args.filter((word) => !word.includes("/")).join(" "));
    if (input !== undefined) inputs.push(input.trim());
    if (args[0] === "whoami") return { code: 0, output: whoami };
    return args[1] === "list" ? list : { code: 0, output: "" };
  };
  return { wrangler, ran, inputs };
}

async function run(args: string[], { wrangler }: Pick<Fake, "wrangler">, root?: string) {
  const said: string[] = [];
  const tools = { root: root ?? (await folder()), wrangler, say: (text: string) => void said.push(text) };
  return { code: await deploy(deployOptions(args), tools), said: said.join("\n") };
}

const BOTH = ["DEPLOYMENT_KEY", "BOOTSTRAP_KEY"];

test("the repository as it is says what is missing, each with what to do, and deploys nothing", async () => {
  const root = await folder();
  await cp(`${repository}wrangler.toml`, `${root}wrangler.toml`);
  const fake = account([], "You are not authenticated. Please run `wrangler login`.");
  const { code, said } = await run([], fake, root);
  assert.equal(code, 1);
  for (const line of [
    "✗ logged in: npx wrangler login",
    "✗ ORIGIN: in wrangler.toml set ORIGIN",
    "Nothing was deployed",
  ])
    assert.ok(said.includes(line), line);
  assert.deepEqual(fake.ran, ["whoami"]);
});

test("without secrets it names the command that makes them, and deploys nothing", async () => {
  const fake = account(["BOOTSTRAP_KEY"]);
  const { code, said } = await run(["--env", "staging"], fake);
  assert.equal(code, 1);
  assert.match(said, /✗ secret DEPLOYMENT_KEY: npm run deploy -- --env staging --make-secrets/);
  assert.doesNotMatch(said, /BOOTSTRAP_KEY/);
  assert.ok(!fake.ran.some((words) => words.startsWith("deploy")));
});

test("--make-secrets makes the missing ones of 32 bytes, shows each once and passes them on stdin", async () => {
  const fake = account({ code: 1, output: "This Worker does not exist on your account. [code: 10007]" });
  const { code, said } = await run(["--make-secrets"], fake);
  assert.equal(code, 0);
  assert.deepEqual(fake.ran, [
    "whoami",
    "secret list --format json --config",
    "secret put DEPLOYMENT_KEY --config",
    "secret put BOOTSTRAP_KEY --config",
    "deploy --minify --config",
  ]);
  const [deployment = "", bootstrap = ""] = fake.inputs;
  assert.match(deployment, KEY);
  assert.match(`k1:${bootstrap}`, KEY);
  assert.equal(said.split(deployment).length, 2);
  assert.match(said, /Keep it as safely as your backups/);
});

test("a secret that is there is never replaced", async () => {
  const fake = account(BOTH);
  assert.equal((await run(["--make-secrets"], fake)).code, 0);
  assert.deepEqual(fake.inputs, []);
});

test("when the secrets cannot be listed nothing is made and nothing is deployed", async () => {
  for (const output of ["fetch failed", "Authentication error [code: 10000]", "10007000"]) {
    const fake = account({ code: 1, output });
    await assert.rejects(run(["--make-secrets"], fake), Refusal);
    assert.ok(!fake.ran.some((words) => /put|deploy/.test(words)));
  }
  await assert.rejects(run(["--make-secrets"], account({ code: 0, output: "not json" })), Refusal);
});

test("an address without https or without a route, and a second address, stop it", async () => {
  const wrongs: [string, (toml: string) => string, RegExp][] = [
    ["http", (toml) => toml.replace("https://login.example.com", "http://login.example.com"), /✗ ORIGIN:/],
    [
      "no route",
      (toml) => toml.replace("login.example.com/*", "other.example.com/*"),
      /✗ route of login\.example\.com: .*custom_domain/,
    ],
    [
      "workers.dev",
      (toml) => toml.replace("workers_dev = false", "workers_dev = true"),
      /✗ no second address/,
    ],
    [
      "previews",
      (toml) => toml.replace("preview_urls = false", "preview_urls = true"),
      /✗ no second address/,
    ],
  ];
  for (const [name, change, expected] of wrongs) {
    const { code, said } = await run([], account(BOTH), await folder(change));
    assert.equal(code, 1, name);
    assert.match(said, expected, name);
  }
});

test("the example environments have every binding of the top level, and addresses of their own", async () => {
  const root = await folder();
  await run(["--dry-run"], account(BOTH), root);
  const base = await written(root, "wrangler.json");
  for (const env of ["staging", "production"]) {
    const { code, said } = await run(["--env", env, "--dry-run"], account(BOTH), root);
    assert.equal(code, 0);
    assert.match(said, /^Bundle: \d+ KiB minified, \d+ KiB gzip .*start-up: \d+ ms/);
    const made = await written(root, `wrangler.${env}.json`);
    for (const shared of [
      "kv_namespaces",
      "durable_objects",
      "migrations",
      "ratelimits",
      "compatibility_date",
    ])
      assert.deepEqual(made[shared], base[shared], shared);
    assert.equal(made["name"], `vestibule-${env}`);
    assert.deepEqual([made["workers_dev"], made["preview_urls"], made["env"]], [false, false, undefined]);
    const { ORIGIN } = made["vars"] as { ORIGIN: string };
    const routes = made["routes"] as { pattern: string }[];
    assert.ok(routes.some(({ pattern }) => pattern === new URL(ORIGIN).host));
    assert.ok(!JSON.stringify(routes).includes("/*"), "the route of the top level is its own");
  }
  await assert.rejects(run(["--env", "nowhere"], account(BOTH), root), /no section \[env\.nowhere\]/);
});

test("the Worker Loader is bound only when it is asked for, and a dry run needs no account", async () => {
  const root = await folder();
  const none: Wrangler = async (args) => {
    assert.ok(args.includes("--dry-run"));
    return realWrangler(args);
  };
  await run(["--dry-run"], { wrangler: none }, root);
  assert.equal((await written(root, "wrangler.json"))["worker_loaders"], undefined);
  assert.equal((await run(["--dry-run", "--with-scripts"], { wrangler: none }, root)).code, 0);
  assert.deepEqual((await written(root, "wrangler.json"))["worker_loaders"], [{ binding: "LOADER" }]);
});

test("what it does not know is refused", () => {
  assert.throws(() => deployOptions(["--prod"]), /Unknown option '--prod'/);
});

async function written(root: string, file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(`${root}.vestibule/deploy/${file}`, "utf8")) as Record<string, unknown>;
}
