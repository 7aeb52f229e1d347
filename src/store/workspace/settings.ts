/** The one record of the workspace itself: its jurisdiction stays what it was made with, its webhook has a secret. */
import type { JsonObject } from "../../flow.ts";
import { InvalidRecord, type Prepared } from "./record-kind.ts";
import { webhookSecret } from "./webhook-secret.ts";

export const settings = { ...webhookSecret, prepare };

/** Objects cannot be moved: in another jurisdiction everybody would be gone. Left out it stays. */
async function prepare(input: JsonObject, stored: JsonObject | undefined): Promise<Prepared> {
  const { jurisdiction } = stored ?? {};
  if (stored && input["jurisdiction"] !== undefined && input["jurisdiction"] !== jurisdiction)
    throw new InvalidRecord("jurisdiction", "is fixed when the workspace is made");
  const kept = jurisdiction === undefined ? input : { ...input, jurisdiction };
  return webhookSecret.prepare(kept, stored);
}
