/** What ends a session at its provider: kept with ours, sealed, and read only when that ends. */
import type { Broker } from "../broker.ts";
import { seal, unseal, type Sealed } from "../crypto/seal.ts";
import type { JsonObject } from "../flow.ts";

type SealBroker = Pick<Broker, "keyring" | "workspace">;

/** For this person's object and nobody else's. */
export function sealAtProvider(
  broker: SealBroker,
  subject: string,
  session: JsonObject,
): Promise<Sealed<JsonObject>> {
  return seal(broker.keyring, place(broker, subject), session);
}

/** @returns undefined when the deployment key that sealed it is gone: the provider is not asked then */
export function openAtProvider(
  broker: SealBroker,
  subject: string,
  sealed: Sealed<JsonObject>,
): Promise<JsonObject | undefined> {
  return unseal(broker.keyring, place(broker, subject), sealed);
}

function place({ workspace }: SealBroker, owner: string) {
  return { purpose: "at-provider", workspace: workspace.id, owner } as const;
}
