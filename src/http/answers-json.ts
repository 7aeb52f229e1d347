/** For URLs that programs call: errors are JSON. */
import { createMiddleware } from "hono/factory";
import type { App } from "./context.ts";

export const answersJson = createMiddleware<App>(async function answersJson(c, next) {
  c.set("answers", "json");
  await next();
});
