import type Provider from "oidc-provider";
import type { AppClient, Middleware } from "./provider.ts";

/**
 * Not RP-initiated logout. With `logout_uri` the session ends and the person goes there; with `redirect_uri` and the rest
 * of an authorization request it ends and the login page shows, which is how a fresh authentication is forced.
 */
export const logout =
  (clients: readonly AppClient[]): Middleware =>
  async (ctx, next) => {
    if (ctx.path !== "/logout" || ctx.method !== "GET") return next();
    const { client_id, logout_uri, redirect_uri } = ctx.query;
    const client = clients.find(({ id }) => id === client_id);
    const back = String(logout_uri ?? "");
    if (client?.logoutUrls.includes(back)) {
      await endSession(ctx);
      return ctx.redirect(back);
    }
    if (client && ctx.query.response_type && client.callbackUrls.includes(String(redirect_uri))) {
      await endSession(ctx);
      return ctx.redirect(`/oauth2/authorize?${ctx.querystring}`);
    }
    const error = client ? "redirect_mismatch" : "invalid_request";
    ctx.redirect(`/error?${new URLSearchParams({ error, client_id: String(client_id ?? "") })}`);
  };

async function endSession(ctx: Parameters<Middleware>[0]): Promise<void> {
  const provider = ctx.app as unknown as Provider;
  const session = await provider.Session.get(ctx);
  await session.destroy();
  ctx.cookies.set("cognito", null);
}
