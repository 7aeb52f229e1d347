import { parseArgs } from "node:util";

export interface DeployOptions {
  /** A section `[env.NAME]` of wrangler.toml; the Worker at its top level when absent. */
  readonly env: string | undefined;
  readonly dryRun: boolean;
  readonly makeSecrets: boolean;
  readonly withScripts: boolean;
  readonly help: boolean;
}

export const USAGE = `npm run deploy -- [options]

  --env NAME        the environment [env.NAME] of wrangler.toml, such as staging or production
  --make-secrets    make the secrets that are missing and store them; one that is there is never replaced
  --with-scripts    add the Worker Loader, which runs operators' scripts (Workers Paid plan)
  --dry-run         bundle and measure only: needs no account and no network
`;

/** Flags of `npm run deploy -- …`. */
export function deployOptions(args: readonly string[]): DeployOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      env: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      "make-secrets": { type: "boolean", default: false },
      "with-scripts": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  return {
    env: values.env,
    dryRun: values["dry-run"],
    makeSecrets: values["make-secrets"],
    withScripts: values["with-scripts"],
    help: values.help,
  };
}
