/** {@link Choice} → the chooser, every way on it a link that carries the whole request. */
import { ENDPOINTS } from "../oauth/metadata.ts";
import { Chooser } from "../pages/choose.tsx";
import { WelcomeBack } from "../pages/welcome-back.tsx";
import type { Choice } from "../steps/choose.ts";
import type { Next } from "../steps/stage.ts";
import { authorizeUrl } from "./authorize-url.ts";
import type { AppContext } from "./context.ts";
import { frame } from "./frame.ts";
import { REMEMBER, remembering } from "./remembered.ts";

/** Where the form of the chooser goes. */
export const DISCOVERY = `${ENDPOINTS.authorization_endpoint}/discovery`;
/** Where giving up leads. */
export const CANCEL = `${ENDPOINTS.authorization_endpoint}/cancel`;
/** What the form itself sends. */
const OF_THE_FORM = new Set(["login_hint", "action", REMEMBER]);

export function chooser(
  c: AppContext,
  { connections, discovery }: Choice,
  client: { readonly name: string },
): Response | Promise<Response> {
  const remember = remembering(c) === true;
  const fields = [...new URL(c.req.url).searchParams].filter(([name]) => !OF_THE_FORM.has(name));
  if (remember) fields.push([REMEMBER, "true"]);
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
      remember: { on: remember, href: authorizeUrl(c, { [REMEMBER]: String(!remember) }) },
      cancel: cancelUrl(c),
      ...(discovery && { discovery: { ...discovery, action: `${c.var.broker.issuer}${DISCOVERY}`, fields } }),
    }),
  );
}

/** Where whoever does not go on is answered for. */
export function cancelUrl(c: AppContext): string {
  return authorizeUrl(c, {}).replace(ENDPOINTS.authorization_endpoint, CANCEL);
}

/** Every way on is the request as it came, so whatever the cookie says, it leads to nothing but a connection of ours. */
export function welcomeBack(
  c: AppContext,
  { connection, name }: Extract<Next, { go: "welcome back" }>,
  client: { readonly name: string },
): Response | Promise<Response> {
  const prompt = new URL(c.req.url).searchParams.get("prompt")?.split(" ") ?? [];
  const others = [...new Set([...prompt.filter(Boolean), "select_account"])].join(" ");
  return c.html(
    WelcomeBack({
      frame: frame(c),
      client,
      ...(name && { person: name }),
      connection,
      // Whoever goes on as before stays remembered, under the name that they have then.
      go: authorizeUrl(c, { idp_hint: connection.id, [REMEMBER]: "true" }),
      another: authorizeUrl(c, { prompt: others }),
      forget: authorizeUrl(c, { [REMEMBER]: "false" }),
    }),
  );
}
