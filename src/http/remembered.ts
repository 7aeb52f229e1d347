/** The cookie of a remembered choice, and the wish for it. */
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import {
  openRemembered,
  REMEMBERED_FOR,
  rememberedName,
  sealRemembered,
  type Remembered,
} from "../steps/remembered.ts";
import type { AppContext } from "./context.ts";
import { COOKIE } from "./cookies.ts";

/** The parameter by which our own pages say it: `true`, or `false` to forget. */
export const REMEMBER = "remember";

/** Only a link of our own pages may wish this for a person: an app that sends the parameter decides nothing. */
export function remembering(c: AppContext): boolean | undefined {
  if (c.req.header("sec-fetch-site") !== "same-origin") return undefined;
  const wish = new URL(c.req.url).searchParams.get(REMEMBER);
  return wish === "true" ? true : wish === "false" ? false : undefined;
}

export async function remembered(c: AppContext): Promise<Remembered | undefined> {
  const { broker } = c.var;
  const value = getCookie(c, rememberedName(broker.workspace.id));
  return value ? openRemembered(broker, value) : undefined;
}

export async function keepRemembered(c: AppContext, choice: Remembered): Promise<void> {
  const { broker } = c.var;
  const value = await sealRemembered(broker, choice);
  setCookie(c, rememberedName(broker.workspace.id), value, { ...COOKIE, maxAge: REMEMBERED_FOR });
}

export function dropRemembered(c: AppContext): void {
  deleteCookie(c, rememberedName(c.var.broker.workspace.id), COOKIE);
}
