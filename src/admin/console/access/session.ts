/** The console's own cookie: what the operator proves themselves with, sealed. The API never reads it. */
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { CookieOptions } from "hono/utils/cookie";
import { seal, unseal } from "../../../crypto/seal.ts";
import type { Seconds } from "../../../flow.ts";
import type { AppContext } from "../../../http/context.ts";
import { COOKIE } from "../../../http/cookies.ts";
import { clock } from "../../../store/rows.ts";

export interface Session {
  /** The bootstrap key, or an access token of `system`. */
  readonly bearer: string;
  /** After it the browser has to prove itself anew, whatever the token says. */
  readonly until: Seconds;
  /** Of a person: when the access token ends, and what gets the next one. */
  readonly expires_at?: Seconds;
  readonly refresh_token?: string;
}

/** Seconds of a working day. */
export const SESSION_LIFETIME = 12 * 3_600;

const NAME = "__Host-system-console";
/** Strict: no link and no form of another site comes with it. */
const OPTIONS: CookieOptions = { ...COOKIE, sameSite: "Strict" };
const PLACE = { purpose: "console", workspace: "system", owner: "session" } as const;
/** Bytes of name and value: browsers drop more without a word. */
const LARGEST = 4_000;

/** What this very answer sets: the browser has not sent it yet. */
const fresh = new WeakMap<AppContext, Session>();

export async function readSession(c: AppContext): Promise<Session | undefined> {
  const kept = fresh.get(c);
  if (kept) return kept;
  const value = getCookie(c, NAME);
  if (value === undefined || value.length > LARGEST) return undefined;
  const session = await unseal<Session>(c.var.deployment.keyring, PLACE, value);
  return session && session.until > clock() ? session : undefined;
}

/** @throws RangeError when the tokens are larger than a cookie */
export async function keepSession(c: AppContext, session: Session): Promise<void> {
  const value = await seal(c.var.deployment.keyring, PLACE, session);
  if (NAME.length + value.length > LARGEST)
    throw new RangeError(`the tokens of the console have ${value.length} bytes, of which ${LARGEST} fit`);
  setCookie(c, NAME, value, OPTIONS);
  fresh.set(c, session);
}

export function dropSession(c: AppContext): void {
  deleteCookie(c, NAME, OPTIONS);
}
