/** The dispatcher: decides what is next. Steps return; none calls the next one. */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import type { ConnectionSummary } from "../config/connection.ts";
import type { Connection } from "../connectors/index.ts";
import { UpstreamError } from "../connectors/upstream-error.ts";
import { writeHandle } from "../crypto/handle.ts";
import type { Authentication, AuthorizationRequest, Callback, Waiting } from "../flow.ts";
import { OAuthError } from "../oauth/error.ts";
import { authorizationResponse, type AuthorizationResponse } from "../oauth/respond.ts";
import { StaleConfiguration } from "../store/configuration.ts";
import type { Decision } from "../store/subject/grant.ts";
import { openAuthentication } from "./stored-authentication.ts";
import { floorOf } from "./floor.ts";
import { authenticationOf, isRecent, mustBeAnew } from "./authentication.ts";
import { connectorOf, login, type Leaving } from "./login.ts";
import { resume } from "./resume.ts";
import type { BrowserSession } from "./session.ts";
import { subjectOf } from "./subject.ts";
import { signIn } from "./sign-in.ts";
import { upstreamFault } from "./upstream-fault.ts";

/** Where a sign-in stands when a request for it arrives. The client and its redirect URI are proven. */
export type Stage =
  | {
      readonly at: "request";
      readonly request: AuthorizationRequest;
      readonly client: Client;
      readonly session?: BrowserSession;
    }
  | {
      readonly at: "callback";
      readonly waiting: Extract<Waiting, { at: "upstream" }>;
      readonly callback: Pick<Callback, "params" | "handle">;
      readonly client: Client;
      readonly session?: BrowserSession;
    }
  | {
      readonly at: "consent";
      readonly waiting: Extract<Waiting, { at: "consent" }>;
      /** Scopes that the person left chosen; null when they said no. */
      readonly chosen: readonly string[] | null;
      readonly client: Client;
      readonly session: BrowserSession;
    };

/** Where the browser goes now. */
export type Next =
  | { readonly go: "chooser"; readonly connections: readonly ConnectionSummary[] }
  | { readonly go: "nowhere" }
  | ({ readonly go: "provider" } & Leaving)
  | {
      readonly go: "consent";
      readonly waiting: Extract<Waiting, { at: "consent" }>;
      readonly session: BrowserSession;
    }
  | { readonly go: "client"; readonly response: AuthorizationResponse; readonly session?: BrowserSession };

/** @throws OAuthError never: with a proven return address every error is an answer to the client (design §5.4) */
export async function proceed(broker: Broker, stage: Stage): Promise<Next> {
  const request = stage.at === "request" ? stage.request : stage.waiting.request;
  try {
    switch (stage.at) {
      case "request":
        return await begin(broker, stage);
      case "callback":
        return await arrive(broker, stage);
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
      ...(stage.at === "callback" && { connection: stage.waiting.connection }),
    });
    return { go: "client", response: authorizationResponse(request, broker.issuer, fault) };
  }
}

/** Ours too: where the answer goes is proven, so the client is told (RFC 6749 §4.1.2.1 `server_error`). */
function faultOf(broker: Broker, error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof UpstreamError) return upstreamFault(error);
  if (error instanceof StaleConfiguration)
    return new OAuthError("temporarily_unavailable", "the service cannot answer right now", { cause: error });
  broker.fault(error);
  return new OAuthError("server_error", "something went wrong here", { cause: error });
}

type At<A extends Stage["at"]> = Extract<Stage, { at: A }>;

async function begin(broker: Broker, { request, client, session }: At<"request">): Promise<Next> {
  const resumed = await resume(broker, client, request, session);
  if (resumed.as === "consent_required")
    throw new OAuthError("consent_required", "the person has to agree first");
  if (resumed.as !== "login" && session) return conclude(broker, request, resumed, session);
  if (request.prompt.includes("none"))
    throw new OAuthError("login_required", "the person has to sign in first");
  const usable = (await broker.connections()).filter((connection) => !connection.disabled);
  if (request.idp_hint !== undefined) {
    if (!usable.some((connection) => connection.id === request.idp_hint))
      throw new OAuthError("invalid_request", "idp_hint names no connection that can be used");
    return depart(broker, request.idp_hint, request);
  }
  const visible = usable.filter((connection) => !connection.hidden);
  const [only] = visible;
  if (!only) return { go: "nowhere" };
  return visible.length === 1 ? depart(broker, only.id, request) : { go: "chooser", connections: visible };
}

async function depart(
  broker: Broker,
  id: string,
  request: AuthorizationRequest,
  force = mustBeAnew(request),
): Promise<Next> {
  const connection = await usable(broker, id);
  return { go: "provider", ...(await login(broker, connection, request, force)) };
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
  const now = broker.now();
  const authentication = authenticationOf(connection, identity, waiting, now);
  if (!isRecent(authentication, request, waiting)) {
    // One more try, now asking the provider to authenticate anew; then the client is told.
    if (!waiting.forced) return depart(broker, connection.id, request, true);
    throw new OAuthError("login_required", "the provider did not authenticate the person anew");
  }
  const subject = await subjectOf(broker, connection.id, identity.issuer, identity.subject);
  // OpenID Connect Core §3.1.2.2: an answer about somebody else than the hint's person must not be given.
  if (request.hinted_subject !== undefined && request.hinted_subject !== subject)
    throw new OAuthError("login_required", "another person signed in than id_token_hint names");
  const who = { subject, issuer: identity.issuer };
  const arrived = await signIn(broker, client, request, authentication, who, session);
  return conclude(broker, request, arrived.decision, arrived.session);
}

async function decide(broker: Broker, { waiting, chosen, client, session }: At<"consent">): Promise<Next> {
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

async function conclude(
  broker: Broker,
  request: AuthorizationRequest,
  decision: Decision,
  session: BrowserSession,
): Promise<Next> {
  if (decision.as === "asking") {
    const { login, asked } = decision;
    const authentication = await openAuthentication(broker, session.subject, decision.authentication);
    const name = displayName(authentication);
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
