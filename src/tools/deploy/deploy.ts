/** `npm run deploy`: looks at what is missing first, so that a deployment either works or does not begin. */
import { bundle } from "./bundle.ts";
import { check, type Check } from "./checks.ts";
import { makeConfiguration } from "./configuration.ts";
import type { DeployOptions } from "./options.ts";
import { makeSecrets, type Secret } from "./secrets.ts";
import type { Wrangler } from "./wrangler.ts";

export interface Tools {
  /** Folder of wrangler.toml, with a slash at the end. */
  readonly root: string;
  readonly wrangler: Wrangler;
  readonly say: (text: string) => void;
}

/** @returns the exit code: 0 when it is deployed, 1 when something is missing or failed */
export async function deploy(options: DeployOptions, { root, wrangler, say }: Tools): Promise<0 | 1> {
  const configuration = await makeConfiguration(root, options);
  if (options.dryRun) {
    say(await bundle(wrangler, configuration));
    return 0;
  }
  const { checks, missing } = await check(wrangler, configuration, options);
  say(`${configuration.name}\n${checks.map(line).join("\n")}`);
  if (checks.some(({ state }) => state === "missing")) {
    say("\nNothing was deployed: first put right what is marked with ✗.");
    return 1;
  }
  say(await bundle(wrangler, configuration));
  await makeSecrets(wrangler, configuration, missing, (name, value) =>
    say(`\n${name} (shown once)\n  ${value}\n  ${KEEP[name]}`),
  );
  const { code } = await wrangler(["deploy", "--minify", "--config", configuration.file], { show: true });
  if (code === 0) say(`\nLook: ${String(configuration.vars["ORIGIN"])}/healthz answers {"status":"ok"}.`);
  return code === 0 ? 0 : 1;
}

const MARKS: Readonly<Record<Check["state"], string>> = { ok: "✓", missing: "✗", later: "·" };

function line({ what, state, say }: Check): string {
  return `  ${MARKS[state]} ${what}${say === undefined ? "" : `: ${say}`}`;
}

/** The one time that they are seen: nobody can read a Worker's secret again. */
const KEEP: Readonly<Record<Secret, string>> = {
  DEPLOYMENT_KEY:
    "Keep it as safely as your backups and apart from them: without it nothing that is stored can be read again.",
  BOOTSTRAP_KEY: "It opens the API until there are operators.",
};
