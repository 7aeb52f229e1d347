/** Cross-site request forgery: a state-changing form comes from our own pages (design §5.8). */
import { createMiddleware } from "hono/factory";
import type { App } from "./context.ts";
import { PageFault } from "./page-fault.ts";

/** For people's pages. Every browser sends `Origin` with a POST; without it, or with `null`, there is no proof where the form came from. */
export const sameSite = postedFrom("origin");

/** For the console, which may have an origin of its own. */
export const sameConsole = postedFrom("admin");

function postedFrom(where: "origin" | "admin") {
  return createMiddleware<App>(async function sameSite(c, next) {
    if (c.req.method === "POST" && c.req.header("origin") !== c.var.deployment[where])
      throw new PageFault("cross_site", "the form was sent from another site");
    await next();
  });
}
