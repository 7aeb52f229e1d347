/** Bodies of protocol endpoints: forms of bounded size, each parameter once. */
import { bodyLimit } from "hono/body-limit";
import { OAuthError } from "../oauth/error.ts";
import { once } from "../oauth/parameters.ts";
import type { AppContext } from "./context.ts";

/** Bytes. Assertions and states are a few thousand. */
const LARGEST = 65_536;

export const limited = bodyLimit({
  maxSize: LARGEST,
  onError: () => {
    throw new OAuthError("invalid_request", "the body is too large");
  },
});

/** @throws OAuthError `invalid_request` for another media type or a parameter that comes twice */
export async function form(c: AppContext): Promise<URLSearchParams> {
  return once(await rawForm(c));
}

/** As sent, repeated parameters included. */
export async function rawForm(c: AppContext): Promise<URLSearchParams> {
  if (!isForm(c))
    throw new OAuthError("invalid_request", "the body must be application/x-www-form-urlencoded");
  return new URLSearchParams(new TextDecoder().decode(await c.req.arrayBuffer()));
}

/** RFC 9110 §8.3.1: names of media types have no case, and may have parameters. */
export function isForm(c: AppContext): boolean {
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  return type === "application/x-www-form-urlencoded";
}
