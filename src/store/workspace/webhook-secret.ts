/** The secret that audit events are signed with on their way to an operator's address: shown once, kept sealed. */
import type { Place } from "../../crypto/seal.ts";
import { newSecret } from "../../crypto/secret.ts";
import type { JsonObject } from "../../flow.ts";
import { InvalidRecord, type Prepared, type RecordKind } from "./record-kind.ts";

const MEMBER = "audit_webhook_secret";
/** No connection has a slash in its id, so the secret of none opens here. */
const OWNER = "settings/audit_webhook";
const SHORTEST = 32;

export const webhookPlace = (workspace: string): Place => ({
  purpose: "credentials",
  workspace,
  owner: OWNER,
});

export const webhookSecret: Pick<RecordKind, "secret" | "writeOnly" | "prepare" | "open" | "close"> = {
  secret: [MEMBER],
  writeOnly: [MEMBER],
  prepare: prepareSettings,
  open: async (stored, _, vault) => {
    const sealed = stored[MEMBER];
    return sealed === undefined
      ? stored
      : { ...stored, [MEMBER]: (await vault.unseal(OWNER, sealed))["secret"] ?? "" };
  },
  close: async (plain, _, vault) =>
    plain[MEMBER] === undefined
      ? plain
      : { ...plain, [MEMBER]: await vault.seal(OWNER, { secret: plain[MEMBER] }) },
};

/** Left out it stays as it is; null asks for a new one, and so does the first address. */
async function prepareSettings(input: JsonObject, stored: JsonObject | undefined): Promise<Prepared> {
  const { [MEMBER]: given, ...rest } = input;
  if (rest["audit_webhook"] === undefined) {
    if (typeof given === "string") throw new InvalidRecord(MEMBER, "needs audit_webhook");
    return { plain: rest };
  }
  const kept = given === undefined ? stored?.[MEMBER] : given;
  const secret = kept ?? newSecret();
  if (typeof secret !== "string" || secret.length < SHORTEST)
    throw new InvalidRecord(MEMBER, `must have at least ${SHORTEST} random characters`);
  const plain = { ...rest, [MEMBER]: secret };
  return kept ? { plain } : { plain, revealed: { [MEMBER]: secret } };
}
