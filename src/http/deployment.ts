/** What `Env` says about the deployment, read once an isolate. */
import { openKeyring, type Keyring } from "../crypto/keyring.ts";

export interface Deployment {
  /** The public origin, without a slash at the end. */
  readonly origin: string;
  /** Hosts under which the Worker answers: the origin's, and those that a proxy in front uses. */
  readonly hosts: ReadonlySet<string>;
  /** Where `/api` and `/admin` answer, and nowhere else: the public origin, unless `ADMIN_ORIGIN` parts the two. */
  readonly admin: string;
  readonly keyring: Keyring;
  /** Providers and clients on this machine may be reached. */
  readonly loopback: boolean;
}

/** What an operator forgot or mistyped. Shown to whoever asks, because nothing works until it is mended. */
export class Misconfigured extends Error {
  override readonly name = "Misconfigured";
}

const VARIABLES = ["ORIGIN", "ADMIN_ORIGIN", "HOSTS", "DEPLOYMENT_KEY", "LOOPBACK"] as const;

let known: { readonly env: Readonly<Record<string, unknown>>; readonly deployment: Deployment } | undefined;

/** @throws Misconfigured that names the variable, never its value */
export function deployment(env: Cloudflare.Env): Deployment {
  const last = known;
  if (last && VARIABLES.every((name) => last.env[name] === env[name])) return last.deployment;
  const made = read(env);
  known = { env: Object.fromEntries(VARIABLES.map((name) => [name, env[name]])), deployment: made };
  return made;
}

function read(env: Cloudflare.Env): Deployment {
  const url = origin("ORIGIN", env.ORIGIN, "the public origin, like https://login.example.com");
  const admin = env.ADMIN_ORIGIN
    ? origin("ADMIN_ORIGIN", env.ADMIN_ORIGIN, "an origin, like https://admin.example.com")
    : url;
  const loopback = env.LOOPBACK === "on";
  if (!env.DEPLOYMENT_KEY) throw new Misconfigured("the secret DEPLOYMENT_KEY is not set");
  const further = (env.HOSTS ?? "").split(",").map((host) => host.trim());
  const hosts = new Set([url.host, ...further.filter(Boolean)]);
  try {
    const keyring = openKeyring(env.DEPLOYMENT_KEY);
    return { origin: url.origin, admin: admin.origin, hosts, keyring, loopback };
  } catch (error) {
    throw new Misconfigured(error instanceof Error ? error.message : "DEPLOYMENT_KEY cannot be read");
  }
}

function origin(variable: string, text: string | undefined, what: string): URL {
  if (!text || !URL.canParse(text) || new URL(text).origin !== text)
    throw new Misconfigured(`the variable ${variable} must be ${what}`);
  const url = new URL(text);
  // `__Host-` cookies need a trustworthy origin: https, or this machine.
  if (url.protocol !== "https:" && !["localhost", "127.0.0.1"].includes(url.hostname))
    throw new Misconfigured(`the variable ${variable} must be https`);
  return url;
}
