/** Authentication → the person's object: the one call at the callback. */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import type { Connection } from "../connectors/index.ts";
import { randomId } from "../crypto/handle.ts";
import type { Authentication, AuthorizationRequest } from "../flow.ts";
import type { Decision } from "../store/subject/grant.ts";
import { asking } from "./asking.ts";
import type { Extended } from "./post-authn.ts";
import { grantRequest } from "./grant-request.ts";
import { madeBy } from "./made-by.ts";
import { sessionLimits } from "./session-limits.ts";
import { judgeNeeds } from "./judge-needs.ts";
import { sealLineage } from "./lineage.ts";
import { sealAtProvider } from "./at-provider.ts";
import type { BrowserSession } from "./session.ts";
import { sealAuthentication } from "./stored-authentication.ts";
import { lookupHash } from "./subject.ts";
import { sealVisitor } from "./visitor.ts";

export interface SignedIn {
  readonly session: BrowserSession;
  readonly decision: Decision;
}

/** @throws OAuthError `access_denied` where the request or the workspace needs more than came of it */
export async function signIn(
  broker: Broker,
  client: Client,
  request: AuthorizationRequest,
  connection: Connection,
  { authentication, executed }: Extended,
  { subject, issuer }: { readonly subject: string; readonly issuer: string },
  before: BrowserSession | undefined,
): Promise<SignedIn> {
  judgeNeeds(broker, client, request, authentication, subject);
  const { auth_time } = authentication;
  // A browser that already has a session of this person keeps it; another person's is never taken over.
  const id = before?.subject === subject ? before.id : randomId();
  const sealed = await sealAuthentication(broker, subject, authentication);
  const { lineage, left_out } = await sealLineage(broker, client, subject, authentication);
  const decision = await broker.subject(subject).signIn({
    about: broker.about(subject),
    present: { session: id, connection: connection.id, authentication: sealed },
    visitor: await sealVisitor(broker, subject, authentication),
    ...(authentication.at_provider && {
      at_provider: await sealAtProvider(broker, subject, authentication.at_provider),
    }),
    limits: sessionLimits(broker.workspace),
    ...(connection.config.enable_stateful_ctx && {
      cache: {
        for: connection.config.stateful_ctx_duration,
        made_by: await madeBy(broker, connection),
        ...(auth_time !== undefined && { auth_time }),
      },
    }),
    person: { connection: connection.id, issuer, ...(await hashes(broker, authentication)) },
    executed,
    lineage,
    left_out,
    request: grantRequest(broker, client, request),
    asking: asking(broker.workspace, client, request.prompt),
  });
  broker.measured({ type: "sign_in", connection: connection.id, client_id: client.client_id });
  return { session: { subject, id, connection: connection.id }, decision };
}

async function hashes(broker: Broker, { context }: Authentication) {
  const [email, login] = [context["email"]?.value, context["preferred_username"]?.value];
  return {
    ...(typeof email === "string" && { email_hash: await lookupHash(broker, "email", email) }),
    ...(typeof login === "string" && { login_hash: await lookupHash(broker, "login", login) }),
  };
}
