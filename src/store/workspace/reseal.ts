/** What a workspace keeps sealed, sealed anew under the newest deployment key, so that an older key can go. */
import type { JWK } from "jose";
import type { SigningKey } from "../../config/keys.ts";
import type { Keyring } from "../../crypto/keyring.ts";
import { type Place, seal, unseal } from "../../crypto/seal.ts";
import type { JsonObject } from "../../flow.ts";
import { keyOf } from "../published.ts";
import { type By, recordChange } from "./change.ts";
import { keysOf } from "./key-ring.ts";
import type { RecordKind } from "./record-kind.ts";
import { RECORDS, type RecordName } from "./records.ts";
import { attentive, vault } from "./vault.ts";
import type { Versions } from "./versions.ts";

export interface Resealed {
  /** Id of the deployment key that everything readable is under now. */
  readonly under: string;
  /** `salt`, `keys/{kid}`, `connections/{id}`: what was under another key before. */
  readonly sealed: readonly string[];
  /** What no key of this deployment opens. It is left as it is: its key may come back. */
  readonly unreadable: readonly string[];
}

/** Safe to repeat: what is under the newest key already stays. */
export async function reseal(
  versions: Versions,
  keyring: Keyring,
  workspace: string,
  terms: By,
): Promise<Resealed> {
  const at = versions.version;
  const sealed: string[] = [];
  const unreadable: string[] = [];
  const isOld = (value: unknown) => typeof value === "string" && !value.startsWith(`${keyring.current}.`);

  async function anew<T>(name: string, place: Place, text: string): Promise<string> {
    if (!isOld(text)) return text;
    const opened = await unseal<T>(keyring, place, text);
    (opened === undefined ? unreadable : sealed).push(name);
    return opened === undefined ? text : seal(keyring, place, opened);
  }

  const salt = await anew<string>("salt", { purpose: "salt", workspace }, versions.meta("salt") ?? "");
  const keys: SigningKey[] = [];
  for (const key of keysOf(versions)) {
    const place = { purpose: "signing-key", workspace, owner: key.kid } as const;
    keys.push({ ...key, private_jwk: await anew<JWK>(`keys/${key.kid}`, place, key.private_jwk) });
  }
  const records: { kind: RecordName; id: string; body: string }[] = [];
  const sealer = vault(keyring, workspace);
  for (const [kind, record] of Object.entries(RECORDS) as [RecordName, RecordKind][])
    for (const { id, body } of record.secret.length > 0 ? versions.list(kind) : []) {
      const stored = JSON.parse(body) as JsonObject;
      if (!record.secret.some((member) => isOld(stored[member]))) continue;
      const opening = attentive(sealer);
      const opened = await record.open(stored, id, opening);
      const closed = JSON.stringify(await record.close(opened, id, sealer));
      if (opening.lost) unreadable.push(`${kind}/${id}`);
      else if (closed !== body) {
        sealed.push(`${kind}/${id}`);
        records.push({ kind, id, body: closed });
      }
    }

  // Another write came in between: what it wrote must not be undone.
  if (versions.version !== at) return reseal(versions, keyring, workspace, terms);
  if (sealed.length > 0)
    versions.together(() => {
      for (const { kind, id, body } of records)
        versions.write(kind, id, body, RECORDS[kind].published(workspace, id));
      versions.setMeta("salt", salt);
      versions.setMeta("keys", JSON.stringify(keys));
      versions.touch([keyOf.workspace(workspace)]);
      recordChange(versions, terms, workspace, { record: "keys", id: keyring.current, change: "resealed" });
    });
  return { under: keyring.current, sealed, unreadable };
}
