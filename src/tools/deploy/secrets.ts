/** The two secrets of a deployment: which are there, and making those that are not. */
import { randomBytes } from "node:crypto";
import type { Configuration } from "./configuration.ts";
import { Refusal } from "../refusal.ts";
import type { Wrangler } from "./wrangler.ts";

export const SECRETS = ["DEPLOYMENT_KEY", "BOOTSTRAP_KEY"] as const;
export type Secret = (typeof SECRETS)[number];

const MAKE: Readonly<Record<Secret, () => string>> = {
  DEPLOYMENT_KEY: () => `k1:${random()}`,
  BOOTSTRAP_KEY: () => random(),
};

/** @returns names of secrets that the Worker does not have; all of them where there is no Worker yet */
export async function missingSecrets(wrangler: Wrangler, { file }: Configuration): Promise<Secret[]> {
  const { code, output } = await wrangler(["secret", "list", "--format", "json", "--config", file]);
  // Only this one failure means "none": taking another for it would put a new key over the one in use.
  if (code !== 0 && /\b10007\b|does not exist/i.test(output)) return [...SECRETS];
  const listed = code === 0 ? namesIn(output) : undefined;
  if (!listed) throw new Refusal(`The secrets of the Worker could not be listed:\n${output.trim()}`);
  return SECRETS.filter((name) => !listed.includes(name));
}

/**
 * A secret that is there is never replaced: without it stored values cannot be read again.
 * @param tell is called before each is stored: a key that is in use and that nobody has seen could not be backed up
 */
export async function makeSecrets(
  wrangler: Wrangler,
  { file }: Configuration,
  missing: readonly Secret[],
  tell: (name: Secret, value: string) => void,
): Promise<void> {
  for (const name of missing) {
    const value = MAKE[name]();
    tell(name, value);
    const { code, output } = await wrangler(["secret", "put", name, "--config", file], {
      input: `${value}\n`,
    });
    if (code !== 0) throw new Refusal(`${name} could not be stored:\n${output.trim()}`);
  }
}

function namesIn(output: string): string[] | undefined {
  try {
    const list = JSON.parse(output.slice(output.indexOf("["), output.lastIndexOf("]") + 1)) as unknown;
    return Array.isArray(list) ? list.map((secret: { name?: unknown }) => String(secret.name)) : undefined;
  } catch {
    return undefined;
  }
}

const random = (): string => randomBytes(32).toString("base64url");
