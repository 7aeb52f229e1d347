/** Authentication ↔ what a person's object keeps of it: sealed for this workspace and person. */
import type { Broker } from "../broker.ts";
import { seal, unseal, type Sealed } from "../crypto/seal.ts";
import type { Authentication } from "../flow.ts";

type SealBroker = Pick<Broker, "keyring" | "workspace">;

/** Without how it came about and the provider's session, which are kept once a sign-in and not with every grant. */
export function sealAuthentication(
  broker: SealBroker,
  subject: string,
  { ran: _, at_provider: _session, ...authentication }: Authentication,
): Promise<Sealed<Authentication>> {
  return seal(broker.keyring, place(broker, subject), authentication);
}

/** @returns undefined when the deployment key that sealed it is gone: what rests on it has ended */
export async function openAuthentication(
  broker: SealBroker,
  subject: string,
  sealed: Sealed<Authentication>,
): Promise<Authentication | undefined> {
  return unseal(broker.keyring, place(broker, subject), sealed);
}

function place({ workspace }: SealBroker, owner: string) {
  return { purpose: "context", workspace: workspace.id, owner } as const;
}
