/** Where a sign-out goes on after the provider, kept in the browser: the provider brings nobody further than to us. */
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { seal, unseal } from "../crypto/seal.ts";
import type { Seconds } from "../flow.ts";
import type { AppContext } from "./context.ts";
import { COOKIE } from "./cookies.ts";

/** Seconds that signing out at a provider may take. */
const LIFETIME = 600;

interface Leaving {
  /** The parameters of the request that began it, which are judged again. */
  readonly asked: string;
  readonly until: Seconds;
}

const nameOf = (workspace: string) => `__Host-${workspace}-o`;

export async function keepLeaving(c: AppContext, asked: URLSearchParams): Promise<void> {
  const { keyring, workspace, now } = c.var.broker;
  const leaving: Leaving = { asked: asked.toString(), until: now() + LIFETIME };
  const value = await seal(keyring, { purpose: "leaving", workspace: workspace.id }, leaving);
  setCookie(c, nameOf(workspace.id), value, { ...COOKIE, maxAge: LIFETIME });
}

/** Once: what it says is done then. */
export async function takeLeaving(c: AppContext): Promise<URLSearchParams | undefined> {
  const { keyring, workspace, now } = c.var.broker;
  const value = getCookie(c, nameOf(workspace.id));
  if (value === undefined) return undefined;
  deleteCookie(c, nameOf(workspace.id), COOKIE);
  const leaving = await unseal<Leaving>(keyring, { purpose: "leaving", workspace: workspace.id }, value);
  return leaving && leaving.until > now() ? new URLSearchParams(leaving.asked) : undefined;
}
