/** Where the answer to an authorization request goes, before anything else of it is read. */
import type { Client } from "../config/client.ts";
import type { ReturnAddress } from "../flow.ts";
import { PageFault } from "../http/page-fault.ts";
import { OAuthError } from "../oauth/error.ts";
import { returnAddress } from "../oauth/request.ts";

/** Characters of `state` that fit into the address of an answer, errors included. */
const LONGEST_STATE = 6_000;

/** Parameters that decide where the answer goes must not be doubtful. @throws PageFault: nobody can be told but the person */
export function addressOf(sent: URLSearchParams, client: Client): ReturnAddress {
  const deciding = ["redirect_uri", "response_mode", "state"];
  if (deciding.some((name) => sent.getAll(name).length > 1))
    throw new PageFault("bad_request", "a parameter is included more than once");
  const state = sent.get("state")?.length ?? 0;
  if (state > LONGEST_STATE)
    throw new PageFault("too_large", `state has ${state} characters and ${LONGEST_STATE} fit in an answer`);
  try {
    return returnAddress(sent, client);
  } catch (error) {
    throw error instanceof OAuthError ? PageFault.of(error, "wrong_redirect") : error;
  }
}
