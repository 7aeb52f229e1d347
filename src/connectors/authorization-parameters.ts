/** Parameters of an authorization request beside those of the code flow itself. */
import * as z from "zod";
import type { LoginRequest } from "../flow.ts";

/** Set by us, or a way around what we set (RFC 6749, RFC 7636, RFC 9101, RFC 9126, OpenID Connect Core). */
const PROTOCOL = new Set([
  "response_type",
  "response_mode",
  "client_id",
  "redirect_uri",
  "scope",
  "state",
  "nonce",
  "code_challenge",
  "code_challenge_method",
  "request",
  "request_uri",
  "registration",
  "id_token_hint",
  "prompt",
  "max_age",
  "login_hint",
  "acr_values",
  "claims",
  "code",
  "client_secret",
  "client_assertion",
  "client_assertion_type",
]);

/** What an operator adds, such as Google's `hd` or Auth0's `organization`. */
export const AuthorizationParameters = z
  .record(
    z
      .string()
      .regex(/^[A-Za-z0-9_.:-]{1,100}$/, "must be letters, digits and . : - _")
      .refine((name) => !PROTOCOL.has(name.toLowerCase()), "is a parameter of the protocol"),
    z.string().max(1_000),
  )
  .refine((parameters) => Object.keys(parameters).length <= 20, "must have at most 20 members");

/** RFC 6749 §3.3. */
export const UpstreamScope = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, "must be a scope");

/** What this person's sign-in asks for. */
export function hints(
  { send_login_hint }: { readonly send_login_hint: boolean },
  login: LoginRequest,
): Record<string, string> {
  const prompt = login.force ? "login" : login.select_account ? "select_account" : undefined;
  return {
    ...(send_login_hint && login.login_hint && { login_hint: login.login_hint }),
    ...(prompt && { prompt }),
    ...(login.max_age !== undefined && { max_age: String(login.max_age) }),
    ...(login.acr_values.length > 0 && { acr_values: login.acr_values.join(" ") }),
  };
}
