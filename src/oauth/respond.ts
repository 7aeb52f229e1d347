/** RFC 6749 §4.1.2, RFC 9207 and OAuth 2.0 Form Post Response Mode — the authorization response. */
import type { ReturnAddress } from "../flow.ts";
import type { OAuthError } from "./error.ts";

/** Ready to be sent: a place to go to, or a form to post. */
export type AuthorizationResponse =
  | { readonly by: "redirect"; readonly to: string }
  | { readonly by: "form_post"; readonly to: string; readonly fields: readonly [string, string][] };

/** `iss` is on every answer, errors included (RFC 9207 §2). */
export function authorizationResponse(
  { redirect_uri, response_mode, state }: ReturnAddress,
  issuer: string,
  answer: { readonly code: string } | OAuthError,
): AuthorizationResponse {
  const said = answer instanceof Error ? answer.toJSON() : answer;
  const fields = Object.entries({ ...said, ...(state !== undefined && { state }), iss: issuer });
  if (response_mode === "form_post") return { by: "form_post", to: redirect_uri, fields };
  // Appended as text: parsing would write the registered URI's own query differently (RFC 6749 §3.1.2 keeps it).
  const separator = response_mode === "fragment" ? "#" : redirect_uri.includes("?") ? "&" : "?";
  return { by: "redirect", to: `${redirect_uri}${separator}${new URLSearchParams(fields).toString()}` };
}
