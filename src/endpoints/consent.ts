/** The consent page and its answer, bound to the browser and to its own sign-in by the sealed pending cookie. */
import type { AppContext } from "../http/context.ts";
import { pending } from "../http/cookies.ts";
import { rawForm } from "../http/form.ts";
import { frame } from "../http/frame.ts";
import { PageFault } from "../http/page-fault.ts";
import { send } from "../http/send.ts";
import { Consent } from "../pages/consent.tsx";
import { isRegistered } from "../oauth/redirect-uri.ts";
import { proceed } from "../steps/proceed.ts";

export async function consentPage(c: AppContext): Promise<Response> {
  const { waiting, client, handle } = await waitingConsent(c);
  const { request, asked } = waiting;
  const known = c.var.broker.workspace.scopes;
  // In the order in which the app asked: what it needs most tends to come first.
  const scopes = asked.flatMap((name) => known.filter((scope) => scope.name === name));
  return c.html(
    Consent({
      frame: frame(c),
      client: { ...client, name: client.client_name },
      redirect_uri: request.redirect_uri,
      person: waiting.name ?? "",
      action: `${c.var.broker.issuer}/consent/${handle}`,
      handle,
      scopes: scopes.map(({ name, display_name, description }) => ({
        name,
        display_name: display_name || name,
        description,
      })),
    }),
  );
}

export async function answerConsent(c: AppContext): Promise<Response> {
  const { waiting, client, handle } = await waitingConsent(c);
  const answer = await rawForm(c);
  const chosen = answer.get("action") === "allow" ? answer.getAll("scopes") : null;
  const next = await proceed(c.var.broker, {
    at: "consent",
    waiting,
    chosen,
    client,
    session: waiting.session,
  });
  return send(c, next, { client: { name: client.client_name }, handle });
}

async function waitingConsent(c: AppContext) {
  const handle = c.req.param("handle") ?? "";
  const waiting = await pending(c, handle, "consent", "");
  if (!waiting) throw new PageFault("expired", "this browser has no such consent page, or it is over");
  const { request } = waiting;
  const client = await c.var.broker.client(request.client_id);
  if (!client || client.disabled) throw new PageFault("unknown_client", "the client is disabled or gone");
  if (!isRegistered(request.redirect_uri, client.redirect_uris))
    throw new PageFault("wrong_redirect", "redirect_uri is not registered any more");
  return { waiting, client, handle };
}
