/** Every command of the README: run here where that is possible offline, and otherwise named with the reason. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { startLocal } from "../local/local.ts";
import { root } from "../local/worker.ts";

const execute = promisify(execFile);

/** Commands that are not run here: what they need, or which test runs them. */
const ELSEWHERE: readonly [RegExp, string][] = [
  [/^npm start(?: |$)/, "test/interop/runner.test.ts"],
  [/^npm test$/, "is what runs this"],
  [/^npm ci$/, "is how what runs this was installed"],
  [/^npx wrangler dev$/, "runs until it is stopped"],
  [/^npx wrangler (?:login|rollback)$/, "needs an account"],
  [/^npx wrangler secret put \w+/, "needs an account"],
  [/^npm run deploy -- (?:--make-secrets|--env staging|--with-scripts)$/, "test/tools/deploy.test.ts"],
  [/^npm run config -- \w+$/, "test/tools/config"],
  [/^npm run bench(?: |:|$)/, "measures, which takes minutes"],
  [/^npm run faults$/, "test/faults/faults.test.ts, in its short form"],
];

const readme = await readFile(`${root}README.md`, "utf8");
const blocks = [...readme.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].map(([, text = ""]) =>
  text.replaceAll(/^ {3}/gm, ""),
);
const inline = [...readme.matchAll(/`((?:npm|npx|node) [^`]+)`/g)].map(([, text = ""]) =>
  text.replaceAll(/\s+/g, " "),
);

const folder = await mkdtemp(`${tmpdir()}/vestibule-readme-`);
const local = await startLocal({ folder, log: () => undefined });
after(async () => {
  await local.stop();
  await rm(folder, { recursive: true, force: true });
});
/** Of the operator's client, as the answer showed it once. */
let secret = "";

const isOperators = (block: string) => block.includes("$CI_SECRET");
const moves = (block: string) => block.includes('{"origin"');
const isApi = (block: string) => /^(?:api|curl) /m.test(block) && !isOperators(block);

test("the commands for the API build a workspace on a deployment, in the order in which they stand", async () => {
  // What moves the workspace to another host comes last: from then on nothing here could reach it.
  const script = blocks.filter((block) => isApi(block) && !moves(block)).join("\n");
  assert.ok((script.match(/^(?:api|curl) /gm) ?? []).length >= 7);
  const { stdout } = await bash(`set -e\n${script}`);
  for (const part of ['"client_secret":"', '"audit_webhook_secret":"', '"sign_ins":[]'])
    assert.ok(stdout.includes(part), part);
  secret = /"client_id":"ci"[^\n]*?"client_secret":"([^"]+)"/.exec(stdout)?.[1] ?? "";
  const discovery = await fetch(`${local.origin}/acme/.well-known/openid-configuration`);
  assert.equal(((await discovery.json()) as { issuer: string }).issuer, `${local.origin}/acme`);
});

test("afterwards an operator's token opens the API, and the bootstrap key does not", async () => {
  const headers = { authorization: `Bearer ${local.secrets.bootstrap_key}` };
  const status = async () => (await fetch(`${local.origin}/api/workspaces`, { headers })).status;
  // As every change of configuration, within ten seconds.
  for (let tries = 0; (await status()) === 200 && tries < 30; tries++)
    await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal(await status(), 401);
  const { stdout } = await bash(`set -e\n${blocks.filter(isOperators).join("\n")}`);
  assert.match(stdout, /"issuer":"[^"]+\/acme"/);
});

const commands = [
  ...blocks.filter((block) => !isApi(block) && !isOperators(block)).flatMap((block) => block.split("\n")),
  ...inline,
]
  .map((line) => line.replace(/ +#.*$/, "").trim())
  .filter((line) => line !== "" && !line.startsWith("#"));

for (const command of new Set(commands)) {
  const elsewhere = ELSEWHERE.find(([pattern]) => pattern.test(command));
  if (elsewhere) continue;
  test(command, async () => {
    const { stdout } = await bash(here(command));
    if (command.startsWith("node -p")) assert.match(stdout.trim(), /^(?:k\d:)?[A-Za-z0-9_-]{43}$/);
    if (command.endsWith("--dry-run")) assert.match(stdout, /^Bundle: /m);
  });
}

/** The same script under the Node that runs this test, for the deployment and the files of this test. */
function here(command: string): string {
  return command
    .replace(/^npm run (deploy|config) --/, "node src/tools/$1/main.ts")
    .replace("https://login.example.com", local.origin)
    .replace("--file ", `--file ${folder}/`);
}

test("a workspace moves to a domain of its own, by an operator", async () => {
  const [move = ""] = blocks.filter(moves);
  const { stdout } = await bash(`set -e
    BOOTSTRAP_KEY=$(curl -s -u "ci:$CI_SECRET" -d grant_type=client_credentials -d "resource=$ORIGIN/api" \
      "$ORIGIN/system/oauth2/token" | node -p 'JSON.parse(fs.readFileSync(0)).access_token')
    ${/^api\(\).*$/m.exec(readme)?.[0] ?? ""}
    ${move}`);
  assert.match(stdout, /"issuer":"https:\/\/login\.acme\.example"/);
});

test("every reason for not running a command is still of use", () => {
  for (const [pattern] of ELSEWHERE)
    assert.ok(
      commands.some((command) => pattern.test(command)),
      String(pattern),
    );
});

test("every link within it leads to a heading", () => {
  const anchors = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9 -]/g, "")
      .replaceAll(" ", "-"),
  );
  const links = [...readme.matchAll(/\]\(#([^)]+)\)/g)].map(([, link = ""]) => link);
  assert.ok(links.length > 0);
  for (const link of links) assert.ok(anchors.includes(link), link);
});

test("every variable that it explains is one that the Worker reads", async () => {
  const declared = await readFile(`${root}src/env.d.ts`, "utf8");
  const [, table = ""] = /\| variable \|[^\n]*\n([\s\S]*?)\n\n/.exec(readme) ?? [];
  const names = [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(
    ([, cell = ""]) => cell.match(/[A-Z_]{4,}/g) ?? [],
  );
  assert.ok(names.length >= 8);
  for (const name of names) assert.match(declared, new RegExp(`readonly ${name}\\??:`));
});

function bash(script: string) {
  const env = {
    ...process.env,
    PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`,
    ORIGIN: local.origin,
    BOOTSTRAP_KEY: local.secrets.bootstrap_key,
    TOKEN: local.secrets.bootstrap_key,
    CI_SECRET: secret,
    VESTIBULE_CLIENT_ID: "ci",
    VESTIBULE_CLIENT_SECRET: secret,
  };
  return execute("bash", ["-c", script], { cwd: root, env });
}
