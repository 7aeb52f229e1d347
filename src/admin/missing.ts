/** What matches no route: a path that takes other methods (RFC 9110 §15.5.6), or nothing at all. */
import type { AppContext } from "../http/context.ts";
import { ALL_OPERATIONS } from "./openapi/document.ts";
import { Problem } from "./problem.ts";

/** The paths are those of the description, so what it says and what `Allow` says are one. */
const TAKEN = [...ALL_OPERATIONS, { path: "/", method: "get" }, { path: "/openapi.json", method: "get" }].map(
  ({ path, method }) => ({
    pattern: new RegExp(`^/api${path.replace(/\/$/, "").replaceAll(/\{\w+\}/g, "[^/]+")}/?$`),
    method: method.toUpperCase(),
  }),
);

/** @returns Problem 405 that names the methods in `Allow`, or 404 */
export function missing(c: AppContext): Problem {
  const methods = TAKEN.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method);
  if (methods.length === 0 || methods.includes(c.req.method))
    return new Problem(404, "there is nothing here");
  c.header("Allow", [...(methods.includes("GET") ? ["HEAD"] : []), ...methods].toSorted().join(", "));
  return new Problem(405, "this address does not take that method");
}
