/** The command line of `npm run config`. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Refusal } from "../refusal.ts";
import { safeOrigin } from "./safe-origin.ts";

export interface Options {
  readonly command: string;
  readonly origin: string;
  readonly workspace: string | undefined;
  /** An absolute path, or `-`. */
  readonly file: string;
  readonly prune: boolean;
  readonly dryRun: boolean;
}

export const HELP = `npm run config -- COMMAND --origin URL [--workspace ID] [--file FILE]

  export    write a workspace to a file
  plan      show what apply would do
  apply     make the workspace what the file says; --dry-run shows it only
  drift     like plan, in words for CI; what is not in the file counts, too
  backup    write salt and signing keys to a file, sealed under the deployment key
  restore   put them into a workspace that nobody has signed in to, making it if need be

  --origin URL     the deployment, for example https://login.example.com
  --workspace ID   which workspace; without it the file says so
  --file FILE      YAML, or JSON by its ending; - is stdin or stdout, and the default of export and backup
  --prune          also remove what is not in the file

Environment
  VESTIBULE_TOKEN                                     the bootstrap key or an access token for the API
  VESTIBULE_CLIENT_ID and VESTIBULE_CLIENT_SECRET     or a client of the workspace system
  and every variable that the file names as { env: NAME }

Exit codes
  0  done, or no difference
  1  it did not work; what was done before is said
  2  plan, drift and apply --dry-run: there is a difference

npm prints two lines of its own: use npm run -s config -- … when stdout is the file.
`;

const COMMANDS = ["export", "plan", "apply", "drift", "backup", "restore"];

/** @returns undefined when help was asked for @throws Refusal */
export function readOptions(args: readonly string[], folder: string): Options | undefined {
  const { values, positionals } = parsed(args);
  if (values.help) return undefined;
  const [command = "", ...others] = positionals;
  if (!COMMANDS.includes(command) || others.length > 0)
    throw new Refusal(`Say one of ${COMMANDS.join(", ")}; --help says more.`);
  const writes = command === "export" || command === "backup";
  const { workspace, file = writes ? "-" : undefined, prune, "dry-run": dryRun } = values;
  if (file === undefined) throw new Refusal(`${command} needs --file FILE`);
  if (writes && workspace === undefined) throw new Refusal(`${command} needs --workspace ID`);
  const path = file === "-" ? file : resolve(folder, file);
  return { command, origin: safeOrigin("--origin", values.origin), workspace, file: path, prune, dryRun };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        origin: { type: "string" },
        workspace: { type: "string" },
        file: { type: "string" },
        prune: { type: "boolean", default: false },
        "dry-run": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : "the options cannot be read");
  }
}
