/** wrangler.toml → what is deployed: one environment with everything that it shares with the others. */
import { mkdir, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { experimental_readRawConfig as readRawConfig, type Unstable_RawConfig as RawConfig } from "wrangler";
import type { DeployOptions } from "./options.ts";
import { Refusal } from "../refusal.ts";

/** The binding that `scripts/` runs operators' code with. Not in wrangler.toml: it needs the paid plan. */
const LOADER = { binding: "LOADER" };

export interface Configuration {
  /** Of the Worker; an environment's is `vestibule-staging`. */
  readonly name: string;
  readonly vars: Readonly<Record<string, unknown>>;
  readonly routes: readonly string[];
  readonly workersDev: boolean;
  /** Where wrangler reads it from. */
  readonly file: string;
}

/**
 * Wrangler gives an environment none of the bindings of the top level, so a hand-written one repeats them all, or lacks
 * one and fails when it runs. Here an environment says only what is different.
 */
export async function makeConfiguration(
  root: string,
  { env, withScripts }: Pick<DeployOptions, "env" | "withScripts">,
): Promise<Configuration> {
  const { rawConfig } = readRawConfig({ config: `${root}wrangler.toml` });
  const config = merged(rawConfig, env);
  const complete = {
    ...config,
    // What it names is in its folder, and the file that is made of it in another.
    main: resolve(root, config.main ?? ""),
    alias: Object.fromEntries(
      Object.entries(config.alias ?? {}).map(([name, path]) => [
        name,
        path.startsWith(".") ? resolve(root, path) : path,
      ]),
    ),
    ...(withScripts && { worker_loaders: [LOADER] }),
    // Never in production: a second address beside the one that issuers and cookies are made for.
    workers_dev: config.workers_dev ?? false,
    preview_urls: config.preview_urls ?? false,
  };
  const folder = `${root}.vestibule/deploy/`;
  const file = `${folder}wrangler${env === undefined ? "" : `.${env}`}.json`;
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(complete, null, 2));
  return {
    name: config.name ?? "",
    vars: config.vars ?? {},
    routes: routesOf(config),
    workersDev: complete.workers_dev || complete.preview_urls,
    file,
  };
}

function merged(raw: RawConfig, env: string | undefined): RawConfig {
  const { env: environments = {}, ...base } = raw;
  if (env === undefined) return base;
  const own = environments[env];
  if (!own) throw new Refusal(`wrangler.toml has no section [env.${env}]. It has an example at its end.`);
  const name = own.name ?? `${base.name ?? ""}-${env}`;
  // Where the top level lives is its own: two Workers cannot share an address.
  const shared = { ...base, route: undefined, routes: undefined };
  return { ...shared, ...own, name, vars: { ...base.vars, ...own.vars } };
}

function routesOf({ route, routes = [] }: RawConfig): string[] {
  return [...(route === undefined ? [] : [route]), ...routes].map((one) =>
    typeof one === "string" ? one : one.pattern,
  );
}
