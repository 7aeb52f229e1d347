/** What answers outside of workspaces. */
import type { AppContext } from "../http/context.ts";
import { frame } from "../http/frame.ts";
import { Welcome } from "../pages/welcome.tsx";
import { readConfiguration } from "../store/configuration.ts";
import { clock } from "../store/rows.ts";
import type { Asset } from "../ui/assets.ts";

export function welcome(c: AppContext): Response | Promise<Response> {
  return c.html(Welcome({ frame: frame(c), host: new URL(c.var.deployment.origin).host }));
}

/** For monitors: well is whoever can read what operators configured. Says no more, because anybody may ask. */
export async function health(c: AppContext): Promise<Response> {
  try {
    await readConfiguration(c.env, clock).deployment();
    return c.json({ status: "ok" });
  } catch (error) {
    c.set("fault", error);
    return c.json({ status: "unavailable" }, 503);
  }
}

/** The path holds a hash of the content, so it may be kept for good. */
export const asset =
  ({ body, type }: Asset) =>
  (c: AppContext): Response => {
    c.header("Cache-Control", "public, max-age=31536000, immutable");
    return c.body(body, 200, { "Content-Type": `${type}; charset=utf-8` });
  };
