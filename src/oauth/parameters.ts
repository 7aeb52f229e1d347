/** RFC 6749 §3.1: parameters are included once; those without a value count as omitted. */
import { OAuthError } from "./error.ts";

/** RFC 8707 §2: the one parameter that may repeat. */
const REPEATABLE = new Set(["resource"]);

/** @throws OAuthError `invalid_request` for a parameter that comes twice */
export function once(params: URLSearchParams): URLSearchParams {
  const seen = new Set<string>();
  const kept = new URLSearchParams();
  for (const [name, value] of params) {
    if (seen.has(name) && !REPEATABLE.has(name))
      throw new OAuthError("invalid_request", "a parameter is included more than once");
    seen.add(name);
    if (value !== "") kept.append(name, value);
  }
  return kept;
}
