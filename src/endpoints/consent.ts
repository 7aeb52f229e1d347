/** The consent page and its answer, bound to the browser and to its own sign-in by the sealed pending cookie. */
import type { Broker } from "../broker.ts";
import type { Scope } from "../config/scope.ts";
import type { SharedClaims } from "../flow.ts";
import type { AppContext } from "../http/context.ts";
import { pending, session } from "../http/cookies.ts";
import { rawForm } from "../http/form.ts";
import { frame } from "../http/frame.ts";
import { PageFault } from "../http/page-fault.ts";
import { send } from "../http/send.ts";
import { Consent } from "../pages/consent.tsx";
import { isDynamic, scopeOf } from "../oauth/dynamic-scope.ts";
import { proceed } from "../steps/proceed.ts";
import { sharedClaims } from "../steps/shared-claims.ts";
import { openAuthentication } from "../steps/stored-authentication.ts";
import { stillKnownClient } from "./known-client.ts";

/** @throws PageFault where this browser has no such page, or has another session by now */
export async function consentPage(c: AppContext): Promise<Response> {
  const { waiting, client, handle } = await waitingConsent(c);
  const { request, asked } = waiting;
  const { broker } = c.var;
  // It shows who somebody is: not to who comes after them, nor once they signed out.
  if ((await session(c))?.id !== waiting.session.id)
    throw new PageFault("expired", "the session of this consent page is not this browser's any more");
  const shared = waiting.shared ?? (await sharedAtObject(broker, waiting));
  const { claims: words, consent } = frame(c).text;
  const values = (name: string) =>
    (shared[name] ?? []).map(([claim, value]) => ({
      label: words[claim as keyof typeof words] ?? claim,
      value: typeof value === "boolean" ? (value ? consent.yes : consent.no) : value,
    }));
  return c.html(
    Consent({
      frame: frame(c),
      client: { ...client, name: client.client_name },
      redirect_uri: request.redirect_uri,
      person: waiting.name ?? "",
      action: `${broker.issuer}/consent/${handle}`,
      handle,
      // In the order in which the app asked: what it needs most tends to come first.
      scopes: asked.flatMap((name) => {
        const scope = scopeOf(broker.workspace.scopes, name);
        return scope ? [{ ...described(scope, name), values: values(name) }] : [];
      }),
      always: values(""),
      scripted:
        client.client_token_minting_script !== undefined ||
        broker.workspace.settings.token_minting_script !== undefined,
    }),
  );
}

/** @throws PageFault where this browser has no such page */
export async function answerConsent(c: AppContext): Promise<Response> {
  const { waiting, client, handle } = await waitingConsent(c);
  const answer = await rawForm(c);
  const chosen = answer.get("action") === "allow" ? answer.getAll("scopes") : null;
  const next = await proceed(c.var.broker, {
    at: "consent",
    waiting,
    chosen,
    client,
    session: await session(c),
  });
  return send(c, next, { client: { name: client.client_name }, handle });
}

/** A dynamic scope is shown with what this request put in the place of the `*`. */
function described({ display_name, description, ...scope }: Scope, name: string) {
  const title = isDynamic(scope.name) ? `${display_name || scope.name} (${name})` : display_name || name;
  return { name, display_name: title, description };
}

/** Where the cookie had no room for the values. */
async function sharedAtObject(
  broker: Broker,
  { session, login, asked, request }: Waiting,
): Promise<SharedClaims> {
  const { subject, id } = session;
  const sealed = await broker.subject(subject).waiting(login, id);
  const authentication = sealed && (await openAuthentication(broker, subject, sealed));
  return sharedClaims(broker.workspace.claims, asked, authentication?.context ?? {}, request.claims);
}

type Waiting = Awaited<ReturnType<typeof waitingConsent>>["waiting"];

async function waitingConsent(c: AppContext) {
  const handle = c.req.param("handle") ?? "";
  const waiting = await pending(c, handle, "consent", "");
  if (!waiting) throw new PageFault("expired", "this browser has no such consent page, or it is over");
  return { waiting, client: await stillKnownClient(c.var.broker, waiting.request), handle };
}
