/** The two cookies of a browser: its session, and one for every sign-in that is pending. */
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { CookieOptions } from "hono/utils/cookie";
import type { BrowserSession, Departure, Waiting } from "../flow.ts";
import {
  openPending,
  PENDING_LIFETIME,
  pendingName,
  isPending,
  pendingSince,
  sealPending,
} from "../steps/pending.ts";
import { readSession, sessionName, writeSession } from "../steps/session.ts";
import type { AppContext } from "./context.ts";

/** `__Host-` needs Secure, Path=/ and no Domain; Lax keeps cookies from posts of other sites. */
export const COOKIE: CookieOptions = { path: "/", secure: true, httpOnly: true, sameSite: "Lax" };
/** Pending sign-ins a browser: more would be more than browsers keep and servers accept in headers. */
const MOST_PENDING = 3;

interface Keeping extends Pick<Departure, "answered_by"> {
  /** Handle of one that this answer ends, which counts no more. */
  readonly instead_of?: string;
}

/**
 * Keeps a sign-in while the browser is away; a fourth expires the oldest.
 * @throws OAuthError when it is too large
 */
export async function keepPending(
  c: AppContext,
  handle: string,
  waiting: Waiting,
  { instead_of, answered_by }: Keeping = {},
): Promise<void> {
  const { broker } = c.var;
  const { id } = broker.workspace;
  const value = await sealPending(broker, handle, waiting);
  const name = pendingName(id, handle);
  const gone = instead_of === undefined ? [] : [pendingName(id, instead_of)];
  const others = Object.entries(getCookie(c))
    .filter(([other]) => isPending(id, other) && other !== name && !gone.includes(other))
    .toSorted(([, a], [, b]) => pendingSince(b) - pendingSince(a));
  for (const [other] of others.slice(MOST_PENDING - 1)) deleteCookie(c, other, COOKIE);
  // Design §2: only where the answer comes by a form of the provider's site, and only this cookie.
  const sameSite = answered_by === "post" ? "None" : "Lax";
  setCookie(c, name, value, { ...COOKIE, sameSite, maxAge: PENDING_LIFETIME });
}

/** @returns undefined when this browser has no such sign-in, or it is too old */
export async function pending<A extends Waiting["at"]>(c: AppContext, handle: string, at: A, owner: string) {
  const { broker } = c.var;
  const value = getCookie(c, pendingName(broker.workspace.id, handle));
  const waiting = value === undefined ? undefined : await openPending(broker, handle, at, owner, value);
  if (waiting?.request.locale) c.set("locale", waiting.request.locale);
  return waiting;
}

export function dropPending(c: AppContext, handle: string): void {
  deleteCookie(c, pendingName(c.var.broker.workspace.id, handle), COOKIE);
}

/** Whom the browser says that it is; what we did not write says nobody. */
export async function session(c: AppContext): Promise<BrowserSession | undefined> {
  const { broker } = c.var;
  return readSession(broker, getCookie(c, sessionName(broker.workspace.id)));
}

export async function keepSession(c: AppContext, signedIn: BrowserSession): Promise<void> {
  const { broker } = c.var;
  const maxAge = broker.workspace.settings.session_lifetime;
  setCookie(c, sessionName(broker.workspace.id), await writeSession(broker, signedIn), {
    ...COOKIE,
    maxAge,
  });
}

/** The browser forgets; that the session ended is decided elsewhere. */
export function dropSession(c: AppContext): void {
  deleteCookie(c, sessionName(c.var.broker.workspace.id), COOKIE);
}
