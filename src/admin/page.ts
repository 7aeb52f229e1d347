/** Cursor pagination: `?limit=` and `?after=`; the answer's `next` is the cursor of the next page. And a time in a query. */
import type { JsonObject, Seconds } from "../flow.ts";
import type { AppContext } from "../http/context.ts";
import { Problem } from "./problem.ts";

const USUAL = 50;
const MOST = 200;

/** Items a page. @throws Problem 400 */
export function sizeOf(c: AppContext): number {
  const text = c.req.query("limit") ?? String(USUAL);
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MOST) throw new Problem(400, `limit must be a number from 1 to ${MOST}`);
  return limit;
}

/** @param items one more than a page, where there is a next one @param cursor of the last item of this page */
export function pageOf(items: readonly JsonObject[], limit: number, cursor: string | undefined): JsonObject {
  const more = items.length > limit && cursor !== undefined;
  return { items: items.slice(0, limit), ...(more && { next: cursor }) };
}

/** Seconds since 1970 in a parameter of the query; undefined where it is left out. @throws Problem 400 */
export function secondsOf(c: AppContext, name: string): Seconds | undefined {
  const text = c.req.query(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,11}$/.test(text)) throw new Problem(400, `${name} must be seconds since 1970`);
  return Number(text);
}
