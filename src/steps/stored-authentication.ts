/** Authentication ↔ what a person's object keeps of it: sealed for this workspace and person. */
import type { Broker } from "../broker.ts";
import { seal, unseal, type Sealed } from "../crypto/seal.ts";
import type { Attribute, Authentication, AuthenticationContext, Json } from "../flow.ts";
import type { Origin } from "../lineage.ts";

type SealBroker = Pick<Broker, "keyring" | "workspace">;

/** Where each value came from is kept once a sign-in, with its lineage, and not with every grant. */
interface Stored extends Omit<Authentication, "context" | "ran" | "at_provider"> {
  /** Of the context; one value for each name. Lists are written and read faster than an object of a hundred members. */
  readonly names: readonly string[];
  readonly values: readonly Json[];
}

/** Without how it came about and the provider's session. */
export function sealAuthentication(
  broker: SealBroker,
  subject: string,
  { ran: _, at_provider: _session, context, ...authentication }: Authentication,
): Promise<Sealed<Authentication>> {
  const names = Object.keys(context);
  const values = Object.values(context).map(({ value }) => value);
  const stored: Stored = { ...authentication, names, values };
  return seal(broker.keyring, place(broker, subject), stored) as Promise<Sealed<Authentication>>;
}

/** @returns undefined when the deployment key that sealed it is gone: what rests on it has ended */
export async function openAuthentication(
  broker: SealBroker,
  subject: string,
  sealed: Sealed<Authentication>,
): Promise<Authentication | undefined> {
  const stored = await unseal<Stored | Earlier | Authentication>(
    broker.keyring,
    place(broker, subject),
    sealed,
  );
  if (!stored || "context" in stored) return stored;
  if (!("names" in stored)) {
    const { values, ...authentication } = stored;
    return { ...authentication, context: contextOf(Object.keys(values), Object.values(values)) };
  }
  const { names, values, ...authentication } = stored;
  return { ...authentication, context: contextOf(names, values) };
}

/** A sign-in from before values were a list; from before values were kept alone it is whole. */
interface Earlier extends Omit<Stored, "names" | "values"> {
  readonly values: Readonly<Record<string, Json>>;
}

const NOWHERE: readonly Origin[] = [];

function contextOf(names: readonly string[], values: readonly Json[]): AuthenticationContext {
  const context: Record<string, Attribute> = {};
  // No name of a schema is `__proto__`.
  for (const [at, name] of names.entries()) {
    const value = values[at];
    if (value !== undefined) context[name] = { value, lineage: NOWHERE };
  }
  return context;
}

function place({ workspace }: SealBroker, owner: string) {
  return { purpose: "context", workspace: workspace.id, owner } as const;
}
