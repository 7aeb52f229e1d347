/** Where providers send people back to: one URL a connection (RFC 9700 §4.4). GET and POST are read alike. */
import type { Callback, Waiting } from "../flow.ts";
import type { AppContext } from "../http/context.ts";
import { pending, session } from "../http/cookies.ts";
import { form } from "../http/form.ts";
import { PageFault } from "../http/page-fault.ts";
import { answerClient, send } from "../http/send.ts";
import { OAuthError } from "../oauth/error.ts";
import { once } from "../oauth/parameters.ts";
import { authorizationResponse } from "../oauth/respond.ts";
import { proceed } from "../steps/proceed.ts";
import { stillKnownClient } from "./known-client.ts";

export async function callback(c: AppContext): Promise<Response> {
  const params = c.req.method === "POST" ? await form(c) : once(new URL(c.req.url).searchParams);
  const handle = params.get("state") ?? "";
  const waiting = await pendingLogin(c, handle);
  if (!waiting) throw otherBrowser();
  if (c.req.method === "POST") return c.redirect(asGet(c, params), 303);
  return arrive(c, waiting, { params, handle });
}

type Login = Extract<Waiting, { at: "upstream" | "proving" }>;

/** The cookie is sealed for this connection and handle: the state of another browser or connection opens nothing. */
export async function pendingLogin(c: AppContext, handle: string): Promise<Login | undefined> {
  const connection = c.req.param("connection") ?? "";
  return (
    (await pending(c, handle, "upstream", connection)) ?? (await pending(c, handle, "proving", connection))
  );
}

export function otherBrowser(): PageFault {
  return new PageFault("other_browser", "this browser has no such sign-in, or it is over");
}

/** @param answer as the provider gave it, by whichever binding */
export async function arrive(
  c: AppContext,
  waiting: Login,
  answer: Pick<Callback, "params" | "handle">,
): Promise<Response> {
  const { broker } = c.var;
  const { request } = waiting;
  const client = await stillKnownClient(broker, request);
  const name = { name: client.client_name };
  const next = await proceed(broker, {
    at: "callback",
    waiting,
    callback: answer,
    client,
    session: (await session(c)) ?? waiting.session,
  });
  try {
    return await send(c, next, { client: name, handle: answer.handle });
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return answerClient(c, authorizationResponse(request, broker.issuer, error), name);
  }
}

/** Characters of an answer that continues by GET; codes of a few thousand are known. */
const LONGEST_ANSWER = 8_000;

/**
 * A form of the provider's site brings only the pending cookie; after a redirect to ourselves the browser sends the
 * session's too (design §2). What travels is spent at once, and answers nobody else's sign-in.
 */
function asGet(c: AppContext, params: URLSearchParams): string {
  const query = params.toString();
  if (query.length > LONGEST_ANSWER)
    throw new PageFault("too_large", `the answer has ${query.length} characters and ${LONGEST_ANSWER} fit`);
  return `${c.var.broker.issuer}/callback/${c.req.param("connection") ?? ""}?${query}`;
}
