/** A host that is not configured gets 421 and no cookie: nothing is ever made from a request's Host (RFC 9110 §7.4). */
import { createMiddleware } from "hono/factory";
import { ASSETS } from "../ui/assets.ts";
import { readConfiguration } from "../store/configuration.ts";
import { clock } from "../store/rows.ts";
import type { App } from "./context.ts";
import { deployment } from "./deployment.ts";
import { originOf } from "./own-origin.ts";

export const host = createMiddleware<App>(async function host(c, next) {
  const own = originOf(c);
  c.set("deployment", { ...deployment(c.env), ...(own !== undefined && { origin: own }) });
  if (own !== undefined) return next();
  const { origin, admin, hosts } = c.var.deployment;
  const asked = c.var.host;
  const isAdminHost = admin !== origin && asked === new URL(admin).host;
  if (!hosts.has(asked) && !isAdminHost) {
    // It may be a workspace's own, if only the table could be read: then this is no answer for good.
    await readConfiguration(c.env, clock).deployment();
    return c.text("This host is not served here.\n", 421);
  }
  // The path as the router reads it: `/%61pi` is `/api`, and must not be a way around this.
  if (admin !== origin && !answersAt(c.req.path, isAdminHost)) return c.notFound();
  await next();
  return;
});

/** With `ADMIN_ORIGIN` the operators' side answers at its host only, and nothing else does but what its pages look like. */
function answersAt(path: string, isAdminHost: boolean): boolean {
  return isAdminHost
    ? OPERATORS.test(path) || ASSETS.some((asset) => asset.path === path)
    : !OPERATORS.test(path);
}

const OPERATORS = /^\/(?:api|admin)(?:\/|$)/;
