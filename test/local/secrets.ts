import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { keep, writeSecret } from "./state.ts";

/** Everything random that the local deployment and its demo need, made at the first start. */
export interface Secrets {
  readonly deployment_key: string;
  readonly bootstrap_key: string;
  readonly demo_client_secret: string;
  readonly terms_client_secret: string;
  readonly pool_clients: { readonly customers: PoolClient; readonly staff: PoolClient };
}

interface PoolClient {
  readonly id: string;
  readonly secret: string;
}

export async function loadSecrets(folder: string): Promise<Secrets> {
  return keep<Secrets>(`${folder}/secrets.json`, {
    deployment_key: () => `k1:${random()}`,
    bootstrap_key: random,
    demo_client_secret: random,
    terms_client_secret: random,
    pool_clients: () => ({ customers: poolClient(), staff: poolClient() }),
  });
}

/** The Worker's own secrets and switches, by the names it knows them under. */
export const workerSecrets = ({ deployment_key, bootstrap_key }: Secrets) => ({
  DEPLOYMENT_KEY: deployment_key,
  BOOTSTRAP_KEY: bootstrap_key,
  LOOPBACK: "on",
});

/** So that plain `wrangler dev` works too; a file that is there already is its owner's. */
export async function leaveDevVars(file: string, secrets: Secrets): Promise<void> {
  if (existsSync(file)) return;
  const lines = Object.entries(workerSecrets(secrets)).map(([name, value]) => `${name}="${value}"\n`);
  await writeSecret(file, lines.join(""));
}

const random = (): string => randomBytes(32).toString("base64url");

/** The shape of Cognito's own: 26 characters for an app client id, 52 for its secret. */
const poolClient = (): PoolClient => ({ id: alphanumeric(26), secret: alphanumeric(52) });

/** Five bits a character: not a modulus, so every character is as likely as the next. */
const alphanumeric = (length: number): string =>
  Array.from(randomBytes(length), (byte) => "abcdefghijklmnopqrstuvwxyz234567"[byte & 31]).join("");
