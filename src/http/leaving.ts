/** Where a sign-out goes on after the provider, kept in the browser: the provider brings nobody further than to us. */
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { seal, unseal } from "../crypto/seal.ts";
import type { JsonObject, LogoutDeparture, Seconds } from "../flow.ts";
import type { AppContext } from "./context.ts";
import { COOKIE } from "./cookies.ts";

/** Seconds that signing out at a provider may take. */
const LIFETIME = 600;

export interface Leaving {
  /** The parameters of the request that began it, which are judged again. */
  readonly asked: string;
  readonly connection: string;
  /** Of the connector, where it judges the provider's answer. */
  readonly memory?: JsonObject;
}

interface Kept {
  readonly leaving: Leaving;
  readonly until: Seconds;
}

const nameOf = (workspace: string) => `__Host-${workspace}-o`;

export async function keepLeaving(
  c: AppContext,
  leaving: Leaving,
  { answered_by }: Pick<LogoutDeparture, "answered_by">,
): Promise<void> {
  const { keyring, workspace, now } = c.var.broker;
  const kept: Kept = { leaving, until: now() + LIFETIME };
  const value = await seal(keyring, { purpose: "leaving", workspace: workspace.id }, kept);
  // As with a sign-in: only where the answer may come by a form of the provider's site.
  const sameSite = answered_by === "post" ? "None" : "Lax";
  setCookie(c, nameOf(workspace.id), value, { ...COOKIE, sameSite, maxAge: LIFETIME });
}

/** Once: what it says is done then. */
export async function takeLeaving(c: AppContext): Promise<Leaving | undefined> {
  const { keyring, workspace, now } = c.var.broker;
  const value = getCookie(c, nameOf(workspace.id));
  if (value === undefined) return undefined;
  deleteCookie(c, nameOf(workspace.id), COOKIE);
  const kept = await unseal<Kept>(keyring, { purpose: "leaving", workspace: workspace.id }, value);
  return kept && kept.until > now() ? kept.leaving : undefined;
}
