/** SAML's addresses of a connection: where providers send their answers, and what we publish about ourselves. */
import { UpstreamError } from "../connectors/upstream-error.ts";
import type { AppContext } from "../http/context.ts";
import { keepSession } from "../http/cookies.ts";
import { form } from "../http/form.ts";
import { frame } from "../http/frame.ts";
import { takeLeaving } from "../http/leaving.ts";
import { PageFault } from "../http/page-fault.ts";
import { OAuthError } from "../oauth/error.ts";
import { ENDPOINTS } from "../oauth/metadata.ts";
import { uiLocale } from "../oauth/ui-locales.ts";
import { Leave } from "../pages/leave.tsx";
import { begunElsewhere } from "../steps/begun-elsewhere.ts";
import { connectorOf } from "../steps/login.ts";
import { wasSignedOut } from "../steps/upstream-logout.ts";
import { goOn, judge, unconfirmed } from "./after-logout.ts";
import { arrive, otherBrowser, pendingLogin } from "./callback.ts";

/**
 * SAML Bindings §3.5 — the Assertion Consumer Service. An assertion is too large to continue by a redirect, so the session
 * of the browser travelled in the pending sign-in, and a page leaves for the client.
 */
export async function assertionConsumer(c: AppContext): Promise<Response> {
  const params = await form(c);
  const handle = params.get("RelayState") ?? "";
  const waiting = await pendingLogin(c, handle);
  return waiting ? arrive(c, waiting, { params, handle }) : unsolicited(c, params);
}

/** RelayState is whatever the provider, or anybody, wrote: it leads nowhere (threat 8). */
async function unsolicited(c: AppContext, params: URLSearchParams): Promise<Response> {
  const connection = c.req.param("connection") ?? "";
  const begun = await begunElsewhere(c.var.broker, connection, params).catch((error: unknown) => {
    throw error instanceof OAuthError ? untrusted(error, connection) : error;
  });
  if (!begun) throw otherBrowser();
  const { session, to, client } = begun;
  await keepSession(c, session);
  return c.html(Leave({ frame: frame(c), to: to.href, client: { name: client.client_name } }));
}

function untrusted({ message, reason, cause }: OAuthError, connection: string): PageFault {
  const upstream = cause instanceof UpstreamError && { upstream: cause.reason };
  const about = { connection, ...upstream };
  return new PageFault("provider_failed", message, { cause, reason, about });
}

/**
 * SAML Profiles §4.4 — the provider's answer to a sign-out that began here, by either binding. The session here has ended
 * whatever it says.
 */
export async function singleLogout(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const posted = c.req.method === "POST";
  const query = new URL(c.req.url).search;
  const params = posted ? await form(c) : new URLSearchParams(query);
  if (params.has("SAMLRequest"))
    throw new PageFault("bad_request", "a sign-out that the provider begins is not supported");
  const id = c.req.param("connection") ?? "";
  const connection = await broker.connection(id);
  const leaving = await takeLeaving(c);
  // Nothing waits here, or not for this provider: our own page says how things are.
  if (leaving?.connection !== id || !leaving.memory || !connection)
    return c.redirect(`${broker.issuer}${ENDPOINTS.end_session_endpoint}`, 303);
  const { memory } = leaving;
  const confirmed = await wasSignedOut(broker, connection, { params, memory, ...(!posted && { query }) });
  const request = new URLSearchParams(leaving.asked);
  const locale = uiLocale(request);
  if (locale) c.set("locale", locale);
  const asked = await judge(broker, request);
  return confirmed ? goOn(c, asked) : unconfirmed(c, asked, connection.name);
}

/** For the provider's console: also of a connection that is still switched off. */
export async function samlMetadata(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const connection = await broker.connection(c.req.param("connection") ?? "");
  const metadata = connection && (await connectorOf(broker, connection).metadata?.());
  if (metadata === undefined) return c.notFound();
  return c.body(metadata, 200, { "Content-Type": "application/samlmetadata+xml" });
}
