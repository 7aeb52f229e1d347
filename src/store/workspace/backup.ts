/** Salt and signing keys, out of a workspace and into a fresh one of the same id. They stay sealed all the way. */
import { calculateJwkThumbprint, type JWK } from "jose";
import type { Backup } from "../../config/backup.ts";
import type { SigningKey } from "../../config/keys.ts";
import type { Keyring } from "../../crypto/keyring.ts";
import { unseal } from "../../crypto/seal.ts";
import type { Seconds } from "../../flow.ts";
import { keyOf } from "../published.ts";
import { type By, recordChange } from "./change.ts";
import { keysOf } from "./key-ring.ts";
import type { Versions } from "./versions.ts";

export type Restored =
  | { readonly as: "restored"; readonly keys: number }
  /** Sealed under a key that this deployment does not have, or for another workspace; with the path. */
  | { readonly as: "unreadable"; readonly path: string };

/** Taking a backup is an event: whoever has it and the deployment key can sign as this workspace. */
export function takeBackup(versions: Versions, workspace: string, now: Seconds, terms: By): Backup {
  const keys = keysOf(versions).map(({ public_jwk: _, ...key }) => key);
  recordChange(versions, terms, workspace, { record: "backup", id: workspace, change: "read" });
  return { version: 1, workspace, created_at: now, salt: versions.meta("salt") ?? "", keys };
}

/** Everything is opened before anything is written. */
export async function restoreBackup(
  versions: Versions,
  keyring: Keyring,
  workspace: string,
  { salt, keys }: Backup,
  terms: By,
): Promise<Restored> {
  if (typeof (await unseal(keyring, { purpose: "salt", workspace }, salt)) !== "string")
    return { as: "unreadable", path: "salt" };
  const opened: SigningKey[] = [];
  for (const [index, key] of keys.entries()) {
    const place = { purpose: "signing-key", workspace, owner: key.kid } as const;
    const public_jwk = publicHalf(await unseal<JWK>(keyring, place, key.private_jwk));
    if (!public_jwk || (await calculateJwkThumbprint(public_jwk)) !== key.kid)
      return { as: "unreadable", path: `keys.${index}.private_jwk` };
    opened.push({ ...key, public_jwk: { ...public_jwk, kid: key.kid, alg: key.alg, use: "sig" } });
  }
  versions.together(() => {
    // What was revoked here since the backup stays so: whoever has such a key would sign as this workspace again.
    const here = new Map(keysOf(versions).map((key) => [key.kid, key]));
    const restored = opened.map((key) => {
      const revoked_at = key.revoked_at ?? here.get(key.kid)?.revoked_at;
      return { ...key, ...(revoked_at !== undefined && { revoked_at }) };
    });
    // An algorithm that is younger than the backup keeps the key that the fresh workspace made.
    const usable = new Set(restored.filter((key) => key.revoked_at === undefined).map((key) => key.alg));
    for (const { kid } of restored) here.delete(kid);
    const kept = [...here.values()].filter((key) => !usable.has(key.alg));
    versions.setMeta("salt", salt);
    versions.setMeta("keys", JSON.stringify([...restored, ...kept]));
    versions.touch([keyOf.workspace(workspace)]);
    recordChange(versions, terms, workspace, { record: "backup", id: workspace, change: "restored" });
  });
  return { as: "restored", keys: opened.length };
}

/** Named members only: what is not public by name stays where it is. */
function publicHalf(jwk: JWK | undefined): JWK | undefined {
  if (jwk?.kty === "RSA") return { kty: "RSA", n: jwk.n ?? "", e: jwk.e ?? "" };
  if (jwk?.kty === "EC") return { kty: "EC", crv: jwk.crv ?? "", x: jwk.x ?? "", y: jwk.y ?? "" };
  return undefined;
}
