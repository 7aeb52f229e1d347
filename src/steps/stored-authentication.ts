/** Authentication ↔ what a person's object keeps of it: sealed for this workspace and person. */
import type { Broker } from "../broker.ts";
import { seal, unseal, type Sealed } from "../crypto/seal.ts";
import type { Authentication } from "../flow.ts";

type SealBroker = Pick<Broker, "keyring" | "workspace">;

export function sealAuthentication(broker: SealBroker, subject: string, authentication: Authentication) {
  return seal(broker.keyring, place(broker, subject), authentication);
}

/** @throws Error when the deployment key that sealed it is gone */
export async function openAuthentication(
  broker: SealBroker,
  subject: string,
  sealed: Sealed<Authentication>,
): Promise<Authentication> {
  const authentication = await unseal(broker.keyring, place(broker, subject), sealed);
  if (!authentication) throw new Error("a stored authentication cannot be opened with this DEPLOYMENT_KEY");
  return authentication;
}

function place({ workspace }: SealBroker, owner: string) {
  return { purpose: "context", workspace: workspace.id, owner } as const;
}
