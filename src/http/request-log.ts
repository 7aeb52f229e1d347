/**
 * One structured line for each request that failed or was refused, joined to its answer by the request id.
 * It has the route and never the address: codes, states and tokens travel in addresses.
 */
import { createMiddleware } from "hono/factory";
import type { App, AppContext } from "./context.ts";
import { outermost } from "./within.ts";

export const requestLog = createMiddleware<App>(async function requestLog(c, next) {
  // What a page of the console asks of the API is part of the operator's request, and found by its id.
  const asked = outermost(c);
  const request_id = asked.var.request_id ?? crypto.randomUUID();
  for (const one of [asked, c]) one.set("request_id", request_id);
  c.set("answers", "page");
  const began = Date.now();
  await next();
  const { status } = c.res;
  if (status < 400 && !c.var.refusal && c.var.fault === undefined) return;
  const line = { ...lineOf(c), status, ms: Date.now() - began };
  if (status >= 500 || c.var.fault !== undefined) console.error(JSON.stringify(line));
  else console.log(JSON.stringify(line));
});

function lineOf(c: AppContext) {
  const { request_id, refusal, broker } = c.var;
  const fault = c.var.fault ?? (c.res.status >= 500 ? c.error : undefined);
  return {
    ...refusal,
    type: fault === undefined ? "refused" : "fault",
    request_id,
    method: c.req.method,
    route: c.req.routePath,
    ...(broker && { workspace: broker.workspace.id }),
    ...(c.error && !refusal && { reason: c.error.message }),
    ...(fault !== undefined && { stack: stackOf(fault) }),
  };
}

/** With what caused it, because what is thrown last says the least. */
function stackOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const cause = fault.cause === undefined ? "" : `\ncaused by ${stackOf(fault.cause)}`;
  return `${fault.stack ?? fault.message}${cause}`;
}
