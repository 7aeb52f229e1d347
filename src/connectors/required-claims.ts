/** Who of a provider's people is let in: claims of the ID token that must have one of the operator's values. */
import { parsePath, valueAt } from "../config/path.ts";
import { UpstreamError } from "./upstream-error.ts";

/**
 * A claim that is missing is refused like one with another value: Google's `hd` as a request parameter only preselects
 * an account, and personal accounts have none.
 * @throws UpstreamError `outsider`
 */
export function requireClaims(required: Readonly<Record<string, readonly string[]>>, claims: object): void {
  for (const [path, allowed] of Object.entries(required)) {
    const value = valueAt(claims, parsePath(path));
    const values = Array.isArray(value) ? value : [value];
    if (!values.some((one) => typeof one === "string" && allowed.includes(one)))
      throw new UpstreamError("outsider", "a required claim is missing or has another value");
  }
}
