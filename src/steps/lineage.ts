/** Authentication → what is kept of how it came about, sealed for the person's object. */
import type { Broker } from "../broker.ts";
import type { Claim } from "../config/claim.ts";
import type { Client } from "../config/client.ts";
import { seal, sealWritten, unseal, type Sealed } from "../crypto/seal.ts";
import type { Authentication } from "../flow.ts";
import type { ClaimSeen, Lineage, Origin, Ran, Values } from "../lineage.ts";
import type { Kept } from "../store/subject/lineage.ts";
import { firstReason } from "./first-reason.ts";
import { fitting, fits, fittingValues } from "./fitting.ts";
import { brief, expanded } from "./kept-lineage.ts";
import { type Facts, factsOf, valueOf } from "../tokens/facts.ts";

const NOTHING: Ran = { read: [], mapped: [], changed: [] };

/** @returns what is kept, sealed, and for the event what was there and could not be carried */
export async function sealLineage(
  broker: Broker,
  client: Client,
  subject: string,
  authentication: Authentication,
): Promise<{ readonly lineage: Kept; readonly left_out: readonly string[] }> {
  const { values: read, ...ran } = authentication.ran ?? NOTHING;
  const place = placeOf(broker, subject);
  const short = briefly(broker, client, subject, authentication);
  const kept = fits(short) ? short : fitting(lineageOf(broker, client, subject, authentication));
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
export async function openLineage(
  broker: SealBroker,
  subject: string,
  sealed: Sealed<Lineage>,
): Promise<Lineage | undefined> {
  const kept = await unseal(broker.keyring, placeOf(broker, subject), sealed);
  return kept && expanded(kept);
}

/** @returns undefined when the deployment key that sealed them is gone */
export function openValues(
  broker: SealBroker,
  subject: string,
  sealed: Sealed<Values>,
): Promise<Values | undefined> {
  return unseal(broker.keyring, placeOf(broker, subject), sealed);
}

function placeOf({ workspace }: SealBroker, owner: string) {
  return { purpose: "lineage", workspace: workspace.id, owner } as const;
}

/** Every configured claim is looked at now: what the configuration says later was not so when the person signed in. */
function briefly(
  { workspace, now }: Broker,
  client: Client,
  subject: string,
  authentication: Authentication,
) {
  const { context, connection, ran = NOTHING } = authentication;
  const facts = factsOf(workspace, client, { subject, scope: [], authentication });
  const given: [number, readonly Origin[]][] = [];
  for (const [place, claim] of workspace.claims.entries()) {
    // Of an attribute that is there as it is, the rest says where it came from.
    if (claim.source_type === "authn_ctx" && Object.hasOwn(context, claim.source_path)) continue;
    const found = valueOf(claim, facts);
    if (found) given.push([place, found.lineage]);
  }
  const { claims_in_id_token } = workspace.settings;
  return brief({ at: now(), connection, claims_in_id_token, ran, given }, workspace.claims);
}

/** The same in full. */
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

/** Names that one event tells of. */
const MOST_NAMED = 20;
const EXPECTED: ReadonlySet<string> = new Set(["missing", "null", "replaced", "not_in_schema"]);

/** What was there and could not be carried: `name: reason`. */
function notCarried({ read, mapped }: Ran): string[] {
  const told: string[] = [];
  const tell = (name: string, why: string | undefined) => {
    if (why !== undefined && !EXPECTED.has(why) && told.length < MOST_NAMED) told.push(`${name}: ${why}`);
  };
  for (const { name, left_out } of read) tell(name, left_out);
  for (const { target, left_out } of mapped) tell(target, left_out);
  return told;
}
