/** A grant as today's configuration allows it: what was granted once may not exist any more. */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import type { Grant } from "../flow.ts";
import { OAuthError } from "../oauth/error.ts";

/** Scopes that are gone are left out; an API that is gone is an error, for the token would be good nowhere. */
export function asOfToday({ workspace }: Broker, client: Client, grant: Grant): Grant {
  if (!grant.resource.every((resource) => workspace.apis.some((api) => api.identifier === resource)))
    throw new OAuthError("invalid_target", "resource is not an API of this workspace");
  const exists = (name: string) => workspace.scopes.some((scope) => scope.name === name);
  return { ...grant, scope: grant.scope.filter((name) => exists(name) && client.scope.includes(name)) };
}
