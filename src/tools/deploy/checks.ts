/** What must be there before a deployment, each with the way to put it right. */
import type { Configuration } from "./configuration.ts";
import type { DeployOptions } from "./options.ts";
import { missingSecrets, type Secret } from "./secrets.ts";
import type { Wrangler } from "./wrangler.ts";

export interface Check {
  readonly what: string;
  readonly state: "ok" | "missing" | "later";
  /** What to do, for what is missing; what will happen, for what comes later. */
  readonly say?: string;
}

export interface Checked {
  readonly checks: readonly Check[];
  readonly missing: readonly Secret[];
}

export async function check(
  wrangler: Wrangler,
  configuration: Configuration,
  options: Pick<DeployOptions, "makeSecrets" | "env">,
): Promise<Checked> {
  const settings = [...ofOrigins(configuration), ofWorkersDev(configuration), KV];
  if (!(await isLoggedIn(wrangler))) {
    const say = "npx wrangler login, or set CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID";
    const later = { what: "secrets", state: "later", say: "can be looked for after logging in" } as const;
    return { checks: [{ what: "logged in", state: "missing", say }, ...settings, later], missing: [] };
  }
  const missing = await missingSecrets(wrangler, configuration);
  const secrets = missing.map((name) => ofSecret(name, options));
  const all = secrets.length > 0 ? secrets : [{ what: "secrets", state: "ok" } as const];
  return { checks: [{ what: "logged in", state: "ok" }, ...settings, ...all], missing };
}

async function isLoggedIn(wrangler: Wrangler): Promise<boolean> {
  const { code, output } = await wrangler(["whoami"]);
  return code === 0 && !/not (?:authenticated|logged in)/i.test(output);
}

const KV: Check = { what: "KV namespace", state: "later", say: "is made by the first deployment" };

function ofOrigins({ vars, routes }: Configuration): Check[] {
  const names = ["ORIGIN", ...(vars["ADMIN_ORIGIN"] === undefined ? [] : ["ADMIN_ORIGIN"])];
  return names.flatMap((name): Check[] => {
    const origin = vars[name];
    if (!isHttps(origin)) {
      const say = `in wrangler.toml set ${name} to the address, like ${name} = "https://login.example.com"`;
      return [{ what: name, state: "missing", say }];
    }
    const { host } = new URL(origin);
    const routed = routes.some((pattern) => pattern === host || pattern === `${host}/*`);
    const say = `in wrangler.toml add routes = [{ pattern = "${host}", custom_domain = true }]`;
    return [
      { what: `${name} ${origin}`, state: "ok" },
      routed
        ? { what: `route of ${host}`, state: "ok" }
        : { what: `route of ${host}`, state: "missing", say },
    ];
  });
}

function isHttps(origin: unknown): origin is string {
  if (typeof origin !== "string" || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.origin === origin && url.protocol === "https:";
}

function ofWorkersDev({ workersDev }: Configuration): Check {
  const what = "no second address (workers_dev, preview_urls)";
  return workersDev
    ? { what, state: "missing", say: "set both to false in wrangler.toml" }
    : { what, state: "ok" };
}

function ofSecret(name: Secret, { makeSecrets, env }: Pick<DeployOptions, "makeSecrets" | "env">): Check {
  const flags = env === undefined ? "" : ` --env ${env}`;
  return makeSecrets
    ? { what: `secret ${name}`, state: "later", say: "is made now" }
    : { what: `secret ${name}`, state: "missing", say: `npm run deploy --${flags} --make-secrets` };
}
