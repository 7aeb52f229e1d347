/** Decision of the person's object → the client with a code, or the consent page. */
import type { Broker } from "../broker.ts";
import { writeHandle } from "../crypto/handle.ts";
import type { AuthorizationRequest, BrowserSession } from "../flow.ts";
import { authorizationResponse } from "../oauth/respond.ts";
import type { Decision } from "../store/subject/grant.ts";
import { sharedClaims } from "./shared-claims.ts";
import type { Next } from "./stage.ts";
import { openAuthentication } from "./stored-authentication.ts";
import { displayName } from "./visitor.ts";

export async function conclude(
  broker: Broker,
  request: AuthorizationRequest,
  decision: Decision,
  session: BrowserSession,
): Promise<Extract<Next, { go: "consent" | "client" | "portal" }>> {
  if (decision.as === "present") return { go: "portal", session };
  if (decision.as === "asking") {
    const { login, asked } = decision;
    const authentication = await openAuthentication(broker, session.subject, decision.authentication);
    const name = authentication && displayName(authentication);
    const shared = sharedClaims(
      broker.workspace.claims,
      asked,
      authentication?.context ?? {},
      request.claims,
    );
    const waiting = { at: "consent", request, session, login, asked, ...(name && { name }), shared } as const;
    return { go: "consent", waiting, session };
  }
  const handle = { subject: session.subject, id: decision.grant, generation: 0 };
  const code = await writeHandle(broker.keyring, "code", broker.workspace.id, handle);
  return { go: "client", response: authorizationResponse(request, broker.issuer, { code }), session };
}
