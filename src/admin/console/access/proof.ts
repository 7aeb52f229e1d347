/** How the console proves to the API who sits at it: by its cookie, or by what Cloudflare Access adds to every request. */
import type { AppContext } from "../../../http/context.ts";
import { clock } from "../../../store/rows.ts";
import { renew } from "./people.ts";
import { dropSession, keepSession, readSession } from "./session.ts";

/** Seconds before its end at which a token is exchanged for the next. */
const EARLY = 60;

/** @returns headers for the API, or undefined when there is no proof */
export async function proofOf(c: AppContext): Promise<Readonly<Record<string, string>> | undefined> {
  const bearer = await bearerOf(c);
  if (bearer !== undefined) return { authorization: `Bearer ${bearer}` };
  const assertion = c.req.header("cf-access-jwt-assertion");
  if (!assertion || !c.env.ACCESS_TEAM) return undefined;
  const origin = c.req.header("origin");
  return { "cf-access-jwt-assertion": assertion, ...(origin && { origin }) };
}

async function bearerOf(c: AppContext): Promise<string | undefined> {
  const session = await readSession(c);
  if (!session) return undefined;
  if (session.expires_at === undefined || session.expires_at - EARLY > clock()) return session.bearer;
  const renewed = await renew(c, session);
  if (!renewed) {
    dropSession(c);
    return undefined;
  }
  await keepSession(c, renewed);
  return renewed.bearer;
}
