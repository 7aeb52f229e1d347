import { mkdir } from "node:fs/promises";
import { startLocal } from "./local.ts";
import { Refusal, startOptions } from "./options.ts";
import { isFree } from "./ports.ts";
import { claim } from "./running.ts";
import { leaveDevVars } from "./secrets.ts";
import { describe, summary } from "./summary.ts";
import { workerLog } from "./worker-log.ts";
import { root } from "./worker.ts";

const usual = `${root}.vestibule`;

/** `npm start`. Everything it starts ends with it. */
async function start(args: readonly string[]): Promise<void> {
  const { json, port, poolPort, state: folder = usual } = startOptions(args, process.env);
  // With --json stdout carries one line, whatever a library thinks of printing.
  if (json) console.log = console.info = console.error;
  const say = (text: string) => console.log(text);

  await mkdir(folder, { recursive: true });
  await claim(folder, port);
  await demand(port, "--port", port + 3);
  await demand(poolPort, "--pool-port", poolPort + 3);

  const local = await startLocal({ folder, port, poolPort, say, log: workerLog(`${folder}/worker.log`) });
  if (folder === usual) await leaveDevVars(`${root}.dev.vars`, local.secrets);
  if (json) process.stdout.write(JSON.stringify(summary(local)) + "\n");
  else say(describe(local));
}

async function demand(port: number, flag: string, other: number): Promise<void> {
  if (await isFree(port)) return;
  throw new Refusal(`Port ${port} is already in use; choose another one with: npm start -- ${flag} ${other}`);
}

// At once, in whatever phase: leaving runs the exit hooks, which end workerd and give the folder back. Rows that were
// acknowledged are on disk. npm, the bootstrap and the terminal may each pass on the same Ctrl-C.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(0));
process.on("disconnect", () => process.exit(0));

start(process.argv.slice(2)).catch((error: unknown) => {
  const refused =
    error instanceof Refusal || String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS");
  console.error(refused ? (error as Error).message : error);
  process.exit(1);
});
