/** Who may use the admin API. `Authorization: Bearer` or an assertion of Cloudflare Access; never a cookie. */
import { createMiddleware } from "hono/factory";
import type { App, AppContext } from "../http/context.ts";
import { outermost } from "../http/within.ts";
import { accessCaller } from "./access/cloudflare-access.ts";
import { bootstrapCaller } from "./access/bootstrap.ts";
import { tokenCaller } from "./access/token.ts";
import { bearerOf } from "./bearer.ts";
import type { Caller } from "./operator.ts";
import { Problem } from "./problem.ts";

/** Ways to prove who one is, tried in order; a way that does not apply answers undefined, one that fails throws. */
const WAYS: readonly ((c: AppContext, bearer: string | undefined) => Promise<Caller | undefined>)[] = [
  bootstrapCaller,
  tokenCaller,
  accessCaller,
];

export const whoMay = createMiddleware<App>(async function whoMay(c, next) {
  const caller = await callerOf(c, bearerOf(c));
  if (!caller)
    throw new Problem(401, "this needs an access token of the system workspace, or the bootstrap key");
  c.set("operator", caller);
  await next();
});

interface Known {
  readonly bearer: string;
  readonly caller: Promise<Caller | undefined>;
}
/** A page of the console asks the API several times, all with one proof: it is judged once for the request that the page answers. */
const judged = new WeakMap<AppContext, Known>();

function callerOf(c: AppContext, bearer: string | undefined): Promise<Caller | undefined> {
  const asked = outermost(c);
  if (asked === c || bearer === undefined) return firstOf(c, bearer);
  const known = judged.get(asked);
  if (known?.bearer === bearer) return known.caller;
  const caller = firstOf(c, bearer);
  judged.set(asked, { bearer, caller });
  return caller;
}

async function firstOf(c: AppContext, bearer: string | undefined): Promise<Caller | undefined> {
  for (const way of WAYS) {
    const caller = await way(c, bearer);
    if (caller) return caller;
  }
  return undefined;
}
