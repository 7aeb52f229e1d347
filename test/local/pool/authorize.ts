import { scopes } from "./attributes.ts";
import type { Middleware } from "./provider.ts";

const known = [
  "response_type",
  "client_id",
  "redirect_uri",
  "state",
  "scope",
  "nonce",
  "code_challenge",
  "code_challenge_method",
  "login_hint",
];
const ownErrors = [
  "invalid_request",
  "unauthorized_client",
  "invalid_scope",
  "server_error",
  "login_required",
];
const prompts: { readonly [prompt: string]: string } = {
  none: "none",
  login: "login",
  select_account: "login",
};

/**
 * GET only; parameters that Cognito does not know count as not sent. Whether it honours `prompt` and `max_age`
 * is not known, so the pool can do either. The answer goes back without `iss` and without a description.
 */
export const authorize =
  (honourPrompt: boolean): Middleware =>
  async (ctx, next) => {
    if (!ctx.path.startsWith("/oauth2/authorize")) return next();
    if (ctx.method !== "GET") return void (ctx.status = 405);
    if (ctx.path === "/oauth2/authorize") {
      const sent = Object.entries({ scope: scopes.join(" "), ...ctx.query });
      const prompt = prompts[String(ctx.query.prompt)];
      ctx.query = {
        ...Object.fromEntries(sent.filter(([name]) => known.includes(name))),
        response_mode: "query",
        ...(honourPrompt && prompt && { prompt }),
        ...(honourPrompt && ctx.query.max_age && { max_age: ctx.query.max_age }),
      };
    }
    await next();
    const to = ctx.response.get("location");
    if (to) ctx.set("location", bare(to));
  };

function bare(location: string): string {
  if (!URL.parse(location)?.searchParams.has("iss")) return location;
  const url = new URL(location);
  for (const extra of ["iss", "error_description", "scope"]) url.searchParams.delete(extra);
  const error = url.searchParams.get("error");
  if (error && !ownErrors.includes(error)) url.searchParams.set("error", "invalid_request");
  return url.href;
}
