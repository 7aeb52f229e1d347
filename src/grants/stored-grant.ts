/** A row of the person's object → {@link Grant}: opens the authentication that was stored with it. */
import type { Broker } from "../broker.ts";
import type { Grant } from "../flow.ts";
import { openAuthentication } from "../steps/stored-authentication.ts";
import type { GrantRow } from "../store/subject/rows.ts";

export async function storedGrant(
  broker: Broker,
  subject: string,
  id: string,
  row: GrantRow,
): Promise<Grant | undefined> {
  const authentication = await openAuthentication(broker, subject, row.authentication);
  if (!authentication) return undefined;
  return {
    id,
    subject,
    client_id: row.client_id,
    session: row.session,
    scope: row.scope,
    resource: row.resource,
    ...(row.nonce !== undefined && { nonce: row.nonce }),
    ...(row.claims && { claims: row.claims }),
    authentication,
    ...(row.generation > 0 && { refresh_generation: row.generation }),
  };
}
