import { mkdir } from "node:fs/promises";
import { startLocal } from "./local.ts";
import { Refusal, startOptions } from "./options.ts";
import { isFree } from "./ports.ts";
import { claim } from "./running.ts";
import { leaveDevVars } from "./secrets.ts";
import { describe, summary } from "./summary.ts";
import { root } from "./worker.ts";

const folder = `${root}.vestibule`;
const cleanups: (() => Promise<void>)[] = [];

/** `npm start`. Everything it starts ends with it: on Ctrl-C, on SIGTERM, and when something goes wrong on the way. */
async function start(args: readonly string[]): Promise<void> {
  const { json, port, poolPort } = startOptions(args, process.env);
  // With --json stdout carries one line, whatever a library thinks of printing.
  if (json) console.log = console.info = console.error;
  const say = (text: string) => console.log(text);

  await mkdir(folder, { recursive: true });
  const running = await claim(folder, port);
  cleanups.push(running.release);
  await demand(port, "--port", port + 3);
  await demand(poolPort, "--pool-port", poolPort + 3);

  const local = await startLocal({ folder, port, poolPort, say });
  cleanups.push(local.stop);
  await leaveDevVars(`${root}.dev.vars`, local.secrets);
  if (json) process.stdout.write(JSON.stringify(summary(local)) + "\n");
  else say(describe(local));
}

async function demand(port: number, flag: string, other: number): Promise<void> {
  if (await isFree(port)) return;
  throw new Refusal(`Port ${port} is already in use; choose another one with: npm start -- ${flag} ${other}`);
}

let ending = false;
async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  for (const cleanup of cleanups.reverse()) await cleanup().catch(console.error);
  process.exit(code);
}

// npm, the bootstrap and the terminal may each pass on the same Ctrl-C: the first one counts.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void end(0));

start(process.argv.slice(2)).catch((error: unknown) => {
  const refused = error instanceof Refusal || String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS");
  console.error(refused ? (error as Error).message : error);
  return end(1);
});
