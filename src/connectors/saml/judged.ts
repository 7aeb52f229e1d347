/** Turns what a provider's message fails by into our reasons. */
import { SamlError } from "../../saml/error.ts";
import { UpstreamError } from "../upstream-error.ts";

/** Runs a check and rethrows a {@link SamlError} as an {@link UpstreamError} of the same reason. */
export async function judged<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof SamlError)) throw error;
    throw new UpstreamError(error.reason, error.message, { cause: error.cause });
  }
}
