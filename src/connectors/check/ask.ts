/** Asks a provider for a sign-in as a browser would, without a person, and says where that led. */
import { startCodeFlow, type Registration } from "../code-flow.ts";
import type { Tools } from "../connector.ts";
import { UpstreamError } from "../upstream-error.ts";

export type Asked =
  /** The sign-in page, or the way to it: client, redirect URL and scopes are right. */
  | { readonly as: "page" }
  /** An error at our redirect URL, so client and redirect URL are right. */
  | { readonly as: "answered"; readonly error: string }
  /** An error page of the provider's own, perhaps with a word for what is wrong. */
  | { readonly as: "refused"; readonly error?: string }
  | { readonly as: "unreachable" };

/** 22 characters, as a pending sign-in would have: nobody waits under it. */
const HANDLE = "connection-check-00000";

export async function askForSignIn(registration: Registration, tools: Tools): Promise<Asked> {
  try {
    const { to } = await startCodeFlow(registration, tools, { handle: HANDLE });
    const response = await tools.fetch(to);
    const location = response.headers.get("location");
    const next = location !== null && URL.canParse(location, to.href) ? new URL(location, to) : undefined;
    const error = next?.searchParams.get("error") ?? undefined;
    if (next?.href.startsWith(tools.callback.href))
      return error === undefined ? { as: "page" } : { as: "answered", error };
    if (error !== undefined) return { as: "refused", error };
    if (response.status >= 500) return { as: "unreachable" };
    return response.status < 400 ? { as: "page" } : { as: "refused" };
  } catch (error) {
    // RFC 9126 §2.3: a pushed request is refused with the words of the token endpoint.
    if (!(error instanceof UpstreamError) || error.reason !== "refused") return { as: "unreachable" };
    return { as: "refused", ...(error.error !== undefined && { error: error.error }) };
  }
}

export const isScope = (asked: Asked) => asked.as === "answered" && asked.error === "invalid_scope";

/** Scopes that are asked for one by one, at most: each is a request. */
const MOST = 6;

/**
 * Which of the scopes is refused, each asked for beside `openid` alone.
 * @returns undefined where none is refused by itself, or there are too many to try
 */
export async function refusedScopes(registration: Registration, tools: Tools): Promise<string[] | undefined> {
  const further = registration.scopes.filter((scope) => scope !== "openid");
  if (further.length > MOST) return undefined;
  const refused: string[] = [];
  for (const scope of further) {
    const asked = await askForSignIn({ ...registration, scopes: ["openid", scope] }, tools);
    if (isScope(asked)) refused.push(scope);
  }
  return refused.length > 0 ? refused : undefined;
}
