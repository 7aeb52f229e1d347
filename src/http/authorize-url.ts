/** The same authorization request once more: the chooser's links, and what a POST is turned into. */
import type { AppContext } from "./context.ts";
import { ENDPOINTS } from "../oauth/metadata.ts";
import { REMEMBER, remembering } from "./remembered.ts";

/** Characters of a URL that proxies and servers take. */
export const LONGEST_URL = 8_000;

/** @param changed parameters that replace those of the request */
export function authorizeUrl(
  c: AppContext,
  changed: Readonly<Record<string, string>>,
  params = new URL(c.req.url).searchParams,
): string {
  const again = new URLSearchParams(params);
  if (remembering(c) === undefined) again.delete(REMEMBER);
  for (const [name, value] of Object.entries(changed)) again.set(name, value);
  return `${c.var.broker.issuer}${ENDPOINTS.authorization_endpoint}?${again.toString()}`;
}
