/** Who may use the admin API: for now whoever holds the bootstrap key. Bearer only, never a cookie. */
import { createMiddleware } from "hono/factory";
import { hashSecret, secretMatches } from "../crypto/secret.ts";
import type { App } from "../http/context.ts";
import { problem } from "./problem.ts";

/** Characters: 32 random bytes in base64url have 43. A shorter key could be guessed. */
const SHORTEST = 43;

export const whoMay = createMiddleware<App>(async function whoMay(c, next) {
  const [, presented] =
    /^Bearer ([A-Za-z0-9._~+/=-]{1,500})$/.exec(c.req.header("authorization") ?? "") ?? [];
  const key = c.env.BOOTSTRAP_KEY ?? "";
  const may = presented && key.length >= SHORTEST && (await secretMatches(presented, await hashSecret(key)));
  if (!may) {
    c.header("WWW-Authenticate", 'Bearer realm="api"');
    return problem(c, { status: 401, title: "this needs the bootstrap key" });
  }
  await next();
  return;
});
