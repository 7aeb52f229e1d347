/** The README's section on adding a kind, followed word by word: its file, its list line, and a sign-in with it. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { SignJWT } from "jose";
import { CookieJar } from "../cookie-jar.ts";
import { freePort } from "../local/ports.ts";
import { root, startWorker, type LocalWorker } from "../local/worker.ts";
import { temporary } from "./vestibule.ts";

const BOOTSTRAP_KEY = "k".repeat(43);
const KEY = "a-key-that-both-sides-have-of-32-characters";
const OFFICE = "https://tickets.example.com/sign-in";
const APP = "http://127.0.0.1:45678/callback";

const readme = await readFile(`${root}README.md`, "utf8");
const [, section = ""] = /### Add a kind of your own\n([\s\S]*?)\n## /.exec(readme) ?? [];
const code = (language: string) =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(section)?.[1] ?? "";
const paths = [...section.matchAll(/`(src\/connectors\/\w+\.ts)`/g)].map(([, path = ""]) => path);

const tree = await temporary();
let worker: LocalWorker;
let origin: string;

before(async () => {
  const [file = "", list = ""] = paths;
  for (const part of ["src", "wrangler.toml", "tsconfig.json"])
    await cp(`${root}${part}`, `${tree}/${part}`, { recursive: true });
  await symlink(`${root}node_modules`, `${tree}/node_modules`);
  await writeFile(`${tree}/${file}`, code("ts"));
  await writeFile(`${tree}/${list}`, patched(await readFile(`${tree}/${list}`, "utf8")));
  const port = await freePort();
  origin = `http://localhost:${port}`;
  worker = await startWorker({
    port,
    config: `${tree}/wrangler.toml`,
    bindings: { ORIGIN: origin, DEPLOYMENT_KEY: `k1:${"A".repeat(43)}`, BOOTSTRAP_KEY, LOOPBACK: "on" },
    outbound: async () => new Response("nobody is to be called", { status: 502 }),
    log: () => undefined,
  });
});
after(() => worker.stop());

/** Lines with `-` are there and go; lines with `+` come in their place, or to the imports. */
function patched(source: string): string {
  const lines = code("diff").trim().split("\n");
  const [gone = "", ...more] = lines.filter((line) => line.startsWith("-")).map((line) => line.slice(1));
  const come = lines.filter((line) => line.startsWith("+")).map((line) => line.slice(1));
  const imports = come.filter((line) => line.startsWith("import "));
  const [instead = ""] = come.filter((line) => !line.startsWith("import "));
  assert.deepEqual([more.length, imports.length], [0, 1]);
  assert.ok(source.includes(gone), gone);
  return source.replace(gone, instead).replace("import ", `${imports.join("\n")}\nimport `);
}

async function api(method: string, path: string, body?: object) {
  const response = await fetch(`${origin}/api/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${BOOTSTRAP_KEY}`,
      ...(body && { "content-type": "application/json" }),
    },
    body: body && JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test("what the section says compiles", async () => {
  const { files: _, ...config } = JSON.parse(await readFile(`${tree}/tsconfig.json`, "utf8")) as {
    files?: string[];
    compilerOptions: { types: string[] };
  };
  config.compilerOptions.types.push("node");
  await writeFile(`${tree}/tsconfig.json`, JSON.stringify({ ...config, include: ["src"] }));
  await promisify(execFile)(`${root}node_modules/.bin/tsc`, ["-p", `${tree}/tsconfig.json`]);
});

test("the new kind is in the API with the words of its fields", async () => {
  const { body } = await api("GET", "connection-kinds");
  const kind = (body["items"] as { method: string; form: object }[]).find(
    ({ method }) => method === "ticket",
  );
  assert.deepEqual(kind?.form, {
    settings: { sign_in_url: { label: "Sign-in page", help: "Where people get their ticket." } },
    credentials: { key: { label: "Key", help: "Signs the tickets." } },
  });
  const described = JSON.stringify((await api("GET", "openapi.json")).body);
  assert.ok(described.includes('"const":"ticket"'));
});

test("people sign in by it, and a ticket of another sign-in lets nobody in", async () => {
  await api("PUT", "workspaces/shop", { name: "Shop" });
  const connection = {
    name: "Tickets",
    method: "ticket",
    settings: { sign_in_url: OFFICE },
    credentials: { key: KEY },
  };
  const short = await api("PUT", "workspaces/shop/connections/tickets", {
    ...connection,
    credentials: { key: "short" },
  });
  assert.equal(short.status, 422);
  const made = await api("PUT", "workspaces/shop/connections/tickets", connection);
  assert.equal(made.status, 201);
  assert.ok(!JSON.stringify(made.body).includes(KEY));
  await api("PUT", "workspaces/shop/clients/shop", {
    client_name: "Shop",
    redirect_uris: [APP],
    scope: "openid profile",
    trusted: true,
    client_secret: "a-client-secret-of-32-characters-or-more",
  });
  assert.match(await arriveWith((nonce) => nonce), /[?&]code=/);
  assert.match(await arriveWith(() => "another"), /[?&]error=access_denied/);
});

/** @returns where the app is called */
async function arriveWith(nonceOf: (state: string) => string): Promise<string> {
  const jar = new CookieJar();
  const open = async (url: string | URL) => {
    const to = new URL(url);
    const cookie = jar.header({ to, crossSite: true, navigation: true });
    const response = await fetch(to, { redirect: "manual", headers: { cookie } });
    jar.take(to, response.headers.getSetCookie());
    return response.headers.get("location") ?? "";
  };
  const asked = { response_type: "code", client_id: "shop", redirect_uri: APP, scope: "openid profile" };
  const challenge = { code_challenge: "A".repeat(43), code_challenge_method: "S256" };
  const query = new URLSearchParams({ ...asked, ...challenge });
  const office = new URL(await open(`${origin}/shop/oauth2/authorize?${query.toString()}`));
  assert.equal(office.origin + office.pathname, OFFICE);
  const state = office.searchParams.get("state")!;
  const back = new URL(office.searchParams.get("return_to")!);
  const ticket = await new SignJWT({ name: "Ada", nonce: nonceOf(state) })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer(OFFICE)
    .setAudience(back.href)
    .setSubject("ada")
    .setExpirationTime("1m")
    .sign(new TextEncoder().encode(KEY));
  back.search = new URLSearchParams({ state, ticket }).toString();
  return open(back);
}
