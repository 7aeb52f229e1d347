/** Is what a token rests on still good? Asked at userinfo, introspection and refresh. */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import { stands } from "../config/linking-rule.ts";
import { floorOf } from "../steps/floor.ts";
import { scopeStands } from "../oauth/consent.ts";
import type { GrantRow } from "../store/subject/rows.ts";
import type { AccessClaims } from "./access-token.ts";

/** What a live access token rests on: a person's grant, or nothing but the client. */
export type Basis = { readonly by: "person"; readonly grant: GrantRow } | { readonly by: "client" };

/** @returns undefined when the token ended before its time. One call to one object. */
export async function liveBasis(broker: Broker, claims: AccessClaims): Promise<Basis | undefined> {
  const client = await broker.client(claims.client_id);
  if (!client || client.disabled || claims.iat < client.not_before) return undefined;
  const [id, random] = claims.jti.split(".");
  if (random === undefined) {
    const ended =
      claims.iat < broker.workspace.settings.not_before || (await broker.seen(`token:${claims.jti}`));
    return ended ? undefined : { by: "client" };
  }
  const grant = await broker.subject(claims.sub).grant(id ?? "", claims.jti);
  return grant && !(await isVoid(broker, client, grant)) ? { by: "person", grant } : undefined;
}

/** Whether an operator ended it: by disabling the connection, by a `not_before` (design §4), or with a linking rule. */
export async function isVoid(broker: Broker, client: Client, grant: GrantRow): Promise<boolean> {
  // The list is enough: nothing here needs the credentials to be opened.
  const connection = (await broker.connections()).find(({ id }) => id === grant.connection);
  if (!connection || connection.disabled) return true;
  if (!stands(grant, broker.workspace.linking_rules)) return true;
  const { scopes } = broker.workspace;
  if (!grant.scope.every((name) => scopeStands(scopes, name, grant.created_at))) return true;
  return grant.signed_in_at < floorOf(broker.workspace, client, connection);
}
