/** A row of the person's object → {@link Grant}: opens the authentication that was stored with it. */
import type { Broker } from "../broker.ts";
import { unseal } from "../crypto/seal.ts";
import type { Grant } from "../flow.ts";
import type { GrantRow } from "../store/subject-rows.ts";

export async function storedGrant(
  broker: Broker,
  subject: string,
  id: string,
  row: GrantRow,
): Promise<Grant> {
  const place = { purpose: "context", workspace: broker.workspace.id, owner: subject } as const;
  const authentication = await unseal(broker.keyring, place, row.authentication);
  if (!authentication) throw new Error("a stored authentication cannot be opened with this DEPLOYMENT_KEY");
  return {
    id,
    subject,
    client_id: row.client_id,
    session: row.session,
    scope: row.scope,
    resource: row.resource,
    ...(row.nonce !== undefined && { nonce: row.nonce }),
    authentication,
    ...(row.generation > 0 && { refresh_generation: row.generation }),
  };
}
