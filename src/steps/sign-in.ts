/** Authentication → the person's object: the one call at the callback. */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import type { Connection } from "../connectors/index.ts";
import { randomId } from "../crypto/handle.ts";
import type { AuthorizationRequest, BrowserSession } from "../flow.ts";
import type { Decision } from "../store/subject/grant.ts";
import type { Arrived } from "../store/subject/sign-in.ts";
import type { Arriving, Elsewhere } from "../store/subject/whose.ts";
import { asking } from "./asking.ts";
import type { Extended } from "./post-authn.ts";
import { grantRequest } from "./grant-request.ts";
import { madeBy } from "./made-by.ts";
import { sessionLimits } from "./session-limits.ts";
import { judgeNeeds, lackedBy } from "./judge-needs.ts";
import { sealLineage } from "./lineage.ts";
import { sealAtProvider } from "./at-provider.ts";
import { sealAuthentication } from "./stored-authentication.ts";
import { lookupHashes } from "./subject.ts";
import { displayName, sealVisitor } from "./visitor.ts";
import { type Who, whose } from "./whose.ts";

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
  { authentication, executed, made_by: earlier }: Extended,
  identity: Who,
  before: BrowserSession | undefined,
): Promise<SignedIn> {
  const { auth_time } = authentication;
  const fresh = randomId();
  const person = {
    connection: connection.id,
    issuer: identity.issuer,
    ...(await lookupHashes(broker, authentication)),
  };
  const caches = connection.config.enable_stateful_ctx;
  const made_by = caches ? (earlier ?? (await madeBy(broker, connection))) : undefined;
  const { who, answer } = await whose(broker, identity, request.hinted_subject, decide);
  broker.measured({ type: "sign_in", connection: connection.id, client_id: client.client_id });
  return {
    session: { subject: who.subject, id: answer.session, connection: connection.id },
    decision: answer,
  };

  async function decide(asked: Who, arriving: Arriving): Promise<Arrived | Elsewhere> {
    const { subject } = asked;
    judgeNeeds(broker, client, request, authentication, subject);
    const sealed = await sealAuthentication(broker, subject, authentication);
    const { lineage, left_out } = await sealLineage(broker, client, subject, authentication);
    const lacks = made_by === undefined ? [] : lackedBy(broker, client, authentication, subject);
    return broker.subject(subject).signIn({
      about: broker.about(subject),
      arriving,
      present: { session: fresh, connection: connection.id, authentication: sealed },
      // A browser that has a session of this person keeps it; another person's is never taken over.
      ...(before?.subject === subject && { before: before.id }),
      // What nobody at this browser asked for is no proof to link an account by.
      ...(auth_time !== undefined && !identity.unasked && { auth_time }),
      visitor: await sealVisitor(broker, subject, displayName(authentication)),
      ...(authentication.at_provider && {
        at_provider: await sealAtProvider(broker, subject, authentication.at_provider),
      }),
      limits: sessionLimits(broker.workspace),
      ...(made_by !== undefined && {
        cache: {
          for: connection.config.stateful_ctx_duration,
          made_by,
          ...(auth_time !== undefined && { auth_time }),
          ...(lacks.length > 0 && { lacks }),
        },
      }),
      person,
      executed,
      lineage,
      left_out,
      ...(authentication.ran?.yielded && { yielded: authentication.ran.yielded }),
      request: grantRequest(broker, client, request),
      asking: asking(broker.workspace, client, request.prompt),
    });
  }
}
