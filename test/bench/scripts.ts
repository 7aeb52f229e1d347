import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { startLocal } from "../local/local.ts";
import { childOf, usageOf } from "./cpu.ts";

/**
 * What a script costs in CPU of workerd: warm, in the isolate of its version, beside the same token request without a
 * script; and cold, in an isolate of its own each time, beside an API call that runs none.
 */
const WARM = 300;
const COLD = 60;

const body = `module.exports = async function (context) {
  return { access_token: { tier: context.client.client_id } };
};`;

const folder = await mkdtemp(`${tmpdir()}/vestibule-bench-`);
const local = await startLocal({ folder, log: () => undefined });
try {
  const api = async (method: string, path: string, sent?: object) => {
    const response = await fetch(`${local.origin}/api/workspaces/demo/${path}`, {
      method,
      headers: { authorization: `Bearer ${local.secrets.bootstrap_key}`, "content-type": "application/json" },
      ...(sent && { body: JSON.stringify(sent) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const token = async () => {
    const response = await fetch(`${local.origin}/demo/oauth2/token`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`demo-cli:${local.secrets.demo_client_secret}`)}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    if (!response.ok) throw new Error(`token: ${response.status} ${await response.text()}`);
    await response.arrayBuffer();
  };
  const workerd = childOf(process.pid, "workerd");
  /** Milliseconds of CPU each. */
  const cost = async (times: number, work: () => Promise<unknown>): Promise<number> => {
    for (let n = 0; n < times / 10; n++) await work();
    const before = usageOf(workerd).cpu;
    for (let n = 0; n < times; n++) await work();
    return ((usageOf(workerd).cpu - before) * 1_000) / times;
  };

  await api("PUT", "scripts/bench", { name: "Bench", body });
  const plain = await cost(WARM, token);
  await api("PATCH", "clients/demo-cli", { client_token_minting_script: "bench" });
  const warm = (await cost(WARM, token)) - plain;
  const call = await cost(COLD, () => api("GET", "scripts/bench"));
  const cold = (await cost(COLD, () => api("POST", "scripts/test", { body, input: { client: {} } }))) - call;
  console.log(`A warm script: ${warm.toFixed(2)} ms of CPU (allowed: 1)`);
  console.log(`A cold script: ${cold.toFixed(2)} ms of CPU (allowed: 20)`);
} finally {
  await local.stop();
  await rm(folder, { recursive: true, force: true });
}
