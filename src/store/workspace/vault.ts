/** Seals the secrets of records for the workspace and the record that they belong to. */
import type { Keyring } from "../../crypto/keyring.ts";
import { seal, unseal } from "../../crypto/seal.ts";
import type { JsonObject } from "../../flow.ts";
import type { Vault } from "./record-kind.ts";

export function vault(keyring: Keyring, workspace: string): Vault {
  const place = (owner: string) => ({ purpose: "credentials", workspace, owner }) as const;
  return {
    seal: (id, value) => seal(keyring, place(id), value as JsonObject),
    unseal: async (id, value) => (await unseal<JsonObject>(keyring, place(id), String(value))) ?? {},
  };
}
