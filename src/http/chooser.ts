/** {@link Choice} → the chooser, every way on it a link that carries the whole request. */
import { ENDPOINTS } from "../oauth/metadata.ts";
import { Chooser } from "../pages/choose.tsx";
import type { Choice } from "../steps/choose.ts";
import { authorizeUrl } from "./authorize-url.ts";
import type { AppContext } from "./context.ts";
import { frame } from "./frame.ts";

/** Where the form of the chooser goes. */
export const DISCOVERY = `${ENDPOINTS.authorization_endpoint}/discovery`;
/** What the form itself sends. */
const OF_THE_FORM = new Set(["login_hint", "action"]);

export function chooser(
  c: AppContext,
  { connections, discovery }: Choice,
  client: { readonly name: string },
): Response | Promise<Response> {
  const fields = [...new URL(c.req.url).searchParams].filter(([name]) => !OF_THE_FORM.has(name));
  return c.html(
    Chooser({
      frame: frame(c),
      client,
      connections: connections.map(({ id, name, method, logo_uri }) => ({
        id,
        name,
        method,
        ...(logo_uri && { logo_uri }),
        href: authorizeUrl(c, { idp_hint: id }),
      })),
      ...(discovery && { discovery: { ...discovery, action: `${c.var.broker.issuer}${DISCOVERY}`, fields } }),
    }),
  );
}
