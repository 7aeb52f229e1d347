/** The dispatcher: decides what is next. Steps return; none calls the next one. */
import type { Broker } from "../broker.ts";
import type { Connection } from "../connectors/index.ts";
import { UpstreamError } from "../connectors/upstream-error.ts";
import { OAuthError } from "../oauth/error.ts";
import { authorizationResponse } from "../oauth/respond.ts";
import { answerOf, appOf, leaveForApp, returnToApp } from "./custom-app.ts";
import { allowedConnections } from "./allowed.ts";
import { authenticationOf, isRecent, mustBeAnew } from "./authentication.ts";
import { choose } from "./choose.ts";
import { conclude } from "./conclude.ts";
import { faultOf } from "./fault.ts";
import { floorOf } from "./floor.ts";
import { connectorOf, type Leaving, login, prove } from "./login.ts";
import { offerLink } from "./offer-link.ts";
import { type Extended, postAuthn } from "./post-authn.ts";
import { resume } from "./resume.ts";
import { signIn } from "./sign-in.ts";
import type { Next, Stage } from "./stage.ts";
import { subjectOf } from "./subject.ts";
import { displayName } from "./visitor.ts";
import type { Who } from "./whose.ts";

/** @throws OAuthError never: with a proven return address every error is an answer to the client (design §5.4) */
export async function proceed(broker: Broker, stage: Stage): Promise<Next> {
  const { request } = "waiting" in stage ? stage.waiting : stage;
  try {
    switch (stage.at) {
      case "request":
        return await begin(broker, stage);
      case "prove":
        return await depart(broker, stage.connection, (to) => prove(broker, request, to, stage.session));
      case "callback":
        return await arrive(broker, stage);
      case "app":
        return await comeBack(broker, stage);
      case "consent":
        return await decide(broker, stage);
    }
  } catch (error) {
    const fault = faultOf(broker, error);
    broker.refused({
      where: stage.at,
      error: fault.code,
      reason: fault.reason,
      client_id: request.client_id,
      ...connectionOf(stage, error),
      ...(error instanceof UpstreamError && { upstream: error.reason }),
    });
    return { go: "client", response: authorizationResponse(request, broker.issuer, fault) };
  }
}

/** Never the `idp_hint`: it is whatever a stranger wrote. */
function connectionOf(stage: Stage, error: unknown): { connection?: string } {
  if (error instanceof UpstreamError && error.connection !== undefined)
    return { connection: error.connection };
  if (stage.at === "prove") return { connection: stage.connection };
  return stage.at === "callback" || stage.at === "app" ? { connection: stage.waiting.connection } : {};
}

type At<A extends Stage["at"]> = Extract<Stage, { at: A }>;

async function begin(broker: Broker, stage: At<"request">): Promise<Next> {
  const { request, client, session, remembered } = stage;
  const leave = (to: Connection) => login(broker, request, to, mustBeAnew(request), session);
  const connections = await allowedConnections(broker, client, request);
  const allowed = connections.some(({ id }) => id === session?.connection) ? session : undefined;
  const resumed = await resume(broker, client, request, allowed);
  if (resumed.as === "consent_required")
    throw new OAuthError("consent_required", "the person has to agree first");
  if (resumed.as !== "login" && session) return conclude(broker, request, resumed, session);
  if (request.prompt.includes("none"))
    throw new OAuthError("login_required", "the person has to sign in first");
  if (request.idp_hint !== undefined) {
    if (!connections.some(({ id, disabled }) => id === request.idp_hint && !disabled))
      throw new OAuthError("invalid_request", "idp_hint names no connection that can be used");
    return depart(broker, request.idp_hint, leave);
  }
  const discovers = broker.workspace.settings.idp_discovery?.enabled ?? false;
  const choice = choose(connections, discovers, request.login_hint);
  if ("to" in choice) return depart(broker, choice.to.id, leave);
  if (choice.connections.length === 0 && !choice.discovery) return { go: "nowhere" };
  const known = connections.find(({ id, disabled }) => id === remembered?.connection && !disabled);
  const asks = request.prompt.includes("select_account") || request.login_hint !== undefined;
  if (known && !asks)
    return { go: "welcome back", connection: known, ...(remembered?.name && { name: remembered.name }) };
  return { go: "chooser", ...choice };
}

async function depart(
  broker: Broker,
  id: string,
  leave: (to: Connection) => Promise<Leaving>,
): Promise<Next> {
  const leaving = await leave(await usable(broker, id)).catch((error: unknown) => {
    throw error instanceof UpstreamError ? error.of(id) : error;
  });
  return { go: "provider", ...leaving };
}

async function usable(broker: Broker, id: string): Promise<Connection> {
  const connection = await broker.connection(id);
  if (!connection || connection.disabled)
    throw new OAuthError("access_denied", "this way to sign in is switched off");
  return connection;
}

async function arrive(broker: Broker, stage: At<"callback">): Promise<Next> {
  const { waiting, callback, client, session } = stage;
  const { request } = waiting;
  // Read again: a connection that was disabled while the person was away lets nobody in (Keycloak CVE-2026-3009).
  const connection = await usable(broker, waiting.connection);
  if (waiting.left_at < floorOf(broker.workspace, client, connection))
    throw new OAuthError("access_denied", "this sign-in was ended by the operator");
  const identity = await connectorOf(broker, connection).finish({ ...callback, memory: waiting.memory });
  // Before anything comes of it: an assertion that was copied on its way signs in nobody a second time.
  if (identity.once && !(await broker.once(identity.once.value, identity.once.expires)))
    throw new UpstreamError("replay", "the assertion was used before");
  const now = broker.now();
  const authentication = authenticationOf(connection, broker.workspace, identity, waiting, now);
  if (!isRecent(authentication, request, waiting)) {
    // One more try, now asking the provider to authenticate anew; then the client is told.
    if (!waiting.forced)
      return depart(broker, connection.id, (to) => login(broker, request, to, true, session));
    throw new OAuthError("login_required", "the provider did not authenticate the person anew");
  }
  const subject = await subjectOf(broker, connection.id, identity.issuer, identity.subject);
  if (waiting.at === "proving") {
    const proven = { subject, connection: connection.id, issuer: identity.issuer };
    return offerLink(broker, waiting, proven, authentication, session);
  }
  const who = { subject, issuer: identity.issuer, connection: connection.id };
  const extended = await postAuthn(broker, client, request, connection, authentication);
  const app = await appOf(broker, connection);
  if (app) return leaveForApp(broker, client, request, app, connection, extended, who);
  return enter(broker, stage, connection, extended, who);
}

async function comeBack(broker: Broker, stage: At<"app">): Promise<Next> {
  const { waiting, state, client } = stage;
  const { subject, issuer, linked } = waiting;
  const connection = await usable(broker, waiting.connection);
  if (waiting.left_at < floorOf(broker.workspace, client, connection))
    throw new OAuthError("access_denied", "this sign-in was ended by the operator");
  const app = await broker.app(waiting.app);
  const continued = await broker.subject(subject).continueApp(waiting.login);
  if (continued.as === "waiting" && app) return returnToApp(broker, app, waiting, state);
  const extended = await answerOf(broker, waiting, continued);
  const who = { subject, issuer, connection: connection.id, ...(linked && { linked }) };
  return enter(broker, stage, connection, extended, who);
}

/** Everything is proven and said: the person is signed in, by whichever way they came. */
async function enter(
  broker: Broker,
  { waiting: { request }, client, session }: At<"callback" | "app">,
  connection: Connection,
  extended: Extended,
  who: Who,
): Promise<Next> {
  const arrived = await signIn(broker, client, request, connection, extended, who, session);
  const next = await conclude(broker, request, arrived.decision, arrived.session);
  const name = displayName(extended.authentication);
  return {
    ...next,
    ...(request.remember && { remember: { connection: connection.id, ...(name && { name }) } }),
  };
}

async function decide(broker: Broker, { waiting, chosen, client, ...browser }: At<"consent">): Promise<Next> {
  const { session } = waiting;
  // Whoever is at the browser now did not see what this page asked, and must not become who did.
  if (browser.session?.id !== session.id)
    throw new OAuthError("access_denied", "the session of this consent page is not this browser's any more");
  // Read again: what an operator ended while the page was open stays ended.
  const connection = await usable(broker, session.connection);
  const not_before = floorOf(broker.workspace, client, connection);
  const subject = broker.subject(session.subject);
  const about = broker.about(session.subject);
  const answer = await subject.consent(about, waiting.login, session.id, chosen, not_before);
  if (answer.as === "gone")
    throw new OAuthError("access_denied", "this consent page was already answered or is too old");
  if (answer.as === "denied") throw new OAuthError("access_denied", "the person did not agree");
  return conclude(broker, waiting.request, answer, session);
}
