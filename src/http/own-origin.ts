/** A workspace with a domain of its own: `https://login.acme.com/userinfo` is what `/acme/userinfo` is elsewhere (design §1). */
import { createMiddleware } from "hono/factory";
import { readConfiguration } from "../store/configuration.ts";
import { clock } from "../store/rows.ts";
import { ASSETS } from "../ui/assets.ts";
import type { App, AppContext } from "./context.ts";
import { deployment } from "./deployment.ts";

/** Requests that were turned into those of a workspace, with the origin that they were sent to. */
const turned = new WeakMap<Request, string>();

/** Before anything else: what comes after sees the path that the router knows. */
export const ownOrigin = createMiddleware<App>(async function ownOrigin(c, next) {
  const url = new URL(c.req.url);
  const { host, origin } = url;
  c.set("host", host);
  const workspace = originOf(c) === undefined && !isMain(c) ? await ownerOf(c, origin) : undefined;
  if (workspace === undefined) return next();
  url.pathname = pathIn(workspace, url.pathname);
  const request = new Request(url, c.req.raw);
  turned.set(request, origin);
  return c.var.self(request);
});

/** The origin of its workspace that a request came to; undefined where it came to the deployment's. */
export function originOf(c: AppContext): string | undefined {
  return turned.get(c.req.raw);
}

/** What is wrong with the deployment is said by `host.ts`, which asks again. */
function isMain(c: AppContext): boolean {
  try {
    return deployment(c.env).hosts.has(c.var.host);
  } catch {
    return true;
  }
}

/** A table that cannot be read is told by `host.ts`, too. */
async function ownerOf(c: AppContext, origin: string): Promise<string | undefined> {
  const configuration = readConfiguration(c.env, clock);
  const known = await configuration.deployment().catch(() => undefined);
  return known && configuration.owner(origin);
}

function pathIn(workspace: string, path: string): string {
  if (ASSETS.some((asset) => asset.path === path)) return path;
  if (path === "/") return `/${workspace}/me`;
  // RFC 8414 §3.1: of an issuer without a path.
  if (path === METADATA) return `${METADATA}/${workspace}`;
  return `/${workspace}${path}`;
}

const METADATA = "/.well-known/oauth-authorization-server";
