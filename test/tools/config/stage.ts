import { spawn } from "node:child_process";
import assert from "node:assert/strict";
import { kindsOf } from "../../../src/tools/config/kinds.ts";
import { keyOf } from "../../saml/keys.ts";
import { root } from "../../local/worker.ts";
import { start as startVestibule, temporary } from "../../interop/vestibule.ts";
import type { LocalOptions } from "../../local/local.ts";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the demo's file takes from the environment, as an operator would set it. */
export const SECRETS = {
  CUSTOMERS_CLIENT_SECRET: "an-upstream-secret-of-customers",
  STAFF_CLIENT_SECRET: "an-upstream-secret-of-staff",
  PARTNERS_SIGNING_KEY: (await keyOf("copied")).key,
  DEMO_CLI_CLIENT_SECRET: "a-client-secret-of-32-characters-or-more",
};

/** The command against a deployment, as a person types it in `folder`. */
export function commandLine(origin: string, folder: string, key: string) {
  /** @param env over the token; nothing else is set */
  return async function config(
    line: string,
    env: Readonly<Record<string, string>> = {},
    stdin = "",
  ): Promise<Ended> {
    const args = ["src/tools/config/main.ts", ...line.split(" "), "--origin", origin];
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const given = { PATH, NODE_COMPILE_CACHE, INIT_CWD: folder, VESTIBULE_TOKEN: key, ...env };
    const child = spawn(process.execPath, args, { cwd: root, env: given });
    child.stdin.end(stdin);
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { code, stdout, stderr };
  };
}

/** A deployment with the demo, the command against it, and its API. */
export async function stage(options: Partial<LocalOptions> = {}) {
  const local = await startVestibule(options);
  const { origin, secrets } = local;
  const folder = await temporary();
  const key = secrets.bootstrap_key;

  const config = commandLine(origin, folder, key);

  async function api(method: string, path: string, body?: object): Promise<Response> {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const response = await fetch(`${origin}/api/workspaces/${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    assert.ok(
      response.ok,
      `${method} ${path}: ${response.status} ${response.ok ? "" : await response.text()}`,
    );
    return response;
  }

  /** Record → ETag, of everything in a workspace. */
  async function versions(workspace: string): Promise<Readonly<Record<string, string | null>>> {
    const found: Record<string, string | null> = {};
    found["settings"] = (await api("GET", workspace)).headers.get("etag");
    for (const { name: kind, id: member } of kindsOf(workspace)) {
      if (member === undefined) continue;
      const { items } = (await (await api("GET", `${workspace}/${kind}?limit=200`)).json()) as {
        items: Record<string, string>[];
      };
      for (const item of items) {
        const path = `${kind}/${encodeURIComponent(item[member] ?? "")}`;
        found[path] = (await api("GET", `${workspace}/${path}`)).headers.get("etag");
      }
    }
    return found;
  }

  return { ...local, folder, config, api, versions };
}

/** Standard output of a command that went well. */
export function good({ code, stdout, stderr }: Ended): string {
  assert.deepEqual([code, stderr], [0, ""]);
  return stdout;
}
