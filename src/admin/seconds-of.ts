/** A time in a query: seconds since 1970, as everywhere in the API. */
import type { Seconds } from "../flow.ts";
import type { AppContext } from "../http/context.ts";
import { Problem } from "./problem.ts";

/** Seconds since 1970 in a parameter of the query; undefined where it is left out. @throws Problem 400 */
export function secondsOf(c: AppContext, name: string): Seconds | undefined {
  const text = c.req.query(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,11}$/.test(text)) throw new Problem(400, `${name} must be seconds since 1970`);
  return Number(text);
}
