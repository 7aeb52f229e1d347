/** Decision of the person's object → the client with a code, or the consent page. */
import type { Broker } from "../broker.ts";
import { writeHandle } from "../crypto/handle.ts";
import type { Authentication, AuthorizationRequest } from "../flow.ts";
import { authorizationResponse } from "../oauth/respond.ts";
import type { Decision } from "../store/subject/grant.ts";
import type { BrowserSession } from "./session.ts";
import type { Next } from "./stage.ts";
import { openAuthentication } from "./stored-authentication.ts";

export async function conclude(
  broker: Broker,
  request: AuthorizationRequest,
  decision: Decision,
  session: BrowserSession,
): Promise<Next> {
  if (decision.as === "asking") {
    const { login, asked } = decision;
    const authentication = await openAuthentication(broker, session.subject, decision.authentication);
    const name = authentication && displayName(authentication);
    const waiting = { at: "consent", request, session, login, asked, ...(name && { name }) } as const;
    return { go: "consent", waiting, session };
  }
  const handle = { subject: session.subject, id: decision.grant, generation: 0 };
  const code = await writeHandle(broker.keyring, "code", broker.workspace.id, handle);
  return { go: "client", response: authorizationResponse(request, broker.issuer, { code }), session };
}

/** Who the consent page says is signed in; it travels in the cookie, so it is short. */
function displayName({ context }: Authentication): string | undefined {
  const names = [context["name"]?.value, context["email"]?.value, context["preferred_username"]?.value];
  const name = names.find((value) => typeof value === "string" && value !== "");
  return typeof name === "string" ? name.slice(0, 80) : undefined;
}
