/** RFC 6750 §2.1 — how a token is presented to our own APIs: in the header and nowhere else. */
import type { AppContext } from "../http/context.ts";

/** @returns undefined where there is none that can be read */
export function bearerOf(c: AppContext): string | undefined {
  return /^Bearer ([A-Za-z0-9._~+/=-]{1,12000})$/i.exec(c.req.header("authorization") ?? "")?.[1];
}
