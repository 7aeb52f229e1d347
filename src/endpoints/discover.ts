/**
 * The chooser's form: an e-mail address → where its domain signs in. Always a page, never a redirect, because
 * `form-action` would follow the redirect to the provider (design §5.8). Writes nothing and wakes no object.
 */
import { authorizeUrl } from "../http/authorize-url.ts";
import { chooser } from "../http/chooser.ts";
import type { AppContext } from "../http/context.ts";
import { frame } from "../http/frame.ts";
import { Leave } from "../pages/leave.tsx";
import { LONGEST } from "../oauth/request.ts";
import { choose } from "../steps/choose.ts";
import { knownClient } from "./known-client.ts";

export async function discover(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const { idp_discovery, allowed_idp_ids_script, name } = broker.workspace.settings;
  if (!idp_discovery?.enabled) return c.notFound();
  const sent = new URL(c.req.url).searchParams;
  const client = await knownClient(broker, sent);
  const address = sent.get("login_hint")?.trim() ?? "";
  // What a script hides is not shown here either: it judges requests, so the request decides, with the address as its hint.
  if (allowed_idp_ids_script !== undefined) {
    const again = authorizeUrl(c, { login_hint: address.slice(0, LONGEST.login_hint) });
    return c.html(Leave({ frame: frame(c), to: again, client: { name } }));
  }
  const choice = choose(await broker.connections(), true, address);
  if (!("to" in choice)) return chooser(c, choice, { name: client.client_name });
  const to = authorizeUrl(c, { idp_hint: choice.to.id, login_hint: address });
  return c.html(Leave({ frame: frame(c), to, client: { name: choice.to.name } }));
}
