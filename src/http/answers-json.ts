/** For URLs that programs call: errors are JSON, in the words of OAuth or as problem details (RFC 9457). */
import { createMiddleware } from "hono/factory";
import type { App } from "./context.ts";

export const answersJson = createMiddleware<App>(async function answersJson(c, next) {
  c.set("answers", "json");
  await next();
});

export const answersProblem = createMiddleware<App>(async function answersProblem(c, next) {
  c.set("answers", "problem");
  await next();
});
