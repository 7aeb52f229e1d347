import { mkdir } from "node:fs/promises";
import { keyOf, type Named } from "../saml/keys.ts";
import { demoEnvironment, poolClients, serviceProvider } from "./demo.ts";
import { startPool, type Pool, type PoolOptions } from "./pool/index.ts";
import { generateKey, type PoolKeys } from "./pool/keys.ts";
import { freePort, isFree } from "./ports.ts";
import { loadSecrets, workerSecrets, type Secrets } from "./secrets.ts";
import { startSamlProvider, type SamlProvider } from "./saml/index.ts";
import { setUp } from "./set-up.ts";
import { keep } from "./state.ts";
import { setUpTerms } from "./terms/set-up.ts";
import { startTerms } from "./terms/index.ts";
import { startWorker, type LocalWorker, type WorkerOptions } from "./worker.ts";

export interface LocalOptions extends Pick<PoolOptions, "honourPrompt">, Pick<WorkerOptions, "log"> {
  /** Secrets, keys and storage, kept between runs. */
  readonly folder: string;
  /** Any free port when absent. */
  readonly port?: number;
  readonly poolPort?: number;
  /** A further provider, which answers for hosts of its own. */
  readonly beside?: Outside;
  readonly say?: (step: string) => void;
}

interface Outside {
  readonly answers: (url: URL) => boolean;
  readonly answer: WorkerOptions["outbound"];
}

export interface Local {
  readonly origin: string;
  readonly pool: Pool;
  readonly saml: SamlProvider;
  readonly worker: LocalWorker;
  readonly secrets: Secrets;
  stop(): Promise<void>;
}

/** The same in each run while it is free, so that a second start changes nothing in the demo. */
async function termsPort(folder: string): Promise<number> {
  const { port } = await keep<{ port: number }>(`${folder}/terms.json`, { port: freePort });
  return (await isFree(port)) ? port : freePort();
}

/** Vestibule, a user pool that behaves like Cognito, and the demo workspace between them. */
export async function startLocal({
  folder,
  beside,
  say = () => {},
  ...options
}: LocalOptions): Promise<Local> {
  const port = options.port ?? (await freePort());
  const origin = `http://localhost:${port}`;
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const part of started.splice(0).reverse()) await part.stop();
  };
  try {
    say("1/4 Keys and secrets");
    await mkdir(folder, { recursive: true });
    const secrets = await loadSecrets(folder);
    const keys = await keep<PoolKeys>(`${folder}/pool-keys.json`, { id: generateKey, access: generateKey });

    const saml_keys = await keep<{ partners: Named; vestibule: Named }>(`${folder}/saml-keys.json`, {
      partners: () => keyOf("Partners"),
      vestibule: () => keyOf("Vestibule"),
    });

    say("2/4 A local user pool that behaves like AWS Cognito, and a SAML provider beside it");
    const clients = poolClients(origin, secrets);
    const pool = await startPool({
      clients,
      keys,
      port: options.poolPort,
      honourPrompt: options.honourPrompt,
    });
    started.push(pool);
    const saml = await startSamlProvider({
      by: saml_keys.partners,
      sp: serviceProvider(origin, saml_keys.vestibule),
    });
    started.push(saml);
    const terms = await startTerms(origin, await termsPort(folder));
    started.push(terms);

    say("3/4 Vestibule on local workerd");
    const bindings = { ORIGIN: origin, ...workerSecrets(secrets) };
    const worker = await startWorker({
      port,
      bindings,
      outbound: async (request) => {
        if (request.url === saml.metadataUrl) return saml.metadata();
        return (beside?.answers(new URL(request.url)) ? beside : pool).answer(request);
      },
      state: `${folder}/state`,
      log: options.log,
    });
    started.push(worker);

    say("4/4 The workspace “demo”, through the API");
    await setUp(
      origin,
      secrets.bootstrap_key,
      demoEnvironment(origin, { pool, saml }, secrets, saml_keys.vestibule),
    );
    await setUpTerms(origin, secrets.bootstrap_key, terms, secrets.terms_client_secret);
    return { origin, pool, saml, worker, secrets, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
