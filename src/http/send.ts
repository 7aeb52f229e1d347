/** Where {@link proceed} sends the browser → HTTP. */
import { randomId } from "../crypto/handle.ts";
import type { AuthorizationResponse } from "../oauth/respond.ts";
import { FormPost } from "../pages/form-post.tsx";
import { Leave } from "../pages/leave.tsx";
import { NoConnections } from "../pages/no-connections.tsx";
import type { Next } from "../steps/stage.ts";
import { cancelUrl, chooser, welcomeBack } from "./chooser.ts";
import type { AppContext } from "./context.ts";
import { dropPending, keepPending, keepSession } from "./cookies.ts";
import { frame } from "./frame.ts";
import { allowPost } from "./headers.ts";
import { keepRemembered } from "./remembered.ts";

interface SignIn {
  readonly client: { readonly name: string };
  /** The pending sign-in that this request continues. */
  readonly handle?: string;
}

/** @throws OAuthError where a sign-in that has to wait does not fit a cookie */
export async function send(c: AppContext, next: Next, { client, handle }: SignIn): Promise<Response> {
  const { issuer } = c.var.broker;
  switch (next.go) {
    case "chooser":
      return chooser(c, next, client);
    case "welcome back":
      return welcomeBack(c, next, client);
    case "nowhere":
      return c.html(NoConnections({ frame: frame(c), client, back: cancelUrl(c) }), 404);
    case "provider":
      if (handle) dropPending(c, handle);
      await keepPending(c, next.handle, next.waiting, {
        ...(handle !== undefined && { instead_of: handle }),
        ...(next.answered_by && { answered_by: next.answered_by }),
      });
      if (next.form) return post(c, next.to.href, next.form, { name: next.provider });
      return leave(c, next.to.href, { name: next.provider });
    case "linking": {
      const kept = handle ?? randomId();
      await keepPending(c, kept, next.waiting);
      return c.redirect(`${issuer}/me/link/${kept}`, 303);
    }
    case "app":
      if (handle && handle !== next.state) dropPending(c, handle);
      await keepPending(c, next.state, next.waiting, { ...(handle !== undefined && { instead_of: handle }) });
      return c.redirect(next.to.href, 303);
    case "consent": {
      const kept = handle ?? randomId();
      await keepPending(c, kept, next.waiting);
      await keepSession(c, next.session);
      if (next.remember) await keepRemembered(c, next.remember);
      return c.redirect(`${issuer}/consent/${kept}`, 303);
    }
    case "portal":
      if (handle) dropPending(c, handle);
      await keepSession(c, next.session);
      if (next.remember) await keepRemembered(c, next.remember);
      return c.redirect(`${issuer}/me`, 303);
    case "client":
      if (handle) dropPending(c, handle);
      if (next.session) await keepSession(c, next.session);
      if (next.remember) await keepRemembered(c, next.remember);
      return answerClient(c, next.response, client);
  }
}

/** After a POST a redirect would be stopped by `form-action` in Chromium, so a page leaves instead (design §5.8). */
export function answerClient(
  c: AppContext,
  response: AuthorizationResponse,
  client: { readonly name: string },
): Response | Promise<Response> {
  if (response.by === "form_post") return post(c, response.to, Object.fromEntries(response.fields), client);
  return leave(c, response.to, client);
}

function leave(c: AppContext, to: string, client: { readonly name: string }): Response | Promise<Response> {
  if (c.req.method !== "POST") return c.redirect(to, 303);
  return c.html(Leave({ frame: frame(c), to, client }));
}

/** @param to whom the page says that it leads */
export function post(
  c: AppContext,
  action: string,
  fields: Readonly<Record<string, string>>,
  to: { readonly name: string },
) {
  const nonce = randomId();
  allowPost(c, nonce);
  return c.html(FormPost({ frame: frame(c), action, fields, client: to, nonce }));
}
