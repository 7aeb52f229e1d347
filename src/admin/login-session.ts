/** What an application reads of the sign-in that waits for it: the original's `LoginSessionResponse`. */
import type { Broker } from "../broker.ts";
import type { RequestedClaims } from "../config/requested-claims.ts";
import type { AppSession, Json, JsonObject } from "../flow.ts";
import { contextObject } from "../steps/context-object.ts";
import { authorizationQuery } from "../steps/script-request.ts";
import type { AppRow } from "../store/subject/rows.ts";

interface Waiting {
  readonly id: string;
  readonly row: AppRow;
  readonly session: AppSession;
  readonly subject: string;
  readonly client: { readonly [member: string]: unknown };
}

/** Times are RFC 3339. Members that this broker has no counterpart of are there, and empty. */
export function loginSession({ workspace, issuer }: Broker, waiting: Waiting): JsonObject {
  const { id, row, session, subject, client } = waiting;
  const { authentication, request } = session;
  const { connection, idp_sub, amr, acr, auth_time, context } = authentication;
  const query = authorizationQuery(request);
  const info = ["client_name", "client_uri", "logo_uri", "policy_uri", "tos_uri"].map((member) => [
    member,
    typeof client[member] === "string" ? client[member] : "",
  ]);
  return {
    id,
    login_state: row.state,
    tenant_id: "default",
    server_id: workspace.id,
    client_id: row.client_id,
    client_info: { ...Object.fromEntries(info), description: "", organisation_id: "" } as JsonObject,
    idp_id: connection,
    idp_subject: idp_sub,
    subject,
    acr: acr ?? "",
    amr: [...(amr ?? [])],
    auth_time: time(auth_time ?? row.left_at),
    authentication_context: {
      ...contextObject(context),
      sub: subject,
      idp_sub,
      ...(amr && { amr: [...amr] }),
      ...(acr !== undefined && { acr }),
    },
    requested_at: time(request.requested_at),
    request_url: `${issuer}/oauth2/authorize?${new URLSearchParams(
      Object.entries(query).flatMap(([name, values]) => values.map((value) => [name, value])),
    ).toString()}`,
    request_query_params: query,
    requested_redirect_uri: request.redirect_uri,
    requested_scopes: request.scope.map((name) => ({
      requested_name: name,
      scope: { ...workspace.scopes.find((scope) => scope.name === name), name },
    })),
    requested_acr: [...request.acr_values],
    requested_audience: [...request.resource],
    requested_grant_type: "authorization_code",
    requested_max_age: request.max_age ?? 0,
    requested_claims: {
      id_token: requested(request.claims?.id_token),
      userinfo: requested(request.claims?.userinfo),
      extra: {},
    },
    requested_claims_to_consent: [],
    requested_verified_claims: {},
    granted_audience: [],
    granted_scopes: [],
    allowed_scopes: Object.fromEntries(request.scope.map((name) => [name, true])),
    authorization_details: [],
    authorization_correlation_id: "",
    login_approved: true,
    login_rejected: false,
    scope_grant_approved: false,
    scope_grant_rejected: false,
    max_age: "1h0m0s",
    error: { error: "", error_description: "", error_hint: "", cause: "", details: {}, status_code: 0 },
  };
}

/** What is kept of them (OpenID Connect Core §5.5.1): those that this workspace has, a `value` as the one of `values`. */
function requested(claims: RequestedClaims["id_token"] = {}): JsonObject {
  return Object.fromEntries(
    Object.entries(claims).map(([name, { values }]) => [
      name,
      values ? { values: values.map((value) => JSON.parse(value) as Json) } : null,
    ]),
  );
}

function time(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}
