/** Redeems a code that nobody issued: what the provider objects to tells whether it knew us. */
import * as oauth from "oauth4webapi";
import type { Registration } from "../code-flow.ts";
import type { Tools } from "../connector.ts";

export type Redeemed =
  /** The word of RFC 6749 §5.2: `invalid_grant` says that the client was believed. */
  | { readonly as: "answered"; readonly error: string }
  | { readonly as: "unreadable" }
  | { readonly as: "unreachable" };

export async function redeemNothing(
  { server, client_id, authentication }: Registration,
  tools: Tools,
): Promise<Redeemed> {
  const client: oauth.Client = { client_id };
  const state = oauth.generateRandomState();
  const answer = new URLSearchParams({ code: oauth.generateRandomState(), state, iss: server.issuer });
  let response: Response;
  try {
    response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      oauth.validateAuthResponse(server, client, answer, state),
      tools.callback.href,
      oauth.generateRandomCodeVerifier(),
      { [oauth.customFetch]: tools.fetch },
    );
  } catch {
    return { as: "unreachable" };
  }
  const body: unknown = await response.json().catch(() => undefined);
  const error = typeof body === "object" && body !== null && "error" in body ? body.error : undefined;
  if (typeof error !== "string") return { as: "unreadable" };
  // GitHub's words for `invalid_grant` and `invalid_client`.
  return { as: "answered", error: WORDS[error] ?? error };
}

const WORDS: Readonly<Record<string, string>> = {
  bad_verification_code: "invalid_grant",
  incorrect_client_credentials: "invalid_client",
};
