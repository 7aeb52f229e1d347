/** SAML's two addresses of a connection: where providers post assertions, and what we publish about ourselves. */
import type { AppContext } from "../http/context.ts";
import { form } from "../http/form.ts";
import { connectorOf } from "../steps/login.ts";
import { arrive, pendingLogin } from "./callback.ts";

/**
 * SAML Bindings §3.5 — the Assertion Consumer Service. An assertion is too large to continue by a redirect, so the session
 * of the browser travelled in the pending sign-in, and a page leaves for the client.
 */
export async function assertionConsumer(c: AppContext): Promise<Response> {
  const params = await form(c);
  const handle = params.get("RelayState") ?? "";
  return arrive(c, await pendingLogin(c, handle), { params, handle });
}

/** For the provider's console: also of a connection that is still switched off. */
export async function samlMetadata(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const connection = await broker.connection(c.req.param("connection") ?? "");
  const metadata = connection && (await connectorOf(broker, connection).metadata?.());
  if (metadata === undefined) return c.notFound();
  return c.body(metadata, 200, { "Content-Type": "application/samlmetadata+xml" });
}
