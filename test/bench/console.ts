/**
 * `npm run bench:console`: server time of every page of the console, as CPU of workerd, in a workspace with something of
 * everything and in one with five providers of sixty attributes each. The list of pages is the console's own.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { bundled } from "../browser/gaze/bundled.ts";
import { fill } from "../browser/gaze/fill.ts";
import { addressOf } from "../console-addresses.ts";
import { Person } from "../interop/person.ts";
import { startLocal } from "../local/local.ts";
import { type Api, enter } from "./console/enter.ts";
import { fillLineage } from "./console/lineage.ts";
import { childOf, usageOf } from "./cpu.ts";

interface Pages {
  readonly PAGES: readonly { readonly path: string; readonly system?: true }[];
}

/** Milliseconds that a page may cost. */
const ALLOWED = 50;
/** Rounds, of which the one counts that the rest of the machine disturbed least; and requests of each. */
const [ROUNDS, TIMES] = [2, 10];

const { PAGES } = await bundled<Pages>("src/admin/console/pages/index.ts");
const folder = await mkdtemp(`${tmpdir()}/vestibule-bench-`);
const local = await startLocal({ folder, log: () => undefined });
try {
  const { origin, secrets } = local;
  const api: Api = async (method, path, body) => {
    const response = await fetch(`${origin}/api/workspaces/${path}`, {
      method,
      headers: { authorization: `Bearer ${secrets.bootstrap_key}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  await fill(local);
  await fillLineage(api);
  await new Person("ada").walk(
    new URL(`${origin}/demo/demo/login?idp_hint=customers`),
    `${origin}/demo/demo?code=`,
  );

  const paths = await pathsOf(api);
  const cookie = await enter(api, origin, secrets.deployment_key);
  const workerd = childOf(process.pid, "workerd");
  const open = async (path: string): Promise<void> => {
    const response = await fetch(`${origin}/admin${path}`, { headers: { cookie }, redirect: "manual" });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text.slice(0, 200)}`);
  };
  /** Milliseconds of CPU. */
  const cost = async (path: string): Promise<number> => {
    const rounds: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const before = usageOf(workerd).cpu;
      for (let n = 0; n < TIMES; n++) await open(path);
      if (round > 0) rounds.push(((usageOf(workerd).cpu - before) * 1_000) / TIMES);
    }
    return Math.min(...rounds);
  };

  const measured: [string, number][] = [];
  for (const path of paths) {
    const ms = await cost(path);
    measured.push([path, ms]);
    console.log(`${ms.toFixed(1).padStart(6)} ms  ${path}${ms > ALLOWED ? "  more than allowed" : ""}`);
  }
  const slow = measured.filter(([, ms]) => ms > ALLOWED).length;
  console.log(`${measured.length} pages, ${slow} of them over ${ALLOWED} ms of CPU`);
  process.exitCode = slow > 0 ? 1 : 0;
} finally {
  await local.stop();
  await rm(folder, { recursive: true, force: true });
}

async function pathsOf(api: Api) {
  const person = await listed(api);
  const { items: signIns } = (await api("GET", `demo/subjects/${person}/sign-ins`)) as {
    items: { session: string }[];
  };
  const signIn = signIns[0]?.session ?? "";
  const { items: keys } = (await api("GET", "demo/keys")) as { items: { kid: string }[] };
  const ids = {
    "": "dear",
    "identity-providers": "customers",
    create: "cognito?id=new",
    applications: "app-0001",
    apis: "orders",
    scopes: "email",
    claims: "id_token-email",
    "authentication-context": "email",
    secrets: "CRM_KEY",
    "custom-apps": "terms",
    "account-linking": "people",
    attributes: "1",
    mappings: "1",
    people: person,
    "sign-ins": signIn,
    consents: "app-0001",
    keys: keys[0]?.kid ?? "",
  };
  const pages = PAGES.filter(({ system }) => !system).map(
    ({ path }) => `/workspaces/demo${addressOf(path, ids)}`,
  );
  return [
    "",
    ...pages,
    "/workspaces/demo?span=month",
    "/workspaces/demo/data-lineage?unfolded=on",
    "/workspaces/system/operators",
    "/workspaces/system/operators/create",
    "/workspaces/large",
    "/workspaces/large/data-lineage",
    "/workspaces/large/data-lineage?unfolded=on",
    "/workspaces/large/identity-providers/one/attributes",
    "/workspaces/large/identity-providers/one/mappings",
    "/workspaces/large/authentication-context",
  ];
}

/** Listed once the person's object has told the directory. */
async function listed(
  api: (method: string, path: string) => Promise<Record<string, unknown>>,
): Promise<string> {
  for (let tries = 0; tries < 60; tries++) {
    const { items } = (await api("GET", "demo/subjects")) as { items: { subject: string }[] };
    if (items[0]) return items[0].subject;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error("nobody is listed");
}
