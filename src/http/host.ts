/** A host that is not configured gets 421 and no cookie: nothing is ever made from a request's Host (RFC 9110 §7.4). */
import { createMiddleware } from "hono/factory";
import type { App } from "./context.ts";
import { deployment } from "./deployment.ts";

export const host = createMiddleware<App>(async function host(c, next) {
  c.set("request_id", crypto.randomUUID());
  c.set("answers", "page");
  c.set("deployment", deployment(c.env));
  if (!c.var.deployment.hosts.has(new URL(c.req.url).host))
    return c.text("This host is not served here.\n", 421);
  await next();
  return;
});
