/** Authentication ↔ what a person's object keeps of it: sealed for this workspace and person. */
import type { Broker } from "../broker.ts";
import { seal, unseal, type Sealed } from "../crypto/seal.ts";
import type { Authentication, AuthenticationContext, Json } from "../flow.ts";

type SealBroker = Pick<Broker, "keyring" | "workspace">;

/** Where each value came from is kept once a sign-in, with its lineage, and not with every grant. */
interface Stored extends Omit<Authentication, "context" | "ran" | "at_provider"> {
  readonly values: Readonly<Record<string, Json>>;
}

/** Without how it came about and the provider's session. */
export function sealAuthentication(
  broker: SealBroker,
  subject: string,
  { ran: _, at_provider: _session, context, ...authentication }: Authentication,
): Promise<Sealed<Authentication>> {
  const entries = Object.entries(context).map(([name, { value }]) => [name, value] as const);
  const stored: Stored = { ...authentication, values: Object.fromEntries(entries) };
  return seal(broker.keyring, place(broker, subject), stored) as Promise<Sealed<Authentication>>;
}

/** @returns undefined when the deployment key that sealed it is gone: what rests on it has ended */
export async function openAuthentication(
  broker: SealBroker,
  subject: string,
  sealed: Sealed<Authentication>,
): Promise<Authentication | undefined> {
  const stored = await unseal<Stored | Authentication>(broker.keyring, place(broker, subject), sealed);
  // A sign-in from before values were kept alone.
  if (!stored || "context" in stored) return stored;
  const { values, ...authentication } = stored;
  return { ...authentication, context: contextOf(values) };
}

function contextOf(values: Stored["values"]): AuthenticationContext {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, lineage: [] }]));
}

function place({ workspace }: SealBroker, owner: string) {
  return { purpose: "context", workspace: workspace.id, owner } as const;
}
