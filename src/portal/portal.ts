/** A person's own page of the workspace. */
import type { AppContext } from "../http/context.ts";
import { frame } from "../http/frame.ts";
import { Portal } from "../pages/portal.tsx";

export function portal(c: AppContext): Response | Promise<Response> {
  const demo = `${c.var.broker.issuer}/demo`;
  return c.html(Portal({ frame: frame(c), login: `${demo}/login`, demo }));
}
