/** `/{workspace}/assets/theme.{hash}.css`: the colours of a workspace. */
import type { AppContext } from "../http/context.ts";
import { themePath, themeSheet } from "../ui/theme.ts";

/** Kept for good only under the name of this very content: for some seconds after a change a page may name another. */
export function theme(c: AppContext): Response | Promise<Response> {
  const { settings } = c.var.broker.workspace;
  const sheet = settings.theme && themeSheet(settings.theme);
  if (!sheet) return c.notFound();
  if (c.req.path.endsWith(themePath(sheet))) c.header("Cache-Control", "public, max-age=31536000, immutable");
  return c.body(sheet, 200, { "Content-Type": "text/css; charset=utf-8" });
}
