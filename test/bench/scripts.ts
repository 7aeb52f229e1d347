/**
 * `npm run bench:scripts`: what a connection's script costs of a sign-in, in milliseconds of CPU of workerd beside the
 * same sign-in without one: warm, in the isolate of its version, and cold, in an isolate of its own each time.
 */
import { inWorkerd } from "./in-workerd.ts";

const ALLOWED = { warm: 1, cold: 20 };

const worker = await inWorkerd("test/bench/scripts/worker.ts");
const none = await worker.cost("/none", 1_000);
for (const [path, times] of [
  ["warm", 300],
  ["cold", 40],
] as const) {
  const beside = (await worker.cost(`/${path}`, times)) - none;
  console.log(`A ${path} script: ${beside.toFixed(2)} ms of CPU (allowed: ${ALLOWED[path]})`);
}
await worker.stop();
