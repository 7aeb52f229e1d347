/** What a person reads when the app's request was refused: the error in the words of the protocol. */
import * as oauth from "oauth4webapi";
import type { AppContext } from "../http/context.ts";
import { frame } from "../http/frame.ts";
import type { Said } from "../ui/notice.tsx";

export function failure(c: AppContext, error: unknown): Said {
  const words = frame(c).text.demo;
  const { code, description } = refusal(error);
  // RFC 6750 §3.1: the access token ended.
  const title = code === "invalid_token" ? words.refused : words.failed;
  return { title, detail: code ? `${code}: ${description}` : description };
}

/** RFC 6749 §5.2: the grant ended, and every token of it. */
export function isOver(error: unknown): boolean {
  return error instanceof oauth.ResponseBodyError && error.error === "invalid_grant";
}

function refusal(error: unknown): { readonly code?: string; readonly description: string } {
  const [challenge] = error instanceof oauth.WWWAuthenticateChallengeError ? error.cause : [];
  if (challenge)
    return {
      code: challenge.parameters.error,
      description: challenge.parameters.error_description ?? "",
    };
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError)
    return { code: error.error, description: error.error_description ?? "" };
  return { description: error instanceof Error ? error.message : "" };
}
