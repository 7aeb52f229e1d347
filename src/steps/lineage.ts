/** Authentication → what is kept of how it came about, sealed for the person's object. */
import type { Broker } from "../broker.ts";
import type { Claim } from "../config/claim.ts";
import type { Client } from "../config/client.ts";
import { seal, sealWritten, unseal, type Sealed } from "../crypto/seal.ts";
import type { Authentication } from "../flow.ts";
import type { Absent, ClaimSeen, Lineage, Ran, Values } from "../lineage.ts";
import type { Kept } from "../store/subject/lineage.ts";
import { fitting, fittingValues } from "./fitting.ts";
import { type Facts, factsOf, valueOf } from "../tokens/facts.ts";

const NOTHING: Ran = { read: [], mapped: [], changed: [] };

export async function sealLineage(
  broker: Broker,
  client: Client,
  subject: string,
  authentication: Authentication,
): Promise<{ readonly lineage: Kept; readonly left_out: readonly string[] }> {
  const { values: read, ...ran } = authentication.ran ?? NOTHING;
  const place = placeOf(broker, subject);
  const kept = fitting(lineageOf(broker, client, subject, authentication));
  const lineage = await sealWritten<Lineage>(broker.keyring, place, kept);
  const left_out = notCarried(ran);
  if (!read) return { lineage: { lineage }, left_out };
  const context = Object.fromEntries(
    Object.entries(authentication.context).map(([name, { value }]) => [name, value]),
  );
  const values = fittingValues(read, context);
  return { lineage: { lineage, values: await seal(broker.keyring, place, values) }, left_out };
}

type SealBroker = Pick<Broker, "keyring" | "workspace">;

/** @returns undefined when the deployment key that sealed it is gone */
export async function openLineage<T extends Lineage | Values>(
  broker: SealBroker,
  subject: string,
  sealed: Sealed<T>,
): Promise<T | undefined> {
  return unseal(broker.keyring, placeOf(broker, subject), sealed);
}

function placeOf({ workspace }: SealBroker, owner: string) {
  return { purpose: "lineage", workspace: workspace.id, owner } as const;
}

/** Every configured claim is looked at now: what the configuration says later was not so when the person signed in. */
export function lineageOf(
  { workspace, now }: Broker,
  client: Client,
  subject: string,
  authentication: Authentication,
): Lineage {
  const { read, mapped, changed } = authentication.ran ?? NOTHING;
  const ran = { read, mapped, changed };
  const facts = factsOf(workspace, client, { subject, scope: [], authentication });
  return {
    at: now(),
    connection: authentication.connection,
    ...ran,
    claims: workspace.claims.map((claim) => seen(claim, facts, ran)),
    claims_in_id_token: workspace.settings.claims_in_id_token,
  };
}

function seen(claim: Claim, facts: Facts, ran: Ran): ClaimSeen {
  const { name, type, source_type, source_path, scopes, opaque } = claim;
  const about = { name, type, source_type, source_path, scopes, opaque };
  const found = valueOf(claim, facts);
  if (found) return { ...about, origins: found.lineage };
  return {
    ...about,
    origins: [],
    reason: source_type === "authn_ctx" ? firstReason(source_path, ran) : "no_value",
  };
}

/** Back along the way that the value should have come. */
function firstReason(path: string, { read, mapped, changed }: Ran): Absent {
  const leads = ({ name }: { name: string }) =>
    name === path || name.startsWith(`${path}.`) || path.startsWith(`${name}.`);
  const touched = changed.findLast(leads);
  if (touched?.change === "removed") return "removed";
  const mapping = mapped.findLast(
    ({ target, left_out }) => left_out !== "replaced" && leads({ name: target }),
  );
  if (!mapping) return touched?.left_out ?? "not_mapped";
  const attribute = read.find(({ name }) => name === mapping.source);
  return attribute?.left_out ?? mapping.left_out ?? "missing";
}

/** Names that one event tells of. */
const MOST_NAMED = 20;
const EXPECTED: ReadonlySet<string> = new Set(["missing", "null", "replaced", "not_in_schema"]);

/** What was there and could not be carried: `name: reason`. */
function notCarried({ read, mapped }: Ran): string[] {
  const attributes = read.map(({ name, left_out }) => [name, left_out] as const);
  const mappings = mapped.map(({ target, left_out }) => [target, left_out] as const);
  return [...attributes, ...mappings]
    .flatMap(([name, why]) => (why === undefined || EXPECTED.has(why) ? [] : [`${name}: ${why}`]))
    .slice(0, MOST_NAMED);
}
