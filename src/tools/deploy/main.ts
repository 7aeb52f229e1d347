import { fileURLToPath } from "node:url";
import { deploy } from "./deploy.ts";
import { deployOptions, USAGE } from "./options.ts";
import { Refusal } from "../refusal.ts";
import { wrangler } from "./wrangler.ts";

// Or wrangler says on stdout which files it read.
process.env["WRANGLER_LOG"] ??= "log";
const root = fileURLToPath(new URL("../../..", import.meta.url));

async function run(args: readonly string[]): Promise<0 | 1> {
  const options = deployOptions(args);
  if (!options.help) return deploy(options, { root, wrangler, say: (text) => console.log(text) });
  console.log(USAGE);
  return 0;
}

run(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const { code } = error as { code?: unknown };
    const theirs = error instanceof Refusal || String(code).startsWith("ERR_PARSE_ARGS");
    console.error(theirs ? (error as Error).message : error);
    process.exit(1);
  },
);
