import assert from "node:assert/strict";
import { test } from "node:test";
import { readOptions } from "../../../src/tools/config/options.ts";
import { Refusal } from "../../../src/tools/refusal.ts";
import { readSource } from "../../../src/tools/config/source.ts";
import { readWanted } from "../../../src/tools/config/wanted.ts";

const CLIENT = `workspace: acme
clients:
  shop:
    client_name: Shop
    token_endpoint_auth_method: none
    redirect_uris:
      - https://shop.example.com/callback
`;

/** Every fault at once, each with its line and its path. */
const FILES: Readonly<Record<string, readonly [text: string, ...faults: string[]]>> = {
  "an unknown member": [`${CLIENT}    colour: red\n`, "8 clients.shop.colour: is not known here"],
  "an unknown section": [
    "workspace: acme\nclaimz: {}\n",
    "2 claimz: there is no such section in this workspace",
  ],
  "operators outside system": [
    "workspace: acme\noperators: {}\n",
    "2 operators: there is no such section in this workspace",
  ],
  "a URL that is none": [
    CLIENT.replace("https://shop.example.com", "javascript:alert"),
    "7 clients.shop.redirect_uris.0: must be an https URL, an http URL on loopback, or a private-use scheme with a dot, without fragment",
  ],
  "a rule over several members": [
    `${CLIENT}    grant_types: [client_credentials]\n`,
    "8 clients.shop.grant_types: a public client has no credentials of its own",
  ],
  "two faults": [
    `${CLIENT}    trusted: 1\n    disabled: no\n`,
    "8 clients.shop.trusted: Invalid input: expected boolean, received number",
    "9 clients.shop.disabled: Invalid input: expected boolean, received string",
  ],
  "a secret as itself": [
    `${CLIENT}    client_secret: tops3cret-tops3cret-tops3cret-tops3cret\n`,
    "8 clients.shop.client_secret: a secret is written as { env: NAME }, never as itself",
  ],
  "a hash": [`${CLIENT}    client_secret_hash: x\n`, "8 clients.shop.client_secret_hash: is not known here"],
  "a variable that is not set": [
    CLIENT.replace("Shop", "{ env: SHOP_NAME }"),
    "4 clients.shop.client_name: the variable SHOP_NAME is not set",
  ],
  "an unknown secret": [
    "workspace: acme\nconnections:\n  a:\n    name: A\n    method: cognito\n    settings: { pool_id: eu-central-1_A, region: eu-central-1, client_id: a }\n    credentials: { secret: { env: A } }\n",
    "7 connections.a.credentials.secret: is not known here",
  ],
  "an id that is a number": ["workspace: acme\nclaims:\n  007: {}\n", "3 7 is not text: put it in quotes"],
  "another id inside": [
    `${CLIENT}    client_id: stall\n`,
    "8 clients.shop.client_id: is another id than its key",
  ],
  "a record that is a list": [
    "workspace: acme\nscopes:\n  a: []\n",
    "3 scopes.a: must be a map of names and values",
  ],
  "a name twice": ["workspace: acme\nscopes: {}\nscopes: {}\n", "3 Map keys must be unique"],
};

for (const [what, [text, ...faults]] of Object.entries(FILES))
  test(`refused with line and path: ${what}`, () => {
    const error = refusal(() => readWanted(readSource("acme.yaml", text), {}, undefined));
    const lines = error.message.split("\n");
    assert.equal(lines.length, faults.length, error.message);
    faults.forEach((fault, index) => assert.ok(lines[index]?.startsWith(`acme.yaml:${fault}`), lines[index]));
    assert.ok(!error.message.includes("tops3cret"));
  });

test("a JSON file has lines, too, and must be JSON", () => {
  const json = `{\n  "workspace": "acme",\n  "scopes": {\n    "a": { "nick": 1 }\n  }\n}`;
  const error = refusal(() => readWanted(readSource("acme.json", json), {}, undefined));
  assert.equal(error.message, "acme.json:4 scopes.a.nick: is not known here");
  const yaml = refusal(() => readSource("acme.json", "workspace: acme"));
  assert.match(yaml.message, /^acme\.json is not JSON: /);
});

test("a token never travels in the clear", () => {
  const message = (origin: string) =>
    refusal(() => readOptions(["plan", "--file", "a", "--origin", origin], "/")).message;
  const refused = "--origin must be an https URL, for example https://login.example.com";
  for (const origin of [
    "http://login.example.com",
    "http://127.0.0.1.example.com",
    "localhost",
    "ftp://localhost",
  ])
    assert.equal(message(origin), refused);
  const local = readOptions(["plan", "--file", "a", "--origin", "http://localhost:8787/x"], "/work");
  assert.deepEqual([local?.origin, local?.file], ["http://localhost:8787", "/work/a"]);
});

test("a command line that says too little is told what is missing", () => {
  const message = (...args: string[]) => refusal(() => readOptions(args, "/")).message;
  assert.equal(
    message("deploy"),
    "Say one of export, plan, apply, drift, backup, restore; --help says more.",
  );
  assert.equal(message("plan"), "plan needs --file FILE");
  assert.equal(message("export", "--file", "a"), "export needs --workspace ID");
  assert.match(message("plan", "--force"), /^Unknown option '--force'/);
  assert.equal(readOptions(["--help"], "/"), undefined);
});

function refusal(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  assert.fail("it was not refused");
}
