/** `npm run config -- …`: a workspace as a file, through the admin API. */
import { styleText } from "node:util";
import type { Command } from "./command.ts";
import { apply } from "./commands/apply.ts";
import { backup } from "./commands/backup.ts";
import { drift } from "./commands/drift.ts";
import { exportWorkspace } from "./commands/export.ts";
import { plan } from "./commands/plan.ts";
import { restore } from "./commands/restore.ts";
import { openDeployment } from "./deployment.ts";
import type { Paint } from "./describe-plan.ts";
import { openFiles } from "./files.ts";
import { HELP, readOptions } from "./options.ts";
import { Refusal } from "../refusal.ts";
import { readToken } from "./token.ts";

const COMMANDS: Readonly<Record<string, Command>> = {
  export: exportWorkspace,
  plan,
  apply,
  drift,
  backup,
  restore,
};

/** Colours go to a terminal only, and not where NO_COLOR is set: `styleText` asks the stream. */
const paint: Paint = (colour, text) => styleText(colour, text, { stream: process.stdout });

async function main(args: readonly string[]): Promise<number> {
  // npm runs scripts in the package's folder; a file is meant where the command was typed.
  const folder = process.env["INIT_CWD"] ?? process.cwd();
  const options = readOptions(args, folder);
  if (!options) {
    process.stdout.write(HELP);
    return 0;
  }
  const environment = process.env;
  const { origin } = options;
  const deployment = openDeployment(origin, await readToken(origin, environment));
  const files = openFiles(options.file, folder);
  const say = (line: string) => console.log(line);
  const setting = { options, origin, deployment, files, environment, say, paint };
  return (await COMMANDS[options.command]?.(setting)) ?? 1;
}

// A reader that has seen enough, such as `head`, is not an error of ours.
process.stdout.on("error", () => process.exit(1));
process.on("disconnect", () => process.exit(1));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

main(process.argv.slice(2)).then(
  // The channel to the starter would keep this process; leaving by itself lets stdout be written to its end.
  (code) => {
    process.exitCode = code;
    process.channel?.unref();
  },
  (error: unknown) => {
    console.error(error instanceof Refusal ? error.message : error);
    process.exitCode = 1;
    process.channel?.unref();
  },
);
