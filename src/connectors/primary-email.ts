/** GitHub's list of a person's addresses: the primary one, and whether they proved that it is theirs. */
import { UpstreamError } from "./upstream-error.ts";

/** @throws UpstreamError `malformed` for what is no list */
export function primaryEmail(emails: unknown): { email: string; email_verified: boolean } | undefined {
  if (!Array.isArray(emails))
    throw new UpstreamError("malformed", "the e-mail API did not answer with a list");
  const addresses = emails.filter(isAddress);
  const found = addresses.find(({ primary }) => primary === true);
  return found && { email: found.email, email_verified: found.verified === true };
}

interface Address {
  readonly email: string;
  readonly primary?: unknown;
  readonly verified?: unknown;
}

function isAddress(value: unknown): value is Address {
  return typeof value === "object" && value !== null && "email" in value && typeof value.email === "string";
}
