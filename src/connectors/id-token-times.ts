/** Times of an ID token that neither oauth4webapi nor jose looks at (OpenID Connect Core §2, §3.1.3.7). */
import type { JWTPayload } from "jose";
import type { Seconds } from "../flow.ts";
import { UpstreamError } from "./upstream-error.ts";

/**
 * A time in the future is one that nobody can have seen. As `auth_time`, which some providers say in milliseconds, it would
 * pass for a fresh authentication for ever.
 * @param tolerance seconds that two clocks may differ
 * @throws UpstreamError `expired`
 */
export function checkTimes(claims: JWTPayload, now: Seconds, tolerance: Seconds): void {
  for (const name of ["iat", "auth_time"]) {
    const at = claims[name];
    if (typeof at === "number" && at - tolerance > now)
      throw new UpstreamError("expired", `${name} of the ID token is in the future`);
  }
}
