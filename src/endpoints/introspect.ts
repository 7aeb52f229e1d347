/** RFC 7662 — token introspection. Whoever may not know gets the answer for a token that does not exist. */
import type { Broker } from "../broker.ts";
import { isPublic, type Client } from "../config/client.ts";
import { readHandle } from "../crypto/handle.ts";
import type { JsonObject } from "../flow.ts";
import { storedGrant } from "../grants/stored-grant.ts";
import type { AppContext } from "../http/context.ts";
import { form } from "../http/form.ts";
import { OAuthError } from "../oauth/error.ts";
import { mayRefresh } from "../oauth/scope.ts";
import type { AccessClaims } from "../tokens/access-token.ts";
import { asClaims, released } from "../tokens/claims.ts";
import { factsOf } from "../tokens/facts.ts";
import { isVoid, liveBasis } from "../tokens/live.ts";
import { knownAccessToken } from "../tokens/known-access-token.ts";
import { caller } from "./caller.ts";

const INACTIVE = { active: false } as const;

export async function introspect(c: AppContext): Promise<Response> {
  const { broker } = c.var;
  const params = await form(c);
  const client = await caller(c, params);
  // §2.1: the endpoint is protected; a public client proves nothing.
  if (isPublic(client)) throw new OAuthError("invalid_client", "a public client may not introspect tokens");
  const token = params.get("token");
  if (token === null) throw new OAuthError("invalid_request", "token is missing");
  return c.json(
    (await refreshToken(broker, client, token)) ?? (await accessToken(broker, client, token)) ?? INACTIVE,
  );
}

async function accessToken(broker: Broker, client: Client, token: string): Promise<JsonObject | undefined> {
  const claims = await knownAccessToken(broker, token);
  if (!claims || !mayKnow(broker, client, claims)) return undefined;
  const basis = await liveBasis(broker, claims);
  const about = basis && (await personal(broker, claims, basis));
  if (!about) return undefined;
  return {
    ...about,
    ...claims,
    active: true,
    token_type: "Bearer",
  } as JsonObject;
}

async function personal(
  broker: Broker,
  claims: AccessClaims,
  basis: NonNullable<Awaited<ReturnType<typeof liveBasis>>>,
): Promise<JsonObject | undefined> {
  if (basis.by !== "person") return {};
  const [id = ""] = claims.jti.split(".");
  const grant = await storedGrant(broker, claims.sub, id, basis.grant);
  // The token's own client, which may be another than the one that asks.
  const client = await broker.client(claims.client_id);
  if (!grant || !client) return undefined;
  const scope = claims.scope?.split(" ") ?? [];
  // A scope that single claims of the ID token or of userinfo were asked for releases none here.
  const asked = { to: "introspection", scope, requested: grant.claims } as const;
  const facts = factsOf(broker.workspace, client, grant);
  return asClaims(released(broker.workspace.claims, asked, facts)).claims;
}

async function refreshToken(broker: Broker, client: Client, token: string): Promise<JsonObject | undefined> {
  const handle = await readHandle(broker.keyring, "rt", broker.workspace.id, token);
  if (!handle) return undefined;
  const grant = await broker.subject(handle.subject).grant(handle.id);
  if (!grant || grant.client_id !== client.client_id || grant.generation !== handle.generation)
    return undefined;
  // As the token endpoint judges it: a lifetime that was lowered holds for families that were there before.
  const lifetime = Math.min(grant.offline_for, broker.workspace.settings.refresh_token_lifetime);
  const exp = grant.created_at + lifetime;
  if (exp <= broker.now() || !mayRefresh(client, broker.workspace)) return undefined;
  if (await isVoid(broker, client, grant)) return undefined;
  return {
    active: true,
    iss: broker.issuer,
    sub: handle.subject,
    client_id: grant.client_id,
    scope: grant.scope.join(" "),
    iat: grant.created_at,
    exp,
  };
}

/** A token that was issued to the caller, or for an API that names it. */
function mayKnow({ workspace }: Broker, { client_id }: Client, claims: AccessClaims): boolean {
  const audiences = [claims.aud].flat();
  return (
    claims.client_id === client_id ||
    workspace.apis.some(
      (api) => audiences.includes(api.identifier) && api.introspection_clients.includes(client_id),
    )
  );
}
