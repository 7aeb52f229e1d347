import type { Middleware } from "./provider.ts";

/** Refresh tokens only: an access token is `unsupported_token_type`, an unknown token is a success. Errors are bare. */
export const revoke: Middleware = async (ctx, next) => {
  if (ctx.path !== "/oauth2/revoke") return next();
  await next();
  ctx.remove("www-authenticate");
  if (ctx.status === 200) return;
  const { error } = (ctx.body ?? {}) as { error?: string };
  ctx.body = { error: error ?? "invalid_request" };
};
