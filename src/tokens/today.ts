/** A grant as today's configuration allows it: what was granted once may not exist any more. */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import type { Grant } from "../flow.ts";
import { isAssigned } from "../oauth/dynamic-scope.ts";
import { OAuthError } from "../oauth/error.ts";

/** Characters of scope and audience, which the token repeats: with more it could not stay under 8 KB. */
const LONGEST = 1_000;

/** Scopes that are gone are left out; an API that is gone is an error, for the token would be good nowhere. */
export function asOfToday({ workspace }: Broker, client: Client, grant: Grant): Grant {
  if (!grant.resource.every((resource) => workspace.apis.some((api) => api.identifier === resource)))
    throw new OAuthError("invalid_target", "resource is not an API of this workspace");
  const scope = grant.scope.filter((name) => isAssigned(client.scope, workspace.scopes, name));
  if (grant.subject !== undefined && scope.length === 0)
    throw new OAuthError("invalid_grant", "nothing of what was granted exists any more");
  if ([...scope, ...grant.resource].join(" ").length > LONGEST)
    throw new OAuthError(
      "invalid_scope",
      `scope and resource are longer than ${LONGEST} characters together`,
    );
  return { ...grant, scope };
}
