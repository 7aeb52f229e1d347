/** UpstreamIdentity → Authentication: what is kept of a sign-in, and whether it is recent enough. */
import { yieldedOf } from "../audit/yielded.ts";
import type { Connection } from "../connectors/index.ts";
import type { WorkspaceDocument } from "../store/published.ts";
import type {
  Attributes,
  Authentication,
  AuthorizationRequest,
  JsonObject,
  Seconds,
  UpstreamIdentity,
  Waiting,
} from "../flow.ts";
import { readAttributes } from "./attributes.ts";
import { buildContext } from "./context.ts";
import { pipelineOf } from "./pipeline.ts";

/** Seconds that the provider's clock may differ from ours. */
const CLOCK_TOLERANCE = 30;

type Left = Pick<Extract<Waiting, { at: "upstream" }>, "forced" | "left_at">;

/** @param left how the person left for the provider: one who was asked to authenticate anew did so now, if it does not say when */
export function authenticationOf(
  connection: Connection,
  { schema, settings }: Pick<WorkspaceDocument, "schema" | "settings">,
  identity: UpstreamIdentity,
  left: Left,
  now: Seconds,
): Authentication {
  const amr = connection.static_amr.length > 0 ? connection.static_amr : identity.amr;
  const auth_time = identity.auth_time ?? (left.forced ? now : undefined);
  const pipeline = pipelineOf(connection, schema);
  const { attributes, read } = readAttributes(pipeline.readings, identity);
  const { context, mapped, yielded } = buildContext(pipeline, attributes);
  const told = yieldedOf(pipeline.name, yielded);
  return {
    connection: connection.id,
    method: connection.method,
    idp_sub: identity.subject,
    ...(auth_time !== undefined && { auth_time }),
    ...(amr && { amr }),
    ...(identity.acr !== undefined && { acr: identity.acr }),
    ...(connection.config.sign_out_upstream && identity.session && { at_provider: identity.session }),
    context,
    ran: {
      read,
      mapped,
      changed: [],
      ...(told && { yielded: told }),
      ...(now < settings.lineage_values_until && { values: plain(attributes) }),
    },
  };
}

function plain(attributes: Attributes): JsonObject {
  return Object.fromEntries([...attributes].map(([name, { value }]) => [name, value]));
}

/** Whether no earlier authentication will do, however recent. */
export function mustBeAnew({ prompt, max_age }: Pick<AuthorizationRequest, "prompt" | "max_age">): boolean {
  return prompt.includes("login") || max_age === 0;
}

/** OpenID Connect Core §3.1.2.1: `prompt=login` and `max_age` are checked, not only passed on. */
export function isRecent(
  { auth_time }: Pick<Authentication, "auth_time">,
  request: AuthorizationRequest,
  { left_at, forced }: Left,
): boolean {
  const { max_age, requested_at } = request;
  if (!mustBeAnew(request) && max_age === undefined) return true;
  if (auth_time === undefined) return false;
  // Clocks differ, but only a provider that was asked to authenticate anew gets the benefit of the doubt.
  if (auth_time >= left_at - (forced ? CLOCK_TOLERANCE : 0)) return true;
  return !mustBeAnew(request) && max_age !== undefined && auth_time + max_age >= requested_at;
}
