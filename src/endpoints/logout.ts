/** OpenID Connect RP-Initiated Logout 1.0. */
import { LONGEST_URL } from "../http/authorize-url.ts";
import type { AppContext } from "../http/context.ts";
import { dropSession, session } from "../http/cookies.ts";
import { form } from "../http/form.ts";
import { frame } from "../http/frame.ts";
import { keepLeaving, takeLeaving } from "../http/leaving.ts";
import { PageFault } from "../http/page-fault.ts";
import { post } from "../http/send.ts";
import { ENDPOINTS } from "../oauth/metadata.ts";
import { once } from "../oauth/parameters.ts";
import { uiLocale } from "../oauth/ui-locales.ts";
import { Leave } from "../pages/leave.tsx";
import { SignOut } from "../pages/sign-out.tsx";
import { upstreamLogout } from "../steps/upstream-logout.ts";
import { type Asked, goOn, judge } from "./after-logout.ts";

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
  const leaving = signedIn ? undefined : await takeLeaving(c);
  const params = leaving ? new URLSearchParams(leaving.asked) : sent;
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

async function leave(c: AppContext, asked: Asked, params: URLSearchParams): Promise<Response> {
  const { broker } = c.var;
  const signedIn = await session(c);
  if (!signedIn) return goOn(c, asked);
  const about = broker.about(signedIn.subject);
  const ended = await broker.subject(signedIn.subject).signOut(about, signedIn.id);
  dropSession(c);
  const at_provider = ended.as === "ended" ? ended.at_provider : undefined;
  const upstream = await upstreamLogout(broker, signedIn, at_provider);
  if (!upstream) return goOn(c, asked);
  const { to, form: fields, memory, name } = upstream;
  const passedOn = new URLSearchParams([...params].filter(([one]) => PASSED_ON.includes(one)));
  const leaving = {
    asked: passedOn.toString(),
    connection: signedIn.connection,
    ...(memory && { memory }),
  };
  await keepLeaving(c, leaving, upstream);
  if (fields) return post(c, to.href, fields, { name });
  return c.req.method === "POST"
    ? c.html(Leave({ frame: frame(c), to: to.href, client: { name } }))
    : c.redirect(to.href, 303);
}
