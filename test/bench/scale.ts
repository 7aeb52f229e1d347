/**
 * `npm run bench:scale`: what a sign-in, the lists and the pages of the console cost with 10,000 clients, 1,000 connections
 * and 100 workspaces, against one client and one connection, on local workerd with the local pool. It takes ten minutes;
 * `-- --quick` takes three, with a tenth of the clients and few sign-ins.
 */
import * as client from "openid-client";
import { startPool } from "../local/pool/index.ts";
import { freePort } from "../local/ports.ts";
import { startWorker } from "../local/worker.ts";
import { Person } from "../interop/person.ts";
import { type Api, enter } from "./console/enter.ts";
import { measurePages } from "./console/large.ts";

const quick = process.argv.includes("--quick");
const [clients, connections, workspaces] = [quick ? 1_000 : 10_000, 1_000, 100];
const rounds = quick ? 10 : 60;
const APP = "http://127.0.0.1:45678/callback";
const key = "k".repeat(43);
const deployment_key = `k1:${"A".repeat(43)}`;
const secret = "s".repeat(43);
const upstream = { id: "a".repeat(26), secret: "b".repeat(52) };

const port = await freePort();
const origin = `http://localhost:${port}`;
const callbackUrls = ["small", "large"].map((workspace) => `${origin}/${workspace}/callback/pool`);
const pool = await startPool({ clients: [{ ...upstream, name: "bench", callbackUrls, logoutUrls: [] }] });
const worker = await startWorker({
  port,
  bindings: { ORIGIN: origin, DEPLOYMENT_KEY: deployment_key, BOOTSTRAP_KEY: key, LOOPBACK: "on" },
  outbound: pool.answer,
  log: () => undefined,
});

/** @param path below `/api/` */
async function call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${origin}/api/${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { "content-type": "application/json" }) },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

/** One at a time would wait for the network most of the time; too many would judge each other's writes again. */
async function each(count: number, make: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const work = async () => {
    for (let index = next++; index < count; index = next++) await make(index);
  };
  await Promise.all(Array.from({ length: 4 }, work));
}

const scope = "openid profile email";
const app = { client_name: "App", client_secret: secret, redirect_uris: [APP], trusted: true, scope };
const settings = { pool_id: pool.poolId, region: pool.region, client_id: upstream.id };
const connection = { method: "cognito", settings, credentials: { client_secret: upstream.secret } };

async function workspace(id: string): Promise<void> {
  await call("PUT", `workspaces/${id}`, { name: id });
  await call("PUT", `workspaces/${id}/clients/app`, app);
  await call("PUT", `workspaces/${id}/connections/pool`, { name: "Pool", ...connection });
}

async function fill(): Promise<void> {
  await each(workspaces - 2, (i) => call("PUT", `workspaces/filler-${i}`, { name: `Filler ${i}` }));
  await each(clients - 1, (i) =>
    call("PUT", `workspaces/large/clients/app-${i}`, { ...app, client_name: `App ${i}` }),
  );
  await each(connections - 1, (i) =>
    call("PUT", `workspaces/large/connections/idp-${i}`, { name: `Provider ${i}`, ...connection }),
  );
}

/** Milliseconds of each of our three requests, the person and the provider left out. */
async function signIn(id: string): Promise<number[]> {
  const spent: number[] = [];
  const config = await client.discovery(
    new URL(`${origin}/${id}`),
    "app",
    undefined,
    client.ClientSecretBasic(secret),
    {
      execute: [client.allowInsecureRequests],
    },
  );
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: APP,
    scope: "openid",
    idp_hint: "pool",
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
  });
  const timed = async <T>(run: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await run();
    spent.push(performance.now() - began);
    return result;
  };
  const answer = await new Person("ada", (request, send) =>
    request.url.startsWith(`${origin}/`) ? timed(send) : send(),
  ).walk(url, APP);
  await timed(() => client.authorizationCodeGrant(config, answer, { pkceCodeVerifier }));
  return spent;
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The two take turns, so that whatever else the machine does falls on both. */
async function compare(ids: readonly string[]): Promise<number[][]> {
  const seen = ids.map((): number[][] => []);
  for (let round = 0; round < rounds + 10; round++)
    for (const [index, id] of ids.entries()) {
      const spent = await signIn(id);
      if (round >= 10) seen[index]?.push(spent);
    }
  return seen.map((runs) => [0, 1, 2].map((step) => median(runs.map((run) => run[step] ?? 0))));
}

/** Of the workspace `large`, and the page of all workspaces. */
const PAGES = [
  "",
  "?search=filler-9",
  ...[
    "",
    "/identity-providers",
    "/identity-providers?search=provider%20999",
    "/identity-providers?after=idp-95",
    "/identity-providers/idp-500",
    "/identity-providers/idp-500/attributes",
    "/identity-providers/idp-500/mappings",
    "/applications",
    `/applications?search=app%20${clients - 2}`,
    "/applications?after=app-95",
    "/applications/app-500",
    "/data-lineage",
    "/data-lineage?unfolded=on",
    "/data-lineage?connection=idp-500&unfolded=on",
    "/data-lineage?client=app-500",
    "/account-linking/create",
    "/apis/create",
    "/consents",
    "/audit-log",
    "/audit-log?type=sign_in",
  ].map((path) => `/workspaces/large${path}`),
];

async function latency(path: string): Promise<number> {
  const spent: number[] = [];
  for (let round = 0; round < 15; round++) {
    const began = performance.now();
    await call("GET", path);
    spent.push(performance.now() - began);
  }
  return median(spent);
}

try {
  console.log("filling …");
  const began = performance.now();
  for (const id of ["small", "large"]) await workspace(id);
  await fill();
  console.log(`filled in ${((performance.now() - began) / 1_000).toFixed(0)} s\n`);

  const [small = [], large = []] = await compare(["small", "large"]);
  console.log("sign-in, median ms       small   large   ratio (target 1.2)");
  for (const [step, name] of ["authorize", "callback", "token"].entries()) {
    const [a, b] = [Number(small[step]), Number(large[step])];
    console.log(
      `${name.padEnd(22)} ${a.toFixed(2).padStart(7)} ${b.toFixed(2).padStart(7)} ${(b / a).toFixed(2).padStart(7)}`,
    );
  }
  console.log("\nlists, median ms (target 100)");
  for (const path of [
    "workspaces?limit=200",
    "workspaces/large/clients",
    "workspaces/large/clients?limit=200&after=app-5",
    "workspaces/large/clients?search=app%209999",
    "workspaces/large/clients?search=nothing-like-it",
    "workspaces/large/connections?limit=200",
    "workspaces/large/connections?search=provider%20999",
    "workspaces/large/subjects",
    "workspaces/large/audit-events?limit=200",
    "workspaces/large/audit-events?type=sign_in",
  ])
    console.log(`${(await latency(path)).toFixed(1).padStart(7)}  ${path}`);

  // Last: its operator closes the bootstrap key.
  const api: Api = (method, path, body) => call(method, `workspaces/${path}`, body);
  await measurePages(origin, await enter(api, origin, deployment_key), PAGES);
} finally {
  await worker.stop();
  await pool.stop();
}
