/** OpenID Connect RP-Initiated Logout 1.0 §2, §3 — who asked for a sign-out, and where the browser goes once it is done. */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import type { AppContext } from "../http/context.ts";
import { frame } from "../http/frame.ts";
import { PageFault } from "../http/page-fault.ts";
import { Leave } from "../pages/leave.tsx";
import { SignedOut } from "../pages/signed-out.tsx";
import { type IdTokenHint, readIdTokenHint } from "../tokens/id-token-hint.ts";

export interface Asked {
  readonly hint?: IdTokenHint;
  readonly client?: Client;
  readonly to?: string;
}

/** @throws PageFault */
export async function judge(broker: Broker, params: URLSearchParams): Promise<Asked> {
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

/** To the client, where one may be told; else a page says that it is done. */
export async function goOn(c: AppContext, { client, to }: Asked): Promise<Response> {
  if (to === undefined || !client)
    return c.html(SignedOut({ frame: frame(c), again: `${c.var.broker.issuer}/me` }));
  if (c.req.method !== "POST") return c.redirect(to, 303);
  return c.html(Leave({ frame: frame(c), to, client: { name: client.client_name } }));
}

/** Where the provider did not confirm that it signed the person out as well: they should know, and go on by themselves. */
export function unconfirmed(
  c: AppContext,
  { client, to }: Asked,
  provider: string,
): Response | Promise<Response> {
  const onward = to !== undefined && client ? { to, name: client.client_name } : undefined;
  return c.html(
    SignedOut({
      frame: frame(c),
      unconfirmed: { provider },
      ...(onward ? { onward } : { again: `${c.var.broker.issuer}/me` }),
    }),
  );
}
