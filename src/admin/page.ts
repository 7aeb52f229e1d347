/** Cursor pagination: `?limit=` and `?after=`; the answer's `next` is the cursor of the next page. */
import type { JsonObject } from "../flow.ts";
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
