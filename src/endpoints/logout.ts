/** OpenID Connect RP-Initiated Logout 1.0. */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import { LONGEST_URL } from "../http/authorize-url.ts";
import type { AppContext } from "../http/context.ts";
import { dropSession, session } from "../http/cookies.ts";
import { form } from "../http/form.ts";
import { frame } from "../http/frame.ts";
import { keepLeaving, takeLeaving } from "../http/leaving.ts";
import { PageFault } from "../http/page-fault.ts";
import { ENDPOINTS } from "../oauth/metadata.ts";
import { once } from "../oauth/parameters.ts";
import { uiLocale } from "../oauth/ui-locales.ts";
import { Leave } from "../pages/leave.tsx";
import { SignOut } from "../pages/sign-out.tsx";
import { SignedOut } from "../pages/signed-out.tsx";
import { upstreamLogout } from "../steps/upstream-logout.ts";
import { type IdTokenHint, readIdTokenHint } from "../tokens/id-token-hint.ts";

/** A POST of another site brings no Lax cookie, so the same request comes again by GET. */
export async function logoutByPost(c: AppContext): Promise<Response> {
  const url = `${c.var.broker.issuer}${ENDPOINTS.end_session_endpoint}?${(await form(c)).toString()}`;
  if (url.length > LONGEST_URL)
    throw new PageFault("too_large", `the request has ${url.length} characters and ${LONGEST_URL} fit`);
  return c.redirect(url, 303);
}

/** A request of a client: signs out at once where the hint is of this very session, and asks otherwise (§2). */
export async function logout(c: AppContext): Promise<Response> {
  const sent = once(new URL(c.req.url).searchParams);
  const signedIn = await session(c);
  // Back from the provider: the request that began it goes on.
  const params = (signedIn ? undefined : await takeLeaving(c)) ?? sent;
  const asked = await judge(c.var.broker, params);
  const certain = signedIn !== undefined && asked.hint?.session === signedIn.id;
  if (signedIn && !certain) {
    const fields = Object.fromEntries([...params].filter(([name]) => PASSED_ON.includes(name)));
    const client = asked.client && { name: asked.client.client_name };
    return c.html(
      SignOut({
        frame: frame(c),
        action: `${c.var.broker.issuer}/sign-out`,
        ...(client && { client }),
        fields,
      }),
    );
  }
  return leave(c, asked, params);
}

/** The person's answer on our own page. */
export async function confirmLogout(c: AppContext): Promise<Response> {
  const params = await form(c);
  const locale = uiLocale(params);
  if (locale) c.set("locale", locale);
  const asked = await judge(c.var.broker, params);
  return params.get("action") === "sign-out"
    ? leave(c, asked, params)
    : c.redirect(`${c.var.broker.issuer}/me`, 303);
}

const PASSED_ON = ["id_token_hint", "client_id", "post_logout_redirect_uri", "state", "ui_locales"];

interface Asked {
  readonly hint?: IdTokenHint;
  readonly client?: Client;
  readonly to?: string;
}

async function judge(broker: Broker, params: URLSearchParams): Promise<Asked> {
  const hint = await readHint(broker, params.get("id_token_hint"));
  const id = params.get("client_id") ?? hint?.client_id;
  if (hint && id !== hint.client_id) throw new PageFault("bad_request", "client_id is not the hint's");
  const client = id ? await broker.client(id) : undefined;
  const uri = params.get("post_logout_redirect_uri");
  if (uri === null) return { ...(hint && { hint }), ...(client && { client }) };
  // §3: only where the client that asks is known, and only to where it registered.
  if (!client || client.disabled || !client.post_logout_redirect_uris.includes(uri))
    throw new PageFault("wrong_redirect", "post_logout_redirect_uri is not registered for this client");
  const state = params.get("state");
  const query =
    state === null ? "" : `${uri.includes("?") ? "&" : "?"}${new URLSearchParams({ state }).toString()}`;
  return { ...(hint && { hint }), client, to: `${uri}${query}` };
}

async function readHint(broker: Broker, token: string | null): Promise<IdTokenHint | undefined> {
  if (token === null) return undefined;
  const hint = await readIdTokenHint(broker, token);
  if (!hint) throw new PageFault("bad_request", "id_token_hint is not ours");
  return hint;
}

async function leave(c: AppContext, { client, to }: Asked, params: URLSearchParams): Promise<Response> {
  const { broker } = c.var;
  const signedIn = await session(c);
  if (signedIn) {
    await broker.subject(signedIn.subject).signOut(broker.about(signedIn.subject), signedIn.id);
    dropSession(c);
    const upstream = await upstreamLogout(broker, signedIn.connection);
    if (upstream) {
      const passedOn = [...params].filter(([name]) => PASSED_ON.includes(name));
      await keepLeaving(c, new URLSearchParams(passedOn));
      if (c.req.method !== "POST") return c.redirect(upstream.to.href, 303);
      return c.html(Leave({ frame: frame(c), to: upstream.to.href, client: { name: upstream.name } }));
    }
  }
  if (to === undefined || !client)
    return c.html(SignedOut({ frame: frame(c), again: `${broker.issuer}/me` }));
  if (c.req.method !== "POST") return c.redirect(to, 303);
  return c.html(Leave({ frame: frame(c), to, client: { name: client.client_name } }));
}
